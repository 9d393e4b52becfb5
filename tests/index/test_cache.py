"""The cache of index files: what is read, what is built again, and what an answer depends on."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bilatcli import resources
from bilatcli.error_details import PackError
from bilatcli.index import build
from bilatcli.index import cache as index_cache
from bilatcli.index.cache import IndexCache
from bilatcli.index.pack_reader import PackReader
from bilatcli.index.pack_rows import PackRows
from bilatcli.index.sqlite import FORMAT
from bilatcli.index.store import open_index
from own_packs import answer, find_facts, make_environment, write_pack
from support import ROOT

pytestmark = pytest.mark.usefixtures("installed")


class Place:
    """A home with an own pack."""

    def __init__(self, home: Path) -> None:
        self.pack = write_pack(home / "own.toml")
        self.cache = home / ".cache" / "bilatcli"
        self.environment = make_environment(home)

    @property
    def file(self) -> Path:
        """The one file in the cache."""
        (file,) = self.cache.iterdir()
        return file

    def ask(self) -> str:
        """Return the answer to a question on the own pack."""
        return answer(open_index(self.environment, [self.pack]))


@pytest.fixture
def place(home: Path) -> Place:
    """Return a home with an own pack."""
    return Place(home)


def test_index_is_kept(place: Place) -> None:
    """The second question reads the index that the first has built."""
    first = place.ask()
    before = place.file.stat()
    assert place.ask() == first
    after = place.file.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def truncate(file: Path) -> None:
    """Cut the file in half."""
    os.truncate(file, file.stat().st_size // 2)


def randomize(file: Path) -> None:
    """Replace the file by random bytes."""
    file.write_bytes(os.urandom(8192))


def randomize_facts(file: Path) -> None:
    """Replace the first page of facts by random bytes."""
    with closing(sqlite3.connect(file)) as connection:
        roots = "SELECT rootpage FROM sqlite_schema WHERE name = 'fact'"
        (page,) = connection.execute(roots).fetchone()
    with file.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(os.urandom(4096))


def clear(file: Path) -> None:
    """Make the file empty."""
    file.write_bytes(b"")


def replace_by_another_database(file: Path) -> None:
    """Replace the file by a database with another table `fact`."""
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(f"CREATE TABLE fact (id TEXT); PRAGMA user_version = {FORMAT}")


def drop_a_table(file: Path) -> None:
    """Remove a table."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE fact")


def change_format(file: Path) -> None:
    """Give the file another format, and rows that must not be read."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DELETE FROM fact")
        connection.commit()
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")


DAMAGES = [
    truncate,
    randomize,
    randomize_facts,
    clear,
    replace_by_another_database,
    drop_a_table,
    change_format,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damaged_index_is_rebuilt(
    place: Place, damage: Callable[[Path], None], capfd: pytest.CaptureFixture[str]
) -> None:
    """An index that is damaged or of another kind is rebuilt without a message."""
    first = place.ask()
    damage(place.file)
    assert place.ask() == first
    with closing(sqlite3.connect(place.file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
    assert capfd.readouterr() == ("", "")


def test_folder_instead_of_the_index(place: Place) -> None:
    """If the index cannot be put into its place, it is in memory, and no other file is left."""
    first = place.ask()
    file = place.file
    file.unlink()
    file.mkdir()
    assert place.ask() == first
    assert place.file == file
    assert file.is_dir()


def test_cache_that_cannot_be_written(place: Place, tmp_path: Path) -> None:
    """A file instead of the cache folder does not change the answer."""
    first = place.ask()
    obstacle = tmp_path / "file"
    obstacle.write_text("mine", encoding="utf-8")
    index = open_index(make_environment(tmp_path, obstacle), [place.pack])
    assert index.location == "memory"
    assert answer(index) == first
    assert obstacle.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("text", ["A longer visit.", "A march."])
def test_changed_pack_is_compiled_again(place: Place, text: str) -> None:
    """A change of a pack shows in the next answer, even if its size stays the same."""
    assert "A visit." in place.ask()
    pack = Path(place.pack)
    later = pack.stat().st_mtime_ns + 10**9
    write_pack(pack, text=text)
    os.utime(pack, ns=(later, later))
    changed = place.ask()
    assert text in changed
    assert "A visit." not in changed


@pytest.mark.parametrize("is_known", [False, True])
def test_missing_pack_is_reported_before_anything_is_compiled(
    place: Place, monkeypatch: pytest.MonkeyPatch, *, is_known: bool
) -> None:
    """A pack that does not exist is reported, also if the cache has it."""
    if is_known:
        place.ask()
    Path(place.pack).unlink()
    for function in ("write", "in_memory", "update"):
        monkeypatch.setattr(build, function, None)
    with pytest.raises(PackError) as raised:
        place.ask()
    (problem,) = raised.value.problems
    assert str(problem).startswith(f"{place.pack}: ")
    assert "no such file or directory" in problem.what


def test_code_of_a_checkout_is_an_input(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a checkout the index depends on the code that compiles it, in subpackages too."""
    monkeypatch.setattr(resources, "is_checkout", lambda: True)
    monkeypatch.setattr(resources, "data_folder", lambda: str(ROOT / "data"))
    files = IndexCache(place.environment, [])._files()  # noqa: SLF001
    names = {os.path.relpath(file, resources.PACKAGE) for file in files}
    assert {"text.py", "index/rows.py", "index/schema.sql", "packs/models.py"} <= names
    assert not any(name.startswith(("views/", "render/", "cli/")) for name in names)


