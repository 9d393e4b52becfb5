"""SQLite for a lookup: the half of `sqlite3` that is written in C, without the modules that it hardly needs.

The other half adds converters of dates. The C half imports `functools` for one function, `lru_cache`; `functools` and
what it imports in turn take a seventh of a lookup. What is behind `lru_cache` is in C as well and stands in for it.
"""

from __future__ import annotations

import sys

__all__ = ["Connection", "DatabaseError", "Error", "connect", "sqlite_version"]

if "functools" in sys.modules:
    from _sqlite3 import Connection, DatabaseError, Error, connect, sqlite_version
else:
    from _functools import _lru_cache_wrapper  # type: ignore[import-not-found]  # it has no stubs

    stand_in = type(sys)("functools")
    stand_in.lru_cache = lambda size: lambda function: _lru_cache_wrapper(function, size, False, None)  # type: ignore[attr-defined]  # noqa: FBT003 -- a module made here, a function that takes no names
    sys.modules["functools"] = stand_in
    try:
        from _sqlite3 import Connection, DatabaseError, Error, connect, sqlite_version
    finally:
        del sys.modules["functools"]
