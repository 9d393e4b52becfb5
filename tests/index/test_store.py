"""The index file: whichever one is read, and whatever happened to it, the answers are the same bytes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bilatcli
from bilatcli.environment import Environment
from bilatcli.errors import PackError
from bilatcli.index import store
from bilatcli.index.store import Index
from bilatcli.query.request import Request
from bilatcli.views.catalog import VIEWS, run

HEADER = '[pack]\nname = "{name}"\ntitle = "A pack of {name}"\nlicence = "CC0-1.0"\nupdated = 2026-11-23\n'
SOURCE = '[[source]]\nid = "{id}"\ntype = "webpage"\ntitle = "{title}"\nreliability = "news"\n'
RELATION = '[[relation]]\nid = "fj-is"\ncountries = ["FJ", "IS"]\n'
FACT = """\
[[relation.fact]]
id = "{id}"
topic = "diplomacy"
text = "{text}"
date = "2001"
status = "current"
actors = ["FJ"]
sources = ["{source}"]
verification = "cited"
"""


def write(
    path: Path,
    *,
    fact: str = "visit",
    text: str = "A visit.",
    overview: str = "",
    title: str = "A page",
) -> str:
    """Write a pack that is named after its file and has one fact and one source; return its path."""
    name = path.stem
    relation = RELATION + (f'overview = "{overview}"\n' if overview else "")
    own = FACT.format(id=fact, text=text, source=f"page-{name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        HEADER.format(name=name) + SOURCE.format(id=f"page-{name}", title=title) + relation + own,
        "utf-8",
    )
    return str(path)


def around(home: Path, **environ: str) -> Environment:
    """Environment that know of one folder alone; caches and packs of the machine's take no part."""
    return Environment(
        environ={"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), **environ},
        platform="linux",
    )


def cached(home: Path) -> Path:
    """The one file that the cache holds."""
    (file,) = (home / "cache" / "bilatcli").iterdir()
    return file


def answer(opened: Index, view: str = "facts", *words: str) -> str:
    """The text of a view's document; the index is closed after it."""
    with closing(opened):
        return run(VIEWS[view], Request(view, words or ("fj", "is"), all=True), opened).text()


def facts(opened: Index) -> list[tuple[str, str]]:
    """Each fact on Fiji and Iceland as (id, pack)."""
    with closing(opened):
        document = run(VIEWS["facts"], Request("facts", ["fj", "is"]), opened).load()
    return [(fact["id"], fact["pack"]) for fact in document["facts"]]


def every_answer(opened: Index) -> dict[str, str]:
    """The text of every view's document on the packs that come with the tool, every fact and source included."""
    with closing(opened):
        ids = [row[0] for row in opened.rows("SELECT id FROM fact UNION SELECT id FROM source")]
        asked: list[tuple[str, list[str]]] = [("list", []), ("stances", ["kashmir"])]
        asked += [("diff", ["az", "pk", "2000", "2026"])]
        asked += [(view, [id]) for view in ("show", "cite") for id in ids]
        asked += [
            (view, words)
            for view in VIEWS.keys() - {"list", "show", "diff"}
            for words in (["az", "pk"], ["azeri"])
        ]
        return {
            f"{view} {' '.join(words)}": run(
                VIEWS[view], Request(view, words, all=True), opened
            ).text()
            for view, words in asked
        }


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A small pack of one's own, whose index is never the one that comes with the tool."""
    return write(tmp_path / "own.toml")


def test_compiled_bytes_are_the_same_twice(tmp_path: Path) -> None:
    """The same packs compile to the same bytes in every process, so that a build can be repeated."""
    for seed in ("1", "2"):
        code = f"from bilatcli import index; index.compile(index.bundled_packs(), {str(tmp_path / seed)!r})"
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, check=True
        )
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_an_index_is_kept(tmp_path: Path, own: str) -> None:
    """What was compiled once is read from the cache the next time."""
    first = answer(store.open_index(around(tmp_path), [own]))
    before = cached(tmp_path).stat()
    assert answer(store.open_index(around(tmp_path), [own])) == first
    after = cached(tmp_path).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def _truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _randomise(file: Path) -> None:
    file.write_bytes(os.urandom(8192))


