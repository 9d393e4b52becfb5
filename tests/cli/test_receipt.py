"""`--receipt`: what an answer came from, in every view and format, and how to check it again."""

from __future__ import annotations

import json
import shlex
from hashlib import sha256
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bilatcli import __version__
from bilatcli.cli.commands.schema import read_schema
from bilatcli.views import VIEWS
from own_packs import write_pack
from support import Run
from table_support import write_table_pack

QUESTIONS = (
    "summary az pk",
    "facts azerbaijn pk trade since 2020",
    "timeline az pk --since 2020",
    "diff az pk 2024 2026 --topic trade",
    "military az pk jf-17 --fields id,date",
    "figures az pk --measure exports",
    "stances turkey --matrix",
    "issues kashmir",
    "events karabakh",
    "search kashmir --limit 3",
    "latest --country pk",
    "latest facts about armenia",
    "latest --sort oldest --limit 3 --verified",
    "cite az pk --topic trade",
    "cite az-pk/recognition-1991 --edition",
    "show az-pk/recognition-1991",
    "resolve azerbaijn korea",
    "list --curated",
)
TODAY = {"SOURCE_DATE_EPOCH": "1795564800"}


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text."""
    return sha256(text.encode()).hexdigest()


def test_questions_cover_all_views() -> None:
    """Every view is asked for a receipt."""
    assert {question.split()[0] for question in QUESTIONS} == set(VIEWS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_json(run: Run, question: str) -> None:
    """The document has the receipt as a key; its question gives the answer that it hashes."""
    plain = run(*question.split(), "--json", env=TODAY)
    with_receipt = run(*question.split(), "--json", "--receipt", env=TODAY)
    assert with_receipt.code == plain.code
    document = json.loads(with_receipt.out)
    receipt = document.pop("receipt")
    assert document == json.loads(plain.out)
    assert (receipt["answer"], receipt["day"]) == (hash_text(plain.out), "2026-11-25")
    again = run(*shlex.split(receipt["question"])[1:], "--json", env=TODAY)
    assert again.out == plain.out
    if "--fields" not in question:
        schema = Draft202012Validator(json.loads(read_schema(question.split(maxsplit=1)[0])))
        errors = schema.iter_errors({**document, "receipt": receipt})
        assert [error.message for error in errors] == []


def test_packs(run: Run, tmp_path: Path) -> None:
    """The digest of a pack is the SHA-256 of its file and of those of its tables."""
    own = write_pack(tmp_path / "own.toml", pair="is-mn")
    table = write_table_pack(tmp_path / "tables")
    options = ("--data", own, "--data", str(table), "--json")
    receipt = json.loads(run("facts", "is", "mn", *options, "--receipt").out)["receipt"]
    digests = {pack["name"]: pack["digest"] for pack in receipt["packs"]}
    assert digests["own"] == sha256(Path(own).read_bytes()).hexdigest()
    contents = table.read_bytes() + table.with_name("votes.csv").read_bytes()
    assert digests["votes"] == sha256(contents).hexdigest()
    version = json.loads(run("--version", *options).out)
    assert {pack["name"]: pack["digest"] for pack in version["packs"]} == digests


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_foot(run: Run, format: str) -> None:
    """An answer for people ends with the receipt; two answers to one question are the same."""
    argv = ("facts", "az", "pk", "jf-17", "--format", format)
    plain, first, second = (
        run(*argv, *more, env=TODAY) for more in ((), ("--receipt",), ("--receipt",))
    )
    assert first.out == second.out
    assert first.out.startswith(plain.out)
    foot = [line.split() for line in first.out.removeprefix(plain.out).splitlines() if line]
    assert ["question", "bilatcli", "facts", "az", "pk", "jf-17"] in foot
    assert ["day", "2026-11-25,", "bilatcli", __version__] in foot
    answer = run("facts", "az", "pk", "jf-17", "--json").out
    assert ["answer", "sha256", hash_text(answer)] in foot
    assert sum(line[0] == "pack" for line in foot) > 3


@pytest.mark.parametrize("form", ["--format csv", "--format ndjson", "--style bibtex"])
def test_notes(run: Run, form: str) -> None:
    """What programs read stays as it is: the receipt is on standard error."""
    argv = ("cite", "az-pk/recognition-1991", *form.split())
    plain, result = run(*argv), run(*argv, "--receipt")
    assert result.out == plain.out
    assert "bilatcli: receipt: question  bilatcli cite az-pk/recognition-1991\n" in result.err


def test_file(run: Run, tmp_path: Path) -> None:
    """A file has the receipt too."""
    target = tmp_path / "answer.json"
    run("facts", "az", "pk", "jf-17", "-o", str(target), "--receipt")
    assert "receipt" in json.loads(target.read_text("utf-8"))


def test_stream_of_names(run: Run) -> None:
    """Names from standard input, which may never end, have no receipt."""
    result = run("resolve", "-", "--receipt", stdin="azerbaijan\n")
    assert (result.code, result.out) == (2, "")
    assert "have no receipt; leave `--receipt` out" in result.err
