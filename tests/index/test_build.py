"""Building an index: the same content on every way, complete or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilatcli import resources
from bilatcli.error_details import PackError
from bilatcli.index import build
from bilatcli.index.build import Inputs
from bilatcli.index.cache import bundled_packs, file_stats
from bilatcli.index.sqlite import open_read_only
from bilatcli.packs import loader
from own_packs import write_pack
from support import DATA

SMALL, HOSTILE = str(DATA / "small.toml"), str(DATA / "hostile.toml")
SEARCHES = ("visit", "jf OR 17", "iceland mongol*", '"peace treaty"', "2001")
_SEARCH = """SELECT rowid, bm25(fact_search, 10.0, 10.0, 5.0, 3.0, 1.0) FROM fact_search
    WHERE fact_search MATCH ? ORDER BY rowid"""


_COUNTRY_TABLES = ("name", "name_block", "common_word", "membership")


def read_content(file: Path | str, *, without: Sequence[str] = ()) -> dict[str, Any]:
    """Return the rows of an index by table, sorted, and the answers to some searches."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        tables = [name for (name,) in found if not name.startswith("fact_search")]
        tables = [name for name in tables if name not in without]
        content: dict[str, Any] = {
            table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)  # noqa: S608
            for table in tables
        }
        for words in SEARCHES:
            content[words] = connection.execute(_SEARCH, [words]).fetchall()
        return content


def local_inputs(*own: str) -> Inputs:
    """Return the bundled and own packs as the inputs of an index in the cache."""
    packs = [*bundled_packs(), *own]
    names = Path(resources.data_folder(), "names")
    others = [Path(resources.data_folder(), "countries.toml"), *sorted(names.iterdir())]
    return Inputs(resources.data_folder(), packs, file_stats([*packs, *map(str, others)]))


def test_extended_index_is_like_a_compiled_one(bundled_index: Path, tmp_path: Path) -> None:
    """An index that starts from the bundled one has the same rows as one compiled from packs."""
    whole, extended = tmp_path / "whole.sqlite", tmp_path / "extended.sqlite"
    inputs = local_inputs(SMALL, HOSTILE)
    build.write(str(whole), inputs)
    base = open_read_only(str(bundled_index), is_immutable=True)
    assert base is not None
    with closing(base):
        build.write(str(extended), inputs, base=base)
    assert read_content(extended) == read_content(whole)


def test_extending_a_local_index_is_like_compiling(bundled_index: Path, tmp_path: Path) -> None:
    """The index of the bundled packs in a cache serves as well, and its files stay as recorded."""
    base_file, extended = tmp_path / "base.sqlite", tmp_path / "extended.sqlite"
    bundled_base = open_read_only(str(bundled_index), is_immutable=True)
    assert bundled_base is not None
    with closing(bundled_base):
        build.write(str(base_file), local_inputs(), base=bundled_base)
    with closing(sqlite3.connect(base_file)) as connection:
        connection.execute("UPDATE input SET file_stat = 'older' WHERE path LIKE '%countries.toml'")
        connection.commit()
    inputs = local_inputs(SMALL)
    base = open_read_only(str(base_file))
    assert base is not None
    with closing(base):
        build.write(str(extended), inputs, base=base)
    content = read_content(extended)
    older = [row for row in content["input"] if row[1] == "older"]
    assert [os.path.basename(row[0]) for row in older] == ["countries.toml"]


def test_names_of_bundled_packs_do_not_hide_own_packs(bundled_index: Path, tmp_path: Path) -> None:
    """An own pack may have the file name of a bundled one."""
    name = os.path.basename(bundled_packs()[0])
    own = write_pack(tmp_path / "own.toml")
    os.rename(own, tmp_path / name)
    base = open_read_only(str(bundled_index), is_immutable=True)
    assert base is not None
    with closing(base):
        inputs = local_inputs(str(tmp_path / name))
        with closing(build.in_memory(inputs, base=base)) as index:
            found = index.execute("SELECT path FROM pack ORDER BY precedence").fetchall()
    assert [path for (path,) in found] == inputs.packs


def test_same_packs_compile_to_the_same_bytes(bundled_index: Path, tmp_path: Path) -> None:
    """A build can be repeated: the bytes do not depend on the process."""
    code = (
        "import sys; from bilatcli.index import build;"
        "build.compile_packs(sys.argv[2:], sys.argv[1])"
    )
    target = tmp_path / "again.sqlite"
    command = [sys.executable, "-c", code, str(target), *bundled_packs()]
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": "1"}, check=True)
    assert target.read_bytes() == bundled_index.read_bytes()