def test_folder_of_packs_is_one_index(place: Place, tmp_path: Path) -> None:
    """A pack that is added to a folder, or removed, is compiled or removed alone."""
    folder = tmp_path / "folder"
    write_pack(folder / "one.toml", fact="a")
    extra = [str(folder)]
    assert find_facts(open_index(place.environment, extra)) == [("fj-is/a", "one")]
    inode = place.file.stat().st_ino
    write_pack(folder / "two.toml", fact="b")
    both = [("fj-is/a", "one"), ("fj-is/b", "two")]
    assert find_facts(open_index(place.environment, extra)) == both
    (folder / "one.toml").unlink()
    assert find_facts(open_index(place.environment, extra)) == [("fj-is/b", "two")]
    assert place.file.stat().st_ino == inode


@pytest.mark.skipif(os.name != "posix", reason="file names are text elsewhere")
def test_pack_whose_name_is_not_text(place: Place, tmp_path: Path) -> None:
    """A file whose name is not UTF-8 is a pack like any other."""
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.toml")
    try:
        os.rename(place.pack, path)
    except OSError:
        pytest.skip("this file system does not take such a name")
    found = find_facts(open_index(place.environment, [os.fsdecode(path)]))
    assert found == [("fj-is/visit", "own")]


# --- starting from the index of the bundled packs


def count_compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that the paths of compiled packs will be added to."""
    compiled: list[str] = []
    read = PackReader.read

    def read_packs(self: PackReader, *arguments: Any) -> Iterator[PackRows]:
        for rows in read(self, *arguments):
            compiled.append(rows.path)
            yield rows

    monkeypatch.setattr(PackReader, "read", read_packs)
    return compiled


def test_only_the_own_pack_is_compiled(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index for an own pack starts from the bundled one."""
    compiled = count_compiled(monkeypatch)
    place.ask()
    assert compiled == [place.pack]
    place.ask()
    assert compiled == [place.pack]


def test_damaged_bundled_index_is_not_copied(
    place: Place, bundled_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the bundled index cannot be copied, all packs are compiled."""
    first = place.ask()
    place.file.unlink()
    bundled = tmp_path / "bundled.sqlite"
    shutil.copy(bundled_index, bundled)
    truncate(bundled)
    monkeypatch.setattr(resources, "BUNDLED_INDEX", str(bundled))
    assert place.ask() == first


def test_checkout_compiles_the_bundled_packs_once(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a bundled index, all indexes for own packs start from one in the cache."""
    monkeypatch.setattr(resources, "BUNDLED_INDEX", str(tmp_path / "missing.sqlite"))
    compiled = count_compiled(monkeypatch)
    place.ask()
    assert compiled == [*index_cache.bundled_packs(), place.pack]
    other = write_pack(tmp_path / "other.toml", fact="other")
    assert find_facts(open_index(place.environment, [other])) == [("fj-is/other", "other")]
    assert compiled[-2:] == [place.pack, other]
    assert len(list(place.cache.iterdir())) == 3


def test_bundled_index_is_read_in_place(home: Path) -> None:
    """Without own packs the bundled index is read, and nothing is written to the cache."""
    index = open_index(make_environment(home))
    assert index.location == "bundled"
    assert '"az-pk"' in answer(index, "facts", "az", "pk")
    assert list(home.iterdir()) == []


def test_pack_files(tmp_path: Path) -> None:
    """A folder stands for its packs in the order of their names, a file for itself."""
    for name in ("b.toml", "a.toml", "notes.txt"):
        (tmp_path / name).touch()
    packs = [str(tmp_path / "a.toml"), str(tmp_path / "b.toml")]
    assert index_cache.pack_files(str(tmp_path)) == packs
    assert index_cache.pack_files(packs[0]) == packs[:1]


def test_an_index_that_is_in_use(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a file that another process reads cannot be replaced: the answer is right."""
    first = place.ask()
    place.file.write_bytes(b"damaged")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(os, "replace", refuse)
    assert place.ask() == first
    assert place.file.read_bytes() == b"damaged"