def _randomise_the_rows(file: Path) -> None:
    """Keep what tells that the index fits, and spoil what answers come from."""
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'fact'"
        ).fetchone()
    with file.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(os.urandom(4096))


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _replace_by_another_database(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            f"CREATE TABLE fact (id TEXT); PRAGMA user_version = {store.FORMAT}"
        )


def _make_older(file: Path) -> None:
    """Give it another version, and rows that must not be read."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DELETE FROM fact")
        connection.commit()
        connection.execute(f"PRAGMA user_version = {store.FORMAT + 1}")


def _replace_by_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "damage",
    [_truncate, _randomise, _randomise_the_rows, _empty, _replace_by_another_database, _make_older],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_index_is_made_again(
    tmp_path: Path, own: str, damage: Callable[[Path], None], capfd: pytest.CaptureFixture[str]
) -> None:
    """An index that is damaged, foreign or of another version gives the same answer, unheard, and is whole again."""
    first = answer(store.open_index(around(tmp_path), [own]))
    whole = cached(tmp_path).read_bytes()
    damage(cached(tmp_path))
    assert answer(store.open_index(around(tmp_path), [own])) == first
    assert cached(tmp_path).read_bytes() == whole
    assert capfd.readouterr() == ("", "")


def test_a_folder_in_the_place_of_the_index(tmp_path: Path, own: str) -> None:
    """Where the index cannot be put in its place, the answer comes from memory and nothing is left lying about."""
    first = answer(store.open_index(around(tmp_path), [own]))
    _replace_by_a_folder(cached(tmp_path))
    assert answer(store.open_index(around(tmp_path), [own])) == first
    assert cached(tmp_path).is_dir()


def test_a_cache_that_cannot_be_written(tmp_path: Path, own: str) -> None:
    """A cache that is no folder costs speed alone."""
    first = answer(store.open_index(around(tmp_path), [own]))
    in_the_way = tmp_path / "file"
    in_the_way.write_text("in the way", encoding="utf-8")
    assert (
        answer(store.open_index(around(tmp_path, XDG_CACHE_HOME=str(in_the_way)), [own])) == first
    )
    assert in_the_way.read_text(encoding="utf-8") == "in the way"


@pytest.mark.parametrize(
    "text", ["A longer visit.", "A march."], ids=["another size", "the same size"]
)
def test_a_changed_pack_is_compiled_again(tmp_path: Path, own: str, text: str) -> None:
    """A change of a pack shows in the next answer, also where its file keeps its size."""
    assert "A visit." in answer(store.open_index(around(tmp_path), [own]))
    later = Path(own).stat().st_mtime_ns + 1_000_000_000
    write(Path(own), text=text)
    os.utime(own, ns=(later, later))
    changed = answer(store.open_index(around(tmp_path), [own]))
    assert text in changed
    assert "A visit." not in changed


def test_a_pack_that_is_gone(tmp_path: Path, own: str) -> None:
    """A pack that was there the last time and is not now is told of, whatever the cache holds."""
    answer(store.open_index(around(tmp_path), [own]))
    Path(own).unlink()
    with pytest.raises(PackError) as refused:
        store.open_index(around(tmp_path), [own])
    assert [str(problem) for problem in refused.value.problems] == [
        f"{own}: cannot read the file (no such file or directory): check the path"
    ]


def test_compiling_is_all_or_nothing(tmp_path: Path, own: str) -> None:
    """Where a pack is wrong, the index of before stays as it was, and no other file is left beside it."""
    folder = tmp_path / "made"
    target = folder / "index.sqlite"
    store.compile_packs([own], target)
    before = target.read_bytes()
    bad = tmp_path / "bad.toml"
    bad.write_text("[pack]\n", encoding="utf-8")
    with pytest.raises(PackError):
        store.compile_packs([own, bad], target)
    assert target.read_bytes() == before
    assert os.listdir(folder) == ["index.sqlite"]


def test_compiling_to_where_nothing_can_be_put(tmp_path: Path, own: str) -> None:
    """A target that is a folder raises OSError and leaves no temporary file."""
    target = tmp_path / "made" / "index.sqlite"
    target.mkdir(parents=True)
    with pytest.raises(OSError, match=r"index\.sqlite"):
        store.compile_packs([own], target)
    assert os.listdir(target.parent) == ["index.sqlite"]


def test_own_packs_come_from_four_places(tmp_path: Path) -> None:
    """Files, folders, BILATCLI_DATA and the data folder are laid over one another; each fact tells its pack."""
    write(tmp_path / ".local" / "share" / "bilatcli" / "installed.toml", fact="a")
    write(tmp_path / "folder" / "second.toml", fact="b2")
    write(tmp_path / "folder" / "first.toml", fact="b1")
    (tmp_path / "folder" / "notes.txt").write_text("no pack", encoding="utf-8")
    several = os.pathsep.join(
        (write(tmp_path / "one.toml", fact="c1"), "", write(tmp_path / "two.toml", fact="c2"))
    )
    extra = [write(tmp_path / "extra.toml", fact="d"), str(tmp_path / "folder")]
    assert sorted(facts(store.open_index(around(tmp_path, BILATCLI_DATA=several), extra))) == [
        ("fj-is/a", "installed"),
        ("fj-is/b1", "first"),
        ("fj-is/b2", "second"),
        ("fj-is/c1", "one"),
        ("fj-is/c2", "two"),
        ("fj-is/d", "extra"),
    ]


def test_a_pack_given_twice_counts_once(tmp_path: Path, own: str) -> None:
    """A pack that is named by its path and by its folder, or by the variable too, is one pack."""
    opened = store.open_index(around(tmp_path, BILATCLI_DATA=own), [own, str(tmp_path)])
    assert facts(opened) == [("fj-is/visit", "own")]


@pytest.mark.parametrize(
    ("given", "said"), [((), "data"), (("variable",), "variable"), (("variable", "extra"), "extra")]
)
def test_the_last_layer_has_the_word(tmp_path: Path, given: tuple[str, ...], said: str) -> None:
    """Of a relation as a whole, arguments count before the variable, and that before the data folder."""
    write(tmp_path / ".local" / "share" / "bilatcli" / "data.toml", fact="a", overview="By data.")
    paths = {
        name: write(tmp_path / f"{name}.toml", fact=name, overview=f"By {name}.")
        for name in ("variable", "extra")
    }
    silent = write(tmp_path / "silent.toml", fact="silent")
    environment = around(
        tmp_path, **({"BILATCLI_DATA": paths["variable"]} if "variable" in given else {})
    )
    opened = store.open_index(
        environment, [*([paths["extra"]] if "extra" in given else []), silent]
    )
    with closing(opened):
        document = run(VIEWS["facts"], Request("facts", ["fj", "is"]), opened).load()
    assert document["relation"]["overview"] == f"By {said}."
    assert len(document["facts"]) == 2 + len(given)


def test_own_facts_join_those_that_come_with_the_tool(tmp_path: Path) -> None:
    """A pack that adds to a bundled relation adds facts, and keeps what it does not say."""
    without = store.open_index(around(tmp_path))
    with closing(without):
        before = run(VIEWS["facts"], Request("facts", ["az", "pk"], all=True), without).load()
    pack = Path(write(tmp_path / "own.toml"))
    pack.write_text(
        pack.read_text("utf-8")
        .replace("fj-is", "az-pk")
        .replace('"FJ", "IS"', '"AZ", "PK"')
        .replace('"FJ"', '"AZ"'),
        "utf-8",
    )
    opened = store.open_index(around(tmp_path), [str(pack)])
    with closing(opened):
        after = run(VIEWS["facts"], Request("facts", ["az", "pk"], all=True), opened).load()
    assert [fact["id"] for fact in after["facts"] if fact not in before["facts"]] == ["az-pk/visit"]
    assert len(after["facts"]) == len(before["facts"]) + 1
    assert after["relation"] == before["relation"]


def test_clashing_facts_are_told(tmp_path: Path) -> None:
    """Two packs with the same id for a fact are a problem, placed in the later one."""
    first, second = write(tmp_path / "first.toml"), write(tmp_path / "second.toml")
    with pytest.raises(PackError) as refused:
        store.open_index(around(tmp_path), [first, second])
    assert [str(problem) for problem in refused.value.problems] == [
        f"{second}:15:6: pack `first` has a fact `fj-is/visit` already: choose a different id"
    ]


def test_differing_sources_are_told(tmp_path: Path) -> None:
    """Two packs may share a source, but not give it out as two different ones."""
    first, second = (
        write(tmp_path / "first.toml", fact="a"),
        write(tmp_path / "second.toml", fact="b"),
    )
    Path(second).write_text(
        Path(second).read_text("utf-8").replace("page-second", "page-first"), "utf-8"
    )
    assert len(facts(store.open_index(around(tmp_path), [first, second]))) == 2
    Path(second).write_text(
        Path(second).read_text("utf-8").replace("A page", "Another page"), "utf-8"
    )
    with pytest.raises(PackError) as refused:
        store.open_index(around(tmp_path), [first, second])
    what = "the source `page-first` differs from the one in pack `first`"
    assert [str(problem) for problem in refused.value.problems] == [
        f"{second}:7:6: {what}: write the same record, or another id"
    ]


def test_packs_of_the_same_name_are_told(tmp_path: Path) -> None:
    """Two packs of one name are a problem, placed at the name in the later one, so that neither is lost."""
    first, second = (
        write(tmp_path / "first.toml", fact="a"),
        write(tmp_path / "second.toml", fact="b"),
    )
    Path(second).write_text(
        Path(second).read_text("utf-8").replace('name = "second"', 'name = "first"'), "utf-8"
    )
    with pytest.raises(PackError) as refused:
        store.open_index(around(tmp_path), [first, second])
    assert [str(problem) for problem in refused.value.problems] == [
        f"{second}:2:8: `{first}` is called `first` too: choose another name"
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose cache goes through all that happens to two packs."""
    return tmp_path_factory.mktemp("home")


