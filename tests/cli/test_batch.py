"""`batch`: one document per line, whatever the line is."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from bilatcli import environment
from bilatcli.cli.commands import batch
from bilatcli.cli.commands.batch import MAX_QUESTION_LENGTH
from bilatcli.environment import BoundedLines
from bilatcli.index.store import Index
from support import Run

MANY_DIGITS = "9" * 5000


def documents(out: str) -> list[dict[str, Any]]:
    """Return the documents of a batch."""
    return [json.loads(line) for line in out.splitlines()]


def test_documents_in_order(run: Run) -> None:
    """Each line has one line of answer, with the document that the command itself prints."""
    questions = [
        "military az pk jf-17",
        "stances kashmir --verified",
        "az-pk/recognition-1991",
        "cite azernews-200281",
    ]
    result = run("batch", stdin="".join(f"{question}\n" for question in questions))
    alone = [run(*question.split(), "--json") for question in questions]
    assert (result.code, result.err) == (0, "")
    assert documents(result.out) == [json.loads(one.out) for one in alone]


def test_json_question(run: Run) -> None:
    """A question may be a JSON object of view, words and options."""
    question = {
        "view": "facts",
        "words": ["az", "pk"],
        "topic": "trade",
        "all": True,
        "fields": ["id", "date"],
    }
    line = "facts az pk --topic trade --all --fields id,date"
    first, second = documents(run("batch", stdin=f"{json.dumps(question)}\n{line}\n").out)
    assert first == second


@pytest.mark.parametrize(
    ("line", "kind", "message"),
    [
        ("", "usage", "the line is empty; write a question, such as `military az pk jf-17`"),
        ("facts korea", "ambiguous", "`korea` could mean North Korea (KP) or South Korea (KR)"),
        ("facts az --nope", "usage", "not a question: `facts az --nope`; write VIEW WORDS"),
        ("# comment", "usage", "not a question: `# comment`; write VIEW WORDS"),
        ("report az pk", "usage", "not a question: `report az pk`; "),
        ("batch", "usage", "not a question: `batch`; "),
        ("[1]", "usage", "not a question: `[1]`; "),
        ("cite az --style apa", "usage", "a batch returns documents, "),
        ("{", "usage", "the line is not a JSON object (expecting property name "),
        ('{"words": "az"}', "usage", 'the object names no view; "view" is one of summary, '),
        ('{"view": "facts", "data": "x"}', "usage", "`data`"),
        ('{"view": "facts", "words": {"az": 1}}', "usage", "`words`"),
        ('{"view": "search", "words": "az", "limit": [1]}', "usage", "`limit`"),
        ('{"view": "facts", "words": "az", "topic": 5}', "usage", "`topic`"),
        ('{"view": "facts", "words": "az", "all": "no"}', "usage", "`all`"),
    ],
)
def test_error_has_its_line(run: Run, line: str, kind: str, message: str) -> None:
    """A line without an answer has an error document with its number, and the batch goes on."""
    result = run("batch", stdin=f"list\n{line}\nlist\n")
    before, error, after = documents(result.out)
    assert result.code == (2 if kind == "usage" else 0)
    assert before == after
    assert (error["error"]["kind"], error["error"]["line"]) == (kind, 2)
    assert message in error["error"]["message"]


def nested(depth: int) -> str:
    """Return JSON arrays within arrays."""
    return "[" * depth + "]" * depth


DEPTHS = [*range(900, 1000, 7), 100_000]
"""How deep values are nested, below and above the limit of recursion."""

HOSTILE_LINES = {
    "digits in JSON": f'{{"view": "search", "words": "x", "limit": {MANY_DIGITS}}}',
    "digits in words": f'{{"view": "facts", "words": [{MANY_DIGITS}]}}',
    "digits as a key": f'{{"view": "facts", "{MANY_DIGITS}": 1}}',
    "digits in a limit": f"search x --limit {MANY_DIGITS}",
    "digits in a date": f"facts az --since {MANY_DIGITS}",
    "digits in dates": f"diff az pk {MANY_DIGITS} {MANY_DIGITS}",
    "superscript digits": "search x --limit ²²",
    "huge float": '{"view": "search", "words": "x", "limit": 1e999}',
    "not a number": '{"view": "search", "words": "x", "limit": NaN}',
    "infinity": '{"view": "facts", "words": [Infinity, -Infinity]}',
    "not closed": '{"view": ' + "[" * 100_000,
    **{f"view {depth} deep": f'{{"view": {nested(depth)}}}' for depth in DEPTHS},
    **{f"words {depth} deep": f'{{"view": "facts", "words": {nested(depth)}}}' for depth in DEPTHS},
    **{
        f"fields {depth} deep": f'{{"view": "list", "fields": [{nested(depth)}]}}'
        for depth in DEPTHS
    },
    "array": nested(50_000),
    "lone surrogate": '{"view": "facts", "words": "\\ud800"}',
    "lone surrogate as a key": '{"view": "facts", "\\udfff": 1}',
    "bytes": "facts \udcff\udc80 --topic \udcff",
    "NUL": "facts \0 az\0 pk",
    "NUL in JSON": '{"view": "facts", "words": "az\\u0000pk", "country": "\\u0000"}',
    "NUL in an id": "show az-pk/\0",
    "control characters": "facts \x1b[31m \x07 \x0b \x0c \x1c \x85 \u2028",
    "long word": "facts " + "x" * 100_000,
    "long words": '{"view": "facts", "words": "' + "ab " * 100_000 + '"}',
    "long id": "show " + "az-pk/" * 50_000,
    "long line": "facts " + "x " * MAX_QUESTION_LENGTH,
    "quotes": "facts \"'\"'\"'\\",
    "true words": '{"view": "facts", "words": [true, null]}',
    "null view": '{"view": null}',
    "list of views": '{"view": ["facts"]}',
    "fields of all types": '{"view": "list", "fields": [1, null, {}]}',
    "empty object": "{}",
    "two objects": "{} {}",
    "byte order mark": "\ufefffacts az pk",
    "standard input": "cite -",
    "names from standard input": "resolve -",
    "style list": "cite az --style list",
    "own packs": "facts az --data /",
    "other index": "facts az --index postgresql://nowhere.invalid/x",
}


@pytest.mark.parametrize("line", HOSTILE_LINES.values(), ids=HOSTILE_LINES.keys())
def test_no_line_ends_the_batch(run: Run, line: str) -> None:
    """Whatever a line is, it has one document, and so has the next line."""
    result = run("batch", stdin=f"{line}\nresolve az\n")
    assert (result.code in (0, 2), result.err) == (True, "")
    assert "\x1b" not in result.out
    first, last = documents(result.out)
    assert first["schema"].startswith("bilatcli/")
    assert last["names"][0]["code"] == "AZ"


def test_line_that_is_too_long_to_read(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is too long to be read has an error document too, and the next line an answer."""
    monkeypatch.setattr(environment, "MAX_LINE_LENGTH", 50)
    stream = io.StringIO("list\n" + "x" * 49 + "\n" + "x" * 230 + "\nresolve az\n" + "x" * 99)
    answers = [json.loads(line) for line in batch.answer_lines(BoundedLines(stream), index)]
    assert [each.get("error", {}).get("line") for each in answers] == [None, 2, 3, None, 5]
    assert "more than 50 characters" in answers[2]["error"]["message"]


def test_apostrophes_and_quotes(run: Run) -> None:
    """Quotes hold words together as in a shell; an apostrophe without a partner is a letter."""
    result = run("batch", stdin="facts 'az pk' \"gwadar\"\nmilitary côte d'ivoire zzz\n")
    first, second = documents(result.out)
    assert [fact["topic"] for fact in first["facts"]] == ["transport", "transport"]
    assert second["query"]["countries"][0]["code"] == "CI"


def test_no_lines(run: Run) -> None:
    """Without a question there is no answer."""
    result = run("batch")
    assert (result.code, result.out, result.err) == (1, "", "")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["resolve az"], 0),
        (["facts qqqqqq", "resolve az"], 0),
        (["facts qqqqqq", "facts az pk --since 2090"], 1),
        (["facts az --nope", "resolve az"], 2),
        (["resolve az", "facts az --nope", "facts qqqqqq"], 2),
    ],
)
def test_exit_code(run: Run, lines: list[str], code: int) -> None:
    """As with grep, 0 means that something was found, 1 nothing, and 2 an error."""
    assert run("batch", stdin="".join(f"{line}\n" for line in lines)).code == code
