"""The published schemas are fresh and valid, and describe real documents and packs."""

from __future__ import annotations

import copy
import datetime as dt
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bilatcli.environment import Environment
from bilatcli.errors import BilatcliError
from bilatcli.index.store import Index, open_index
from bilatcli.query.request import Request
from bilatcli.render import render_document
from bilatcli.render.settings import Settings
from bilatcli.views import VIEWS, run
from bilatcli.views import schema as published
from bilatcli.views.document import error_text
from support import DATA, RELATIONS, ROOT, Run

FOLDER = ROOT / "schema"
SMALL = DATA / "small.toml"
NAMES = sorted(
    [*VIEWS, "check", "compare", "error", "line", "pack", "refresh", "verify", "version"]
)

QUESTIONS = [
    "summary az pk",
    "summary az",
    "summary is mn",
    "summary iceland",
    "facts az pk",
    "facts az pk --all",
    "facts az pk jf-17",
    "facts azerbaijn pak",
    "facts az pk nothing-has-this",
    "facts is mn --all",
    "facts cl fj",
    "facts az tr pk",
    "timeline az pk",
    "timeline az",
    "timeline is mn --all",
    "timeline az pk nothing-has-this",
    "diff az pk 2024 2026",
    "diff is mn 1985 2010",
    "diff is mn 1801 1802",
    "military az pk",
    "military az pk --verified",
    "military is mn --all",
    "figures az pk",
    "figures pakistan --measure exports",
    "figures az pk nothing-has-this",
    "stances az pk",
    "stances pakistan --all",
    "stances kashmir",
    "stances kashmr",
    "stances is mn",
    "search kashmr jf-17",
    "search kashmir --all --topic stance",
    "search nothing-has-this",
    "search 冰岛",
    "search brackets links",
    "cite az pk",
    "cite is mn",
    "cite is-mn/yak-1-delivery",
    "cite gazette-1",
    "cite a-source-whose-id-is-so-long-that-it-does-not-fit-in-a-narrow-column",
    "cite az pk nothing-has-this",
    "show is-mn/hostile",
    "show is-mn/yak-1-order",
    "show yearbook-2010",
    "show cl-fj/canoes",
    "list",
    "latest",
    "issues kashmir",
    "events india pakistan",
    "resolve azerbaijan korea switzerlnd banana",
]
ERRORS = [
    "facts azrbjn",
    "facts korea",
    "facts france japan",
    "show no-such-fact",
    "show hostile",
    "summary",
    "diff az pk",
    "diff korea pk 2024 2026",
    "list --fields no-such-field",
    "facts az --topic no-such-topic",
    "search",
]


def schema(name: str) -> dict[str, Any]:
    """Return a published schema."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return loaded


def problems(value: object, schema: dict[str, Any]) -> list[str]:
    """Return the errors of a value according to a schema."""
    validator = Draft202012Validator(schema)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def closed(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without room for keys that it does not name."""
    strict = copy.deepcopy(schema)
    for part in _parts(strict):
        if "properties" in part:
            part["additionalProperties"] = False
    return strict


