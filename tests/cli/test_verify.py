"""`bilatcli verify`: its texts, formats, errors and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from support import ROOT, Run

RIGHT = "France recognised Armenia on 31 December 1991."
WRONG = "France recognised Armenia in 1993."
DRAFT = f"# Armenia\n\n{RIGHT} {WRONG}\n\n- Nothing to check here.\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """Return a draft with a right and a wrong sentence on one line."""
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, "utf-8")
    return path


def test_a_sentence(run: Run) -> None:
    """The words are a sentence; the answer has the verdict, the reason, the fact and a source."""
    result = run("verify", WRONG)
    assert result.code == 1
    lines = result.out.splitlines()
    assert lines[:2] == [
        WRONG,
        "  differs: another date: the sentence has 1993, the record 1991-12-31",
    ]
    assert lines[2].startswith(
        "    31 Dec 1991  France recognised Armenia on 31 December 1991. [1]"
    )
    assert result.err == "bilatcli: 1 sentence checked: 1 differs\n"
    assert run("verify", RIGHT).code == 0


def test_explain(run: Run) -> None:
    """With --explain, what was read in a sentence is shown."""
    assert "  read: countries FR, AM; from FR; to AM; dates 1993; words recognise\n" in (
        run("verify", WRONG, "--explain").out
    )


def test_json(run: Run, draft: Path) -> None:
    """The document fits its schema and has a claim for each sentence, with its place."""
    result = run("verify", str(draft), "--json")
    document = json.loads(result.out)
    schema = json.loads((ROOT / "schema" / "verify.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    found = [(each["verdict"], each["line"], each["column"]) for each in document["claims"]]
    assert found == [("supported", 3, 1), ("differs", 3, len(RIGHT) + 2), ("not checkable", 5, 3)]
    assert [DRAFT[each["start"] : each["end"]] for each in document["claims"]][:2] == [RIGHT, WRONG]
    assert document["counts"]["supported"] == document["counts"]["differs"] == 1
    ids = {id for each in document["claims"] for fact in each["facts"] for id in fact["sources"]}
    assert {source["id"] for source in document["sources"]} == ids
    assert result.code == 1


def test_github_and_sarif(run: Run, draft: Path) -> None:
    """Annotations have file, line and column, for what is wrong only."""
    result = run("verify", str(draft), "--format", "github")
    column = len(RIGHT) + 2
    assert result.out.startswith(f"::error file={draft},line=3,col={column},title=differs::differs")
    assert result.out.count("::error") == 1
    log = json.loads(run("verify", str(draft), "--format", "sarif").out)
    (found,) = log["runs"][0]["results"]
    place = found["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": column}
    assert (found["ruleId"], found["level"]) == ("differs", "error")


def test_markdown(run: Run, draft: Path) -> None:
    """Markdown quotes the facts, with their sources as footnotes."""
    out = run("verify", str(draft), "--format", "markdown").out
    assert f"- {RIGHT} — **supported**: the record says so\n" in out
    assert "(`am-fr/recognition-1991`)" in out
    assert out.count("[^senat-1992]: ") == 1


def test_standard_input(run: Run) -> None:
    """Each line of standard input is a paragraph."""
    result = run("verify", "-", "--json", stdin=f"{RIGHT}\nFrance recognised Armenia\nin 1993\n")
    claims = json.loads(result.out)["claims"]
    assert [(each["file"], each["line"]) for each in claims] == [("-", 1), ("-", 2), ("-", 3)]


def test_fix_citations(run: Run, draft: Path) -> None:
    """Citations are added to supported sentences, once; nothing else changes."""
    draft.write_bytes(DRAFT.replace("\n", "\r\n").encode())
    run("verify", "--fix-citations", str(draft))
    text = draft.read_bytes().decode()
    assert text.count("[@") == 1
    start, _, rest = text.partition(" [@")
    assert start + rest.partition("]")[2] == DRAFT.replace("\n", "\r\n")
    run("verify", "--fix-citations", str(draft))
    assert draft.read_bytes().decode() == text


def test_errors(run: Run, tmp_path: Path) -> None:
    """A missing text, a missing file and a file that is not UTF-8 are errors with the code 2."""
    bad = tmp_path / "bad.md"
    bad.write_bytes(b"\xff")
    for words in (["verify"], ["verify", "missing.md"], ["verify", str(bad)]):
        result = run(*words)
        assert (result.code, result.out) == (2, ""), words
    assert run("verify", "--fix-citations", RIGHT).code == 2


def test_a_sentence_that_is_too_long(run: Run) -> None:
    """What is far longer than a sentence is not read in full."""
    (claim,) = json.loads(run("verify", "Turkey and Iran " * 100, "--json").out)["claims"]
    assert claim["verdict"] == "not checkable"
    assert claim["reason"] == "it has more than 1,000 letters"
