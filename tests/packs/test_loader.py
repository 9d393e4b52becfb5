"""A file becomes a pack of typed records, or a PackError with all its problems."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.error_details import PackError
from bilatcli.packs import loader
from bilatcli.packs.models import MilitaryFact
from bilatcli.packs.problems import PackProblem
from support import DATA, ROOT

BOATS = (DATA / "boats.toml").read_text("utf-8")
MISTAKES = (DATA / "mistakes.toml").read_text("utf-8")
SOURCES = 'sources = ["gazette-1"]\nverification'
FRAGMENTS = [
    *'"[]{}=.,#\\\n\t\0',
    "[[relation.fact]]\n",
    "[relation]\n",
    "'''",
    "é",
    "= []",
    "nan",
    "1979-05-27T07:32:00Z",
]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return the path of the pack that a test writes."""
    return tmp_path / "own.toml"


def problems_of(load: Callable[[], object], file: str) -> list[str]:
    """Return the problems that loading a file raises, one line each, without the file's name."""
    with pytest.raises(PackError) as error:
        load()
    return [str(problem).removeprefix(f"{file}:").lstrip() for problem in error.value.problems]


def problems_in(text: str) -> list[str]:
    """Return the problems of a pack's text."""
    return problems_of(lambda: loader.parse_pack(text, "p"), "p")


def test_records(pack: Path) -> None:
    """The values of the records are those of the file."""
    pack.write_text(BOATS, encoding="utf-8")
    loaded = loader.load_pack(pack)
    (relation,) = loaded.relation
    (fact,) = relation.fact
    header = loaded.pack
    assert (header.name, header.title, str(header.updated)) == ("own", "Fiji–Iceland", "2026-11-23")
    assert loaded.source[0].authors == ("Jónsdóttir, Anna",)
    assert relation.countries == ("FJ", "IS")
    assert (relation.established, relation.overview) == ("1990", None)
    assert isinstance(fact, MilitaryFact)
    assert (fact.date, fact.quantity, fact.value_usd, fact.partners) == ("2001-05?", 2, None, ())


def test_text_without_a_file() -> None:
    """Text is parsed like the file that it may become, and problems name that file."""
    assert loader.parse_pack(BOATS, "none.toml").pack.name == "own"
    problems = problems_of(lambda: loader.parse_pack("[pack", "none.toml"), "none.toml")
    assert problems[0].startswith("1:6: ")


@pytest.mark.parametrize("prefix", ["\ufeff", ""], ids=["mark", "no mark"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_byte_order_marks_and_line_ends(pack: Path, prefix: str, newline: str) -> None:
    """A byte order mark and Windows line ends change neither the records nor the places."""
    pack.write_bytes((prefix + BOATS.replace("\n", newline)).encode())
    assert loader.load_pack(pack) == loader.parse_pack(BOATS, pack)
    pack.write_bytes((prefix + MISTAKES.replace("\n", newline)).encode())
    assert problems_of(lambda: loader.load_pack(pack), str(pack)) == problems_in(MISTAKES)


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("[pack]\nname = \n", "2:8: this is not valid TOML (invalid value): correct the syntax"),
        ('[pack]\nname = "é" "b"\n', "2:12: this is not valid TOML"),
        (
            '[pack]\nname = "a"\nname = "b"\n',
            "3:11: this key is already set: remove one of the two",
        ),
        (
            '[pack]\nname = "a\nb = 1\n',
            "2:10: a text is not closed: add the closing quotation mark",
        ),
        ("[pack]\n[pack]\n", "2:6: this is not valid TOML (cannot declare ('pack',) twice)"),
        ("[pack\n", "1:6: this is not valid TOML"),
    ],
)
def test_invalid_toml(toml: str, problem: str) -> None:
    """Invalid TOML, including a key that occurs twice, is reported where the parser stops."""
    (reported,) = problems_in(toml)
    assert reported.startswith(problem)


@pytest.mark.parametrize(
    ("toml", "place"),
    [
        ("\na = " + "[" * 100_000, "2:37"),
        ("\na = " + "[" * 100_000 + "]" * 100_000, "2:35"),
        ("\na = " + "{b = " * 100_000, "2:165"),
        ("\n\na" + ".a" * 2_000 + " = 1", "3:1"),
        ("a = 1\nb = " + "9" * 100_000, "2:5"),
    ],
    ids=["arrays", "closed arrays", "tables", "keys", "digits"],
)
def test_excessive_toml(toml: str, place: str) -> None:
    """TOML made to overwhelm a parser is one problem with its place, not a crash."""
    (problem,) = problems_in(toml)
    assert problem.startswith(f"{place}: this TOML cannot be read")
    assert problem.endswith(": simplify it")


