"""Index files that other users may have written are not trusted, and nothing in them runs."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bilatcli.index.sqlite import open_read_only
from bilatcli.index.store import open_index
from own_packs import answer, make_environment, write_pack

pytestmark = pytest.mark.usefixtures("installed")

PLANTED = {
    "trigger": "CREATE TRIGGER t BEFORE INSERT ON pack BEGIN DELETE FROM fact; END",
    "trigger on change": (
        "CREATE TRIGGER t AFTER DELETE ON input BEGIN UPDATE fact SET json = 'evil'; END"
    ),
    "view": (
        "ALTER TABLE fact RENAME TO old;"
        "CREATE VIEW fact AS SELECT * FROM old, (SELECT load_extension(1))"
    ),
    "virtual table": "CREATE VIRTUAL TABLE more USING fts5 (x)",
    "computed index": "CREATE INDEX i ON fact (abs(number)) WHERE 0",
    "column": "ALTER TABLE fact ADD COLUMN more TEXT",
    "changed table": "DROP TABLE country; CREATE TABLE country (code BLOB, name INTEGER)",
    "missing table": "DROP TABLE fact",
}


class Place:
    """A home with an own pack, and the file of its index."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.pack = Path(write_pack(home / "own.toml"))
        self.environment = make_environment(home)
        self.expected = self.ask()
        (self.file,) = (home / ".cache" / "bilatcli").iterdir()

    def ask(self) -> str:
        """Return the answer to a question on the own pack."""
        return answer(open_index(self.environment, [str(self.pack)]))

    def touch_pack(self) -> None:
        """Make the pack newer than the index."""
        later = self.pack.stat().st_mtime_ns + 10**9
        os.utime(self.pack, ns=(later, later))


@pytest.fixture
def place(home: Path) -> Place:
    """Return a home with an own pack and its index."""
    return Place(home)


@pytest.mark.parametrize("is_stale", [False, True])
@pytest.mark.parametrize("what", PLANTED)
def test_planted_schema(place: Place, what: str, *, is_stale: bool) -> None:
    """An index whose schema is not ours is rebuilt, and nothing in it runs."""
    with closing(sqlite3.connect(place.file)) as connection:
        try:
            connection.executescript("PRAGMA legacy_alter_table = ON;" + PLANTED[what])
        except sqlite3.OperationalError as error:
            pytest.skip(f"this SQLite refuses it ({error})")
    if is_stale:
        place.touch_pack()
    assert place.ask() == place.expected
    with closing(sqlite3.connect(place.file)) as connection:
        kinds = {kind for (kind,) in connection.execute("SELECT DISTINCT type FROM sqlite_schema")}
        more = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'more'"
        assert kinds == {"table", "index"}
        assert connection.execute(more).fetchone() == (0,)


@pytest.mark.parametrize("ending", ["", "-journal", "-wal", "-shm"])
def test_links_are_not_followed(place: Place, tmp_path: Path, ending: str) -> None:
    """A link at the place of the index, or of a sidecar, is replaced; its target stays."""
    target = tmp_path / "target"
    shutil.copy(place.file, target)
    before = target.read_bytes()
    link = place.file.with_name(place.file.name + ending)
    link.unlink(missing_ok=True)
    link.symlink_to(target)
    place.touch_pack()
    assert place.ask() == place.expected
    assert target.read_bytes() == before
    assert not link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "target"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
@pytest.mark.parametrize("what", ["file", "folder"])
def test_files_of_other_users(place: Place, what: str) -> None:
    """An index of another user is replaced. A folder of another user is not read or written."""
    with closing(sqlite3.connect(place.file)) as connection:
        connection.execute("UPDATE fact SET json = replace(json, 'visit', 'attack')")
        connection.commit()
    forged = place.file.read_bytes()
    os.chown(place.file if what == "file" else place.file.parent, 12345, 12345)
    assert place.ask() == place.expected
    assert (place.file.read_bytes() == forged) is (what == "folder")


def test_connection_cannot_write(place: Place) -> None:
    """A connection to an index takes no write, and does not trust the schema."""
    connection = open_read_only(str(place.file))
    assert connection is not None
    with closing(connection):
        assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
        assert connection.execute("PRAGMA query_only").fetchone() == (1,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM fact")
        with pytest.raises(sqlite3.OperationalError, match="not authorized"):
            connection.execute("SELECT load_extension('x')")
