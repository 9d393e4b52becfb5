"""Tables of the corpus as CSV, JSON Lines, Parquet, SQLite and Data Package."""
