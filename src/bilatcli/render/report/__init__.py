"""The report: one page with everything about a pair or a country."""
