"""The Python interface: the documents, options and errors of the command line."""

from __future__ import annotations

import doctest
import importlib
import json
import pkgutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, assert_type, get_args, get_type_hints

import pytest

import bilatcli
from bilatcli import api as interface
from bilatcli.query.options import DATE_HINT
from bilatcli.views import VIEWS
from support import DATA, ROOT, Run

SMALL = DATA / "small.toml"
MODULES = sorted(
    ["bilatcli", *(found.name for found in pkgutil.walk_packages(bilatcli.__path__, "bilatcli."))]
)


@pytest.fixture(autouse=True)
def empty_home(home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give this process an empty home, whose packs are compiled once a session."""
    for variable in ("XDG_DATA_HOME", "BILATCLI_DATA", "BILATCLI_INDEX"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))


def get_options(view: str) -> dict[str, Any]:
    """Return the options of the method of a view, with their types."""
    options = get_type_hints(getattr(bilatcli.Corpus, view)).get("options")
    return {} if options is None else get_type_hints(get_args(options)[0])


# --- one declaration


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda view: view.name)
def test_every_view_has_its_method(view: Any) -> None:
    """Each view has a method of its name, with its options and their types."""
    wanted = {
        option.python_name: bool
        if option.is_flag
        else int | None
        if option.is_number
        else str | None
        for option in view.select_options
    }
    assert get_options(view.name) == wanted


def test_no_other_methods() -> None:
    """A corpus has a method for each view, `verify` and `close`."""
    assert {name for name in vars(bilatcli.Corpus) if not name.startswith("_")} == {
        *VIEWS,
        "close",
        "verify",
    }


@pytest.mark.parametrize("name", bilatcli.__all__)
def test_public_names(name: str) -> None:
    """Each public name is there, and every error is public."""
    assert getattr(bilatcli, name) is not None
    errors = {each.__name__ for each in bilatcli.BilatcliError.__subclasses__()}
    assert errors <= set(bilatcli.__all__)


def test_other_names() -> None:
    """Another name is an AttributeError."""
    with pytest.raises(AttributeError, match="module `bilatcli` has no attribute `nothing`"):
        _ = bilatcli.nothing  # type: ignore[attr-defined]  # what a type checker says as well


def test_importing_imports_nothing() -> None:
    """Importing the package imports no other module."""
    code = (
        "import sys; before = set(sys.modules); import bilatcli;"
        " print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["bilatcli"]


# --- the documents


@pytest.mark.parametrize(
    ("view", "words", "options", "line"),
    [
        ("summary", "az pk", {}, "az pk"),
        ("facts", "az pk", {"topic": "trade", "all": True}, "az pk --topic trade --all"),
        (
            "timeline",
            "az-pk",
            {"since": "2020", "until": "2021-06"},
            "az-pk --since 2020 --until 2021-06",
        ),
        ("diff", ["az", "pk", "2024", "2026"], {"verified": True}, "az pk 2024 2026 --verified"),
        (
            "military",
            "azerbaijn pak jf-17",
            {"as_of": "2024-12-31"},
            "azerbaijn pak jf-17 --as-of 2024-12-31",
        ),
        ("military", "", {"from_": "PK", "to": "AZ"}, "--from PK --to AZ"),
        (
            "facts",
            (),
            {"mentions": "india", "status": "planned"},
            "--mentions india --status planned",
        ),
        ("stances", "turkey", {"matrix": True, "verified": False}, "turkey --matrix"),
        (
            "search",
            ["kashmir"],
            {"country": "tr", "limit": 3, "topic": None},
            "kashmir --country tr --limit 3",
        ),
        (
            "search",
            "kashmir",
            {"verification": "conflicting"},
            "kashmir --verification conflicting",
        ),
        ("cite", ["az-pk/recognition-1991"], {}, "az-pk/recognition-1991"),
        ("show", "az-pk/recognition-1991", {}, "az-pk/recognition-1991"),
        ("resolve", ("azerbaijn", "korea"), {}, "azerbaijn korea"),
        ("facts", "az pk", {"since": "2099"}, "az pk --since 2099"),
    ],
)
def test_documents_are_those_of_the_command_line(
    run: Run, view: str, words: Any, options: dict[str, Any], line: str
) -> None:
    """A method returns what the command prints as JSON, whether or not anything is found."""
    with bilatcli.open() as corpus:
        document = getattr(corpus, view)(words, **options)
    text = words if isinstance(words, str) else " ".join(words)
    assert line.startswith(text)
    arguments = [words] if isinstance(words, str) else list(words)
    result = run(view, *arguments, *line.removeprefix(text).split(), "--json")
    assert document == json.loads(result.out)


def test_list_takes_no_words(run: Run) -> None:
    """Relations are listed by options only."""
    with bilatcli.open() as corpus:
        document = corpus.list(country="iran", curated=True)
    assert document == json.loads(run("list", "--country", "iran", "--curated", "--json").out)


def test_types_are_known() -> None:
    """A type checker knows the type of a document, and the options of a method."""
    with bilatcli.open() as corpus:
        assert_type(corpus, bilatcli.Corpus)
        assert_type(corpus.military("az pk", as_of="2024-12-31"), dict[str, Any])
        with pytest.raises(bilatcli.UsageError):
            corpus.military("az pk", topic="trade")  # type: ignore[call-arg]  # `military` has a topic
        with pytest.raises(bilatcli.UsageError):
            corpus.military("az pk", verified="yes")  # type: ignore[arg-type]  # it is true or false


def test_own_packs(run: Run) -> None:
    """Own packs are merged with the bundled ones; a path may be a Path or a text."""
    with bilatcli.open(SMALL) as corpus:
        document = corpus.facts("is mn")
    assert document["facts"]
    assert document == json.loads(run("facts", "is mn", "--json", "--data", str(SMALL)).out)
    with bilatcli.open(str(SMALL.parent / "small.toml")) as corpus:
        assert corpus.facts("is mn") == document


# --- errors


@pytest.mark.parametrize(
    ("view", "words", "options", "error"),
    [
        ("facts", "korea pakistan", {}, bilatcli.Ambiguous),
        ("facts", "azrbjnx", {}, bilatcli.NoSuchCountry),
        ("stances", "peru fiji", {}, bilatcli.NothingRecorded),
        ("show", "no-such-fact", {}, bilatcli.NoSuchRecord),
        ("facts", "", {}, bilatcli.UsageError),
        ("facts", "az pk", {"as_of": "soon"}, bilatcli.UsageError),
        ("facts", "az pk", {"as_of": 2024}, bilatcli.UsageError),
        ("facts", "az pk", {"format": "csv"}, bilatcli.UsageError),
        ("search", "kashmir", {"limit": 0}, bilatcli.UsageError),
        ("search", "kashmir", {"limit": True}, bilatcli.UsageError),
    ],
)
def test_errors(
    view: str,
    words: str,
    options: dict[str, Any],
    error: type[Exception],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A question without an answer raises the error of the command line, and prints nothing."""
    with bilatcli.open() as corpus, pytest.raises(error) as caught:
        getattr(corpus, view)(words, **options)
    assert isinstance(caught.value, bilatcli.BilatcliError)
    assert str(caught.value) == caught.value.message
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"topic": "trad"}, "unknown topic `trad`; did you mean `trade`?"),
        ({"as_of": "x"}, f"`as_of` cannot be `x`; {DATE_HINT}"),
        ({"topics": "trade"}, "`facts` has no option `topics`; did you mean `topic`?"),
        ({"all": 1}, "`all` must be true or false"),
    ],
)
def test_errors_name_options(options: dict[str, Any], message: str) -> None:
    """An error names an option as Python does, not as the command line."""
    with bilatcli.open() as corpus, pytest.raises(bilatcli.UsageError) as caught:
        corpus.facts("az pk", **options)
    assert caught.value.message == message