def test_most_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    """The maximum number of problems is reported one by one; of more, only that they are many."""
    unknown_sources = BOATS.replace(SOURCES, 'sources = ["a", "b", "c"]\nverification')
    for text in (f"a = 1\nb = 1\nc = 1\n{BOATS}", unknown_sources):
        monkeypatch.setattr(loader, "MAX_PROBLEMS", 3)
        assert len(problems_in(text)) == 3
        monkeypatch.setattr(loader, "MAX_PROBLEMS", 2)
        problem = "the file has more than 2 problems: start a pack with `bilatcli new`"
        assert problems_in(text) == [problem]


def test_broken_reference() -> None:
    """A pack of valid tables is refused if one names a source that does not exist."""
    problems = problems_in(BOATS.replace(SOURCES, 'sources = ["gazette-2"]\nverification'))
    assert problems == ["28:12: no source has the id `gazette-2`: did you mean `gazette-1`?"]


def test_locate(pack: Path) -> None:
    """A problem is at the value of its path, at its key, or at the start of the file."""
    pack.write_text(BOATS, encoding="utf-8")
    path = ("relation", 0, "fact", 0, "quantity")
    problems = [
        PackProblem(path, "a value", "do this"),
        PackProblem(path, "a key", "do that", is_at_key=True),
        PackProblem((), "all of it", "do more"),
    ]
    assert list(map(str, loader.locate(pack, problems))) == [
        f"{pack}:31:12: a value: do this",
        f"{pack}:31:1: a key: do that",
        f"{pack}:1:1: all of it: do more",
    ]


@st.composite
def mutated_packs(draw: st.DrawFn) -> bytes:
    """Generate the valid pack with a few pieces removed, doubled or inserted."""
    text = BOATS
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 30))
        text = text[:start] + draw(st.sampled_from([*FRAGMENTS, text[start:end] * 2])) + text[end:]
    return text.encode()


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a file that a test writes again and again."""
    return tmp_path_factory.mktemp("packs") / "own.toml"


@given(
    content=st.one_of(
        mutated_packs(), st.binary(max_size=200), st.text(max_size=200).map(str.encode)
    )
)
def test_any_bytes(fuzzed: Path, content: bytes) -> None:
    """Any bytes are loaded as a pack, or refused with problems on lines that the file has."""
    fuzzed.write_bytes(content)
    try:
        loader.load_pack(fuzzed)
    except PackError as error:
        lines = [problem.line for problem in error.problems]
        assert 0 <= min(lines) <= max(lines) <= content.count(b"\n") + 1


@pytest.mark.parametrize(
    ("load", "name", "key"),
    [
        (loader.load_countries, "countries.toml", "name"),
        (loader.load_translations, "names/iso-codes.toml", "translations"),
        (loader.load_attributes, "names/attributes.toml", "memberships"),
    ],
)
def test_bundled_lists_of_countries(load: Callable[[Path], Any], name: str, key: str) -> None:
    """Each bundled list of countries loads, with every code once."""
    countries = load(ROOT / "data" / name)
    assert len(countries) > 100
    assert len({country.code for country in countries}) == len(countries)
    assert any(getattr(country, key) for country in countries)


def test_bundled_countries() -> None:
    """Every country has the name that it is shown under among its names."""
    countries = loader.load_countries(ROOT / "data" / "countries.toml")
    assert len(countries) == 250
    assert all(country.name in {name.text for name in country.names} for country in countries)


def test_pack_instead_of_countries(pack: Path) -> None:
    """A pack in place of the list of countries is refused."""
    pack.write_text(BOATS, encoding="utf-8")
    problems = problems_of(lambda: loader.load_countries(pack), str(pack))
    assert problems[0] == "1:1: `country` is missing: add it"


def test_words(tmp_path: Path) -> None:
    """A word list has one word per line; blank lines and comments are skipped."""
    path = tmp_path / "words.txt"
    path.write_text("# and\n\nund\net  \n#\nи\n", encoding="utf-8")
    assert loader.load_words(path) == ["und", "et  ", "и"]
