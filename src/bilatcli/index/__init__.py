"""The index: packs compiled into SQLite, or published to PostgreSQL."""
