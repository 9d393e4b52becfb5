"""Opening an index: where own packs come from, how packs are merged, and errors among packs."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bilatcli.environment import Environment
from bilatcli.error_details import PackError
from bilatcli.errors import IndexDamaged, UsageError
from bilatcli.index import STATEMENTS, Statement, sqlite
from bilatcli.index.store import Index, SQLiteIndex, open_index
from bilatcli.query.errors import NothingRecorded
from bilatcli.query.request import Request
from bilatcli.views import VIEWS, run
from own_packs import find_facts, make_environment, write_pack

pytestmark = pytest.mark.usefixtures("installed")

_STATEMENTS = len(STATEMENTS)
COUNT_NAMES = Statement("test_count_names", "SELECT COUNT(*) AS count FROM name WHERE code = :code")
LIST_NAMES = Statement("test_list_names", "SELECT normalized FROM name ORDER BY normalized")
WRONG = Statement("test_wrong", "SELECT id FROM missing")
# They are not part of the program, so they are not translated.
del STATEMENTS[_STATEMENTS:]


def read_relation(index: Index) -> dict[str, Any]:
    """Return the document of the facts on Fiji and Iceland, and close the index."""
    with closing(index):
        return run(VIEWS["facts"], Request("facts", ["fj", "is"]), index).load()


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """Return an environment with an empty home."""
    return make_environment(tmp_path)


# --- own packs


def test_own_packs_come_from_four_places(tmp_path: Path) -> None:
    """Own packs are files, folders, those of BILATCLI_DATA and those in the data folder."""
    write_pack(tmp_path / ".local" / "share" / "bilatcli" / "installed.toml", fact="a")
    write_pack(tmp_path / "folder" / "second.toml", fact="b2")
    write_pack(tmp_path / "folder" / "first.toml", fact="b1")
    (tmp_path / "folder" / "notes.txt").write_text("not a pack", encoding="utf-8")
    one, two = (write_pack(tmp_path / f"{name}.toml", fact=name) for name in ("one", "two"))
    extra = [write_pack(tmp_path / "extra.toml", fact="d"), str(tmp_path / "folder")]
    variable = os.pathsep.join((one, "", two))
    environment = make_environment(tmp_path, BILATCLI_DATA=variable)
    assert sorted(find_facts(open_index(environment, extra))) == [
        ("fj-is/a", "installed"),
        ("fj-is/b1", "first"),
        ("fj-is/b2", "second"),
        ("fj-is/d", "extra"),
        ("fj-is/one", "one"),
        ("fj-is/two", "two"),
    ]


def test_broken_pack_in_the_data_folder_is_left_out(tmp_path: Path) -> None:
    """A pack in the data folder that has errors is named once, and all others are read."""
    folder = tmp_path / ".local" / "share" / "bilatcli"
    write_pack(folder / "good.toml", fact="a")
    clashing = write_pack(folder / "late.toml", fact="a")
    broken = folder / "broken.toml"
    broken.write_text("[pack\n", encoding="utf-8")
    environment, warnings = make_environment(tmp_path), list[str]()
    environment.on_warning = warnings.append
    for _ in range(2):
        warnings.clear()
        assert find_facts(open_index(environment)) == [("fj-is/a", "good")]
        assert warnings == [
            f"left out {file} (1 problem); see `bilatcli check {file}`"
            for file in (broken, clashing)
        ]
    with pytest.raises(PackError):
        open_index(environment, [str(broken)])
    with pytest.raises(PackError):
        open_index(make_environment(tmp_path, BILATCLI_DATA=str(folder)))
    environment.has_user_packs = False
    with pytest.raises(NothingRecorded):
        find_facts(open_index(environment))


def test_pack_given_twice_counts_once(tmp_path: Path) -> None:
    """A pack that is named by its path, by its folder and by the variable is one pack."""
    own = write_pack(tmp_path / "own.toml")
    environment = make_environment(tmp_path, BILATCLI_DATA=own)
    found = find_facts(open_index(environment, [own, str(tmp_path)]))
    assert found == [("fj-is/visit", "own")]


def test_empty_path(environment: Environment) -> None:
    """An empty path is a usage error."""
    with pytest.raises(UsageError, match="`data` is empty"):
        open_index(environment, [""])


@pytest.mark.parametrize(
    ("given", "last"), [((), "data"), (("variable",), "variable"), (("variable", "extra"), "extra")]
)
def test_last_pack_overrides_headers(tmp_path: Path, given: tuple[str, ...], last: str) -> None:
    """Arguments override the variable, and that overrides the data folder."""
    folder = tmp_path / ".local" / "share" / "bilatcli"
    write_pack(folder / "data.toml", fact="a", overview="By data.")
    paths = {
        name: write_pack(tmp_path / f"{name}.toml", fact=name, overview=f"By {name}.")
        for name in ("variable", "extra")
    }
    silent = write_pack(tmp_path / "silent.toml", fact="silent")
    variable = {"BILATCLI_DATA": paths["variable"]} if "variable" in given else {}
    extra = [paths["extra"]] if "extra" in given else []
    environment = make_environment(tmp_path, None, **variable)
    index = open_index(environment, [*extra, silent])
    document = read_relation(index)
    assert document["relation"]["overview"] == f"By {last}."
    assert len(document["facts"]) == 2 + len(given)


def test_own_facts_join_bundled_ones(tmp_path: Path, environment: Environment) -> None:
    """A pack on a bundled relation adds facts, and keeps the header that it does not give."""

    def read_facts(*extra: str) -> dict[str, Any]:
        with closing(open_index(environment, extra)) as index:
            return run(VIEWS["facts"], Request("facts", ["az", "pk"], all=True), index).load()

    before = read_facts()
    after = read_facts(write_pack(tmp_path / "own.toml", pair="az-pk"))
    new = [fact["id"] for fact in after["facts"] if fact not in before["facts"]]
    assert new == ["az-pk/visit"]
    assert len(after["facts"]) == len(before["facts"]) + 1
    assert after["relation"] == before["relation"]


# --- packs that clash


def read_problem(environment: Environment, *packs: str) -> str:
    """Return the one problem of packs that cannot be merged."""
    with pytest.raises(PackError) as raised:
        open_index(environment, packs)
    (problem,) = raised.value.problems
    return str(problem)


def test_clashing_facts(tmp_path: Path, environment: Environment) -> None:
    """Two packs with the same id for a fact are a problem at the id in the later one."""
    first, second = (write_pack(tmp_path / f"{name}.toml") for name in ("first", "second"))
    problem = "pack `first` has a fact `fj-is/visit` already: choose another id"
    assert read_problem(environment, first, second) == f"{second}:15:6: {problem}"


def test_differing_sources(tmp_path: Path, environment: Environment) -> None:
    """Packs may share a source if its record is the same."""
    first = write_pack(tmp_path / "first.toml", fact="a", source="page")
    second = write_pack(tmp_path / "second.toml", fact="b", source="page")
    assert len(find_facts(open_index(environment, [first, second]))) == 2
    write_pack(Path(second), fact="b", source="page", title="Another page")
    problem = "the source `page` differs from the one in pack `first`"
    remedy = "write the same record, or another id"
    assert read_problem(environment, first, second) == f"{second}:7:6: {problem}: {remedy}"


def test_packs_of_the_same_name(tmp_path: Path, environment: Environment) -> None:
    """Two packs of one name are a problem at the name in the later one."""
    first = write_pack(tmp_path / "own.toml", fact="a")
    second = write_pack(tmp_path / "folder" / "own.toml", fact="b")
    problem = f"`{first}` has the name `own` too: choose another name"
    assert read_problem(environment, first, second) == f"{second}:2:8: {problem}"


# --- statements


def test_rows_have_names(index: Index) -> None:
    """The values of a row are read by name, by position, or unpacked."""
    (row,) = index.rows(COUNT_NAMES, {"code": "AZ"})
    (count,) = row
    assert row["count"] == row[0] == count > 0


def test_incorrect_statement(index: Index) -> None:
    """An incorrect statement raises the error of SQLite; the index is not taken for damaged."""
    with pytest.raises(sqlite.Error, match="no such table"):
        index.rows(WRONG)
    with pytest.raises(sqlite.ProgrammingError, match="binding"):
        index.rows(COUNT_NAMES)


def damaged_index(path: Path) -> SQLiteIndex:
    """Return an index of whose table of names only the first page can be read."""
    connection = sqlite.connect(str(path), isolation_level=None)
    connection.execute("CREATE TABLE name (normalized TEXT, code TEXT)")
    names = ((f"{number:06}", "AZ") for number in range(2000))
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO name VALUES (?, ?)", names)
    connection.execute("COMMIT")
    whole = path.with_name("whole.sqlite")
    connection.execute("VACUUM INTO ?", (str(whole),))
    connection.close()
    with path.open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xff" * 3 * 4096)
    opened = sqlite.connect(str(path), isolation_level=None)
    return SQLiteIndex(opened, lambda: sqlite.connect(str(whole), isolation_level=None))


def test_damaged_index_is_rebuilt(tmp_path: Path) -> None:
    """A question to a damaged index is answered from a new one."""
    with closing(damaged_index(tmp_path / "damaged.sqlite")) as index:
        assert [row["count"] for row in index.rows(COUNT_NAMES, {"code": "AZ"})] == [2000]


def test_stream_goes_on_after_damage(tmp_path: Path) -> None:
    """Rows that are streamed from a damaged index are each yielded once."""
    with closing(damaged_index(tmp_path / "damaged.sqlite")) as index:
        names = [row["normalized"] for row in index.stream(LIST_NAMES)]
    assert names == [f"{number:06}" for number in range(2000)]


def test_damage_that_stays(tmp_path: Path) -> None:
    """If the new index is damaged too, IndexDamaged is raised."""
    path = tmp_path / "damaged.sqlite"
    damaged_index(path).close()
    broken = SQLiteIndex(sqlite.connect(str(path)), lambda: sqlite.connect(str(path)))
    with closing(broken), pytest.raises(IndexDamaged):
        broken.rows(COUNT_NAMES, {"code": "AZ"})