@st.composite
def contents(draw: st.DrawFn, name: str) -> str:
    """A pack on one of two relations, with any of a few facts, perhaps an overview, and a source that others share."""
    pair = draw(
        st.sampled_from(
            ['id = "fj-is"\ncountries = ["FJ", "IS"]', 'id = "is-to"\ncountries = ["IS", "TO"]']
        )
    )
    overview = draw(st.sampled_from(["", f'overview = "By {name}."\n']))
    ids = draw(st.lists(st.sampled_from("abc"), unique=True))
    texts = st.sampled_from(["A visit.", "A march.", "Another visit."])
    own = [FACT.format(id=f"{name}-{id}", text=draw(texts), source="shared") for id in ids]
    return "\n".join(
        [
            HEADER.format(name=name),
            SOURCE.format(id="shared", title="A page"),
            f"[[relation]]\n{pair}\n{overview}",
            *own,
        ]
    )


@settings(max_examples=25, deadline=None)
@given(one=contents("one"), two=contents("two"))
def test_an_index_that_was_brought_up_to_date_is_like_a_new_one(
    home: Path, one: str, two: str
) -> None:
    """However packs change, the index in the cache answers as one does that was made from nothing."""
    paths = [home / "one.toml", home / "two.toml"]
    for path, content in zip(paths, (one, two), strict=True):
        before = path.stat().st_mtime_ns if path.exists() else 0
        path.write_text(content, "utf-8")
        os.utime(path, ns=(before + 10**9, before + 10**9))
    (home / "in the way").touch()
    extra = [str(path) for path in paths]
    kept = store.open_index(around(home), extra)
    new = store.open_index(around(home, XDG_CACHE_HOME=str(home / "in the way")), extra)
    asked = [
        ("list", []),
        ("facts", ["is"]),
        ("summary", ["is"]),
        ("cite", ["shared"]),
        ("cite", ["is"]),
    ]
    with closing(kept), closing(new):
        for view, words in asked:
            request = Request(view, words)
            assert run(VIEWS[view], request, kept).text() == run(VIEWS[view], request, new).text()
        assert kept.rows("SELECT word FROM filter_word ORDER BY word") == new.rows(
            "SELECT word FROM filter_word ORDER BY word"
        )


