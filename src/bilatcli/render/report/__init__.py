"""The report: everything known about a pair or a country, on one page."""