def test_bundled_index_has_no_paths(bundled_index: Path) -> None:
    """The index of a wheel does not tell the folders of the machine that built it."""
    with closing(sqlite3.connect(bundled_index)) as connection:
        paths = [path for (path,) in connection.execute("SELECT path FROM pack")]
        assert connection.execute("SELECT COUNT(*) FROM input").fetchone() == (0,)
    assert paths == [os.path.basename(path) for path in bundled_packs()]


def test_build_is_all_or_nothing(bundled_index: Path, tmp_path: Path) -> None:
    """If a pack has errors, the old index stays, and no other file is left."""
    target = tmp_path / "made" / "index.sqlite"
    target.parent.mkdir()
    target.write_bytes(b"old")
    bad = tmp_path / "bad.toml"
    bad.write_text("[pack]\n", encoding="utf-8")
    base = open_read_only(str(bundled_index), is_immutable=True)
    assert base is not None
    with closing(base), pytest.raises(PackError):
        build.write(str(target), local_inputs(str(bad)), base=base)
    assert target.read_bytes() == b"old"
    assert os.listdir(target.parent) == ["index.sqlite"]


def test_folder_at_the_target(tmp_path: Path) -> None:
    """A folder at the target raises OSError, and no file is left."""
    target = tmp_path / "made" / "index.sqlite"
    target.mkdir(parents=True)
    with pytest.raises(OSError, match=r"index\.sqlite"):
        build.compile_packs([SMALL], target)
    assert os.listdir(target.parent) == ["index.sqlite"]


def test_other_files_need_a_new_index(bundled_index: Path, tmp_path: Path) -> None:
    """An update is refused, and changes nothing, if another file than a pack has changed."""
    target = tmp_path / "index.sqlite"
    base = open_read_only(str(bundled_index), is_immutable=True)
    assert base is not None
    with closing(base):
        build.write(str(target), local_inputs(), base=base)
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("UPDATE input SET digest = '' WHERE path LIKE '%countries.toml'")
        connection.commit()
    before = target.read_bytes()
    assert build.update(str(target), local_inputs(SMALL)) is False
    assert target.read_bytes() == before


@st.composite
def packs(draw: st.DrawFn) -> dict[str, str]:
    """Draw the parts of a pack on one of two relations."""
    return {
        "pair": draw(st.sampled_from(["fj-is", "is-to"])),
        "fact": draw(st.sampled_from("ab")),
        "text": draw(st.sampled_from(["A visit.", "A march.", "Another visit."])),
        "overview": draw(st.sampled_from(["", "An overview.", "Another one."])),
        "source": "shared",
    }


@pytest.fixture(scope="module")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of one small pack, in a folder of its own."""
    path = tmp_path_factory.mktemp("small") / "small.sqlite"
    build.write(str(path), small_inputs())
    return path


def small_inputs(*own: str) -> Inputs:
    """Return a small pack and own packs as the inputs of an index."""
    packs = [SMALL, *own]
    return Inputs(resources.data_folder(), packs, file_stats(packs))


@settings(max_examples=15, deadline=None)
@given(one=packs(), two=packs(), is_reversed=st.booleans())
def test_updated_index_is_like_a_new_one(
    small_index: Path, one: dict[str, str], two: dict[str, str], *, is_reversed: bool
) -> None:
    """However packs change, an index that is updated has the rows of one that is built anew."""
    updated, new = (small_index.with_name(f"{name}.sqlite") for name in ("updated", "new"))
    if not updated.exists():
        shutil.copy(small_index, updated)
    own = [
        write_pack(updated.with_name("one.toml"), **one),
        write_pack(updated.with_name("two.toml"), **{**two, "fact": f"two-{two['fact']}"}),
    ]
    inputs = small_inputs(*(reversed(own) if is_reversed else own))
    assert build.update(str(updated), inputs)
    base = open_read_only(str(small_index))
    assert base is not None
    with closing(base):
        build.write(str(new), inputs, base=base)
    kept, expected = (read_content(file, without=_COUNTRY_TABLES) for file in (updated, new))
    for content in (kept, expected):
        # The numbers of facts differ.
        content["fact"] = sorted((row[:-1] for row in content["fact"]), key=repr)
        content |= {words: sorted(score for _, score in content[words]) for words in SEARCHES}
    assert kept == expected


def test_country_files_are_loaded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An extended index takes the names of countries from its base."""
    source = tmp_path / "base.sqlite"
    build.compile_packs([SMALL], source)
    monkeypatch.setattr(loader, "load_countries", None)
    base = open_read_only(str(source))
    assert base is not None
    with closing(base):
        inputs = Inputs(resources.data_folder(), [SMALL, HOSTILE], file_stats([SMALL, HOSTILE]))
        build.in_memory(inputs, base=base).close()
