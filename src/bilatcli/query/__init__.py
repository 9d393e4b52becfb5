"""From words to countries, dates and a filter."""