@pytest.mark.skipif(os.name != "posix", reason="names of files are text elsewhere")
def test_a_pack_whose_name_is_no_text(tmp_path: Path) -> None:
    """A file whose name is not UTF-8 is a pack like any other."""
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.toml")
    try:
        os.rename(write(tmp_path / "own.toml"), path)
    except OSError:
        pytest.skip("this file system takes no such name")
    assert facts(store.open_index(around(tmp_path), [os.fsdecode(path)])) == [
        ("fj-is/visit", "own")
    ]


def test_an_index_changes_speed_alone(tmp_path: Path) -> None:
    """The index that comes with the tool, one from the cache and one in memory answer every question alike."""
    nothing = tmp_path / "nothing.toml"
    nothing.write_text(HEADER.format(name="nothing"), encoding="utf-8")
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    bundled = every_answer(store.open_index(around(tmp_path)))
    assert len(bundled) > 500
    kept = every_answer(store.open_index(around(tmp_path), [str(nothing)]))
    assert kept == bundled
    assert every_answer(store.open_index(around(tmp_path), [str(nothing)])) == bundled
    in_memory = around(tmp_path, XDG_CACHE_HOME=str(in_the_way))
    assert every_answer(store.open_index(in_memory, [str(nothing)])) == bundled


BUNDLED = Path(bilatcli.__file__).with_name("index.sqlite")
from_a_wheel = pytest.mark.skipif(
    not BUNDLED.exists(), reason="only what comes from a wheel has an index inside"
)