def test_an_ambiguous_word_has_candidates() -> None:
    """The candidates of an ambiguous word have commands."""
    with bilatcli.open() as corpus, pytest.raises(bilatcli.Ambiguous) as caught:
        corpus.facts("korea pakistan")
    assert [(each.id, each.command) for each in caught.value.candidates] == [
        ("KP", "bilatcli facts kp pakistan"),
        ("KR", "bilatcli facts kr pakistan"),
    ]


def test_a_broken_pack(tmp_path: Path) -> None:
    """Opening a broken pack raises all its problems, with their places."""
    pack = tmp_path / "bad.toml"
    pack.write_text("[pack]\nname = 1\n", encoding="utf-8")
    with pytest.raises(bilatcli.PackError) as caught:
        bilatcli.open(pack)
    assert {problem.file for problem in caught.value.problems} == {str(pack)}


def test_a_closed_corpus() -> None:
    """A corpus can be closed twice; a question after that is an error."""
    corpus = bilatcli.open()
    corpus.close()
    corpus.close()
    with pytest.raises(bilatcli.UsageError, match="the corpus is closed"):
        corpus.list()


def test_a_corpus_belongs_to_its_thread() -> None:
    """Another thread cannot use a corpus, but can open its own."""
    answers: list[str] = []

    def ask(corpus: bilatcli.Corpus) -> None:
        try:
            corpus.summary("az pk")
        except bilatcli.UsageError as error:
            answers.append(error.message)
        with bilatcli.open() as own:
            answers.append(own.summary("az pk")["relation"]["id"])

    with bilatcli.open() as corpus:
        thread = threading.Thread(target=ask, args=(corpus,))
        thread.start()
        thread.join()
        assert answers == [
            "a corpus belongs to the thread that opened it; open one in each thread",
            "az-pk",
        ]
        assert corpus.summary("az pk")["relation"]["id"] == "az-pk"


# --- the examples


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    """Every example in a docstring gives what it shows."""
    module = importlib.import_module(name)
    assert doctest.testmod(module, extraglobs={"bilatcli": bilatcli}).failed == 0
    if module is interface:
        found = {each.name for each in doctest.DocTestFinder().find(module) if each.examples}
        assert {f"{name}.Corpus.{view}" for view in VIEWS} <= found


@pytest.mark.parametrize("page", ["docs/python.md", "README.md"])
def test_examples_in_pages(page: str) -> None:
    """Every Python example in the docs gives what it shows."""
    done = doctest.testfile(str(ROOT / page), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert done.failed == 0
    assert done.attempted > 1


def test_options_in_the_docs() -> None:
    """docs/python.md names each option of each method."""
    text = (ROOT / "docs" / "python.md").read_text("utf-8")
    assert {key for view in VIEWS for key in get_options(view) if f"`{key}`" not in text} == set()