def _parts(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from _parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _parts(value)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Yield the index of the bundled packs and the small one."""
    home = str(tmp_path_factory.mktemp("home"))
    opened = open_index(Environment(environ={"HOME": home}), [str(SMALL)])
    yield opened
    opened.close()


def request(line: str) -> Request:
    """Return the request of a command line."""
    view, *rest = line.split()
    given: dict[str, object] = {word[2:]: True for word in rest if word in ("--all", "--verified")}
    for option in ("--topic", "--measure", "--fields"):
        if option in rest:
            given[option[2:]] = rest.pop(rest.index(option) + 1)
    return Request(view, [word for word in rest if not word.startswith("--")], **given)


@pytest.mark.parametrize("script", ["fields.py", "schemas.py"])
def test_generated_files_are_fresh(script: str) -> None:
    """The tables of fields and the files in schema/ are what the scripts would write."""
    command = [sys.executable, str(ROOT / "scripts" / script), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_names() -> None:
    """Each document, a line of NDJSON and the pack have a schema, and nothing else has one."""
    assert sorted(path.stem for path in FOLDER.iterdir()) == NAMES == sorted(published.PUBLISHED)


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_valid(name: str) -> None:
    """Each file is a valid schema of draft 2020-12."""
    assert schema(name)["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_printed(run: Run, name: str) -> None:
    """`bilatcli schema NAME` prints the file byte for byte."""
    result = run("schema", name)
    assert (result.code, result.err) == (0, "")
    assert result.out.encode() == (FOLDER / f"{name}.json").read_bytes()


def test_names_are_printed(run: Run) -> None:
    """`bilatcli schema` prints the names of all schemas, one per line."""
    result = run("schema")
    assert (result.code, result.out.split("\n"), result.err) == (0, [*NAMES, ""], "")


def test_questions_cover_every_view() -> None:
    """The questions cover every view."""
    assert {line.split()[0] for line in QUESTIONS} == set(VIEWS)


@pytest.mark.parametrize("line", QUESTIONS)
def test_document(index: Index, line: str) -> None:
    """A document fits its schema, which names all its keys."""
    asked = request(line)
    document = run(VIEWS[asked.view], asked, index).load()
    assert problems(document, schema(asked.view)) == []
    assert problems(document, closed(schema(asked.view))) == []


@pytest.mark.parametrize("line", QUESTIONS)
def test_line(index: Index, line: str) -> None:
    """A line of NDJSON fits its schema."""
    asked = request(line)
    text = render_document(run(VIEWS[asked.view], asked, index), "ndjson", Settings())
    rows = [json.loads(row) for row in text.removesuffix("\n").split("\n") if row]
    validator = Draft202012Validator(schema("line"))
    assert [error.message for row in rows for error in validator.iter_errors(row)] == []


@pytest.mark.parametrize("line", ERRORS)
def test_error(index: Index, line: str) -> None:
    """An error fits its schema, which names all its keys."""
    with pytest.raises(BilatcliError) as caught:
        run(VIEWS[line.split(maxsplit=1)[0]], request(line), index)
    document = json.loads(error_text(caught.value))
    assert problems(document, schema("error")) == []
    assert problems(document, closed(schema("error"))) == []


def test_bad_pack_error(run: Run, tmp_path: Path) -> None:
    """The error on a bad pack fits its schema."""
    (tmp_path / "bad.toml").write_text("[pack]\nname = 1\n", encoding="utf-8")
    document = json.loads(run("list", "--json", "--data", str(tmp_path)).out)
    assert len(document["error"]["problems"]) == 4
    assert problems(document, closed(schema("error"))) == []


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("facts", lambda document: document.pop("relation")),
        ("facts", lambda document: document["facts"][0].pop("note")),
        ("facts", lambda document: document["facts"][0].update(status="so-so")),
        ("facts", lambda document: document["facts"][0].update(id="Recognition 1991")),
        ("facts", lambda document: document["sources"][0].update(URL="ftp://example.org")),
        ("facts", lambda document: document.update(schema="bilatcli/facts@2")),
        ("list", lambda document: document["relations"][0].update(facts="many")),
    ],
)
def test_bad_document(index: Index, name: str, spoil: Any) -> None:
    """A document without a key, or with another value, does not fit its schema."""
    asked = request("list" if name == "list" else "facts az pk")
    document = run(VIEWS[name], asked, index).load()
    spoil(document)
    assert problems(document, schema(name))


# --- packs


def loaded(path: Path) -> Any:
    """Return a pack as JSON data, with dates as text."""
    return json.loads(json.dumps(tomllib.loads(path.read_text("utf-8")), default=dt.date.isoformat))


@pytest.mark.parametrize("path", [RELATIONS, SMALL], ids=lambda path: path.name)
def test_pack(path: Path) -> None:
    """A pack fits the schema of packs."""
    assert problems(loaded(path), schema("pack")) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pack: pack.pop("pack"),
        lambda pack: pack["pack"].pop("licence"),
        lambda pack: pack["pack"].update(updated="yesterday-ish", unknown=1),
        lambda pack: pack["source"][0].update(reliability="good"),
        lambda pack: pack["source"][0].update(url="gopher://example.org"),
        lambda pack: pack["source"][0].update(id="No Slug"),
        lambda pack: pack["relation"][0].update(countries="IS-MN"),
        lambda pack: pack["relation"][0]["fact"][0].update(text="x" * 241),
        lambda pack: pack["relation"][0]["fact"][0].update(topic="gossip"),
        lambda pack: pack["relation"][0]["fact"][0].update(quantity=3),
        lambda pack: pack["relation"][0]["fact"][0].update(headline="yes"),
        lambda pack: pack["relation"][0]["fact"][0].pop("sources"),
        lambda pack: pack["relation"][0]["fact"][6].update(quantity=-1),
    ],
)
def test_bad_pack(spoil: Any) -> None:
    """A pack that is refused does not fit the schema of packs."""
    pack = loaded(SMALL)
    spoil(pack)
    assert problems(pack, schema("pack"))