def dump(file: Path) -> list[str]:
    """The contents of a database as statements that would make it, in no order, but for where the packs lay."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return sorted(
            line for line in connection.iterdump() if not line.startswith('INSERT INTO "pack"')
        )


@from_a_wheel
def test_the_bundled_index_is_a_fresh_one(tmp_path: Path) -> None:
    """The index inside the wheel has, row by row, what its packs compile to, and reading it leaves no cache."""
    store.compile_packs(store.bundled_packs(), tmp_path / "fresh.sqlite")
    assert dump(BUNDLED) == dump(tmp_path / "fresh.sqlite")
    answer(store.open_index(around(tmp_path)), "facts", "az", "pk")
    assert not (tmp_path / "cache").exists()


@from_a_wheel
def test_the_bundled_index_tells_nothing_of_its_maker() -> None:
    """No folder of the machine that built the wheel stands in its index."""
    with closing(sqlite3.connect(f"file:{BUNDLED}?mode=ro", uri=True)) as connection:
        paths = [path for (path,) in connection.execute("SELECT path FROM pack")]
    assert [path for path in paths if os.path.isabs(path)] == []


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"XDG_CACHE_HOME": "/x/cache", "XDG_DATA_HOME": "/x/data"},
        {"XDG_CACHE_HOME": "", "XDG_DATA_HOME": "  "},
        {"XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "./data"},
    ],
    ids=["unset", "set", "blank", "relative"],
)
def test_folders_are_those_of_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    """Cache and packs lie where platformdirs has them on this platform, the XDG variables respected."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    environment = Environment()
    assert environment.cache_folder == platformdirs.user_cache_dir("bilatcli", appauthor=False)
    assert environment.data_folder == platformdirs.user_data_dir("bilatcli", appauthor=False)
