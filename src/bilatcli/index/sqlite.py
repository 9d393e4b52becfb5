"""SQLite for a lookup: the C half of `sqlite3`.

The Python half adds date converters, which the index does not use, and costs a tenth of a lookup
to import.
"""

from _sqlite3 import Connection, DatabaseError, Error, Row, connect, sqlite_version

__all__ = ["Connection", "DatabaseError", "Error", "Row", "connect", "sqlite_version"]
