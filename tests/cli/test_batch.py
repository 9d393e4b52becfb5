"""Many questions at once, on the installed command."""

from __future__ import annotations

import json
import subprocess
import time
from typing import Any

import pytest

from support import COMMAND, Run


def documents(out: str) -> list[dict[str, Any]]:
    """The documents of a batch, one a line."""
    return [json.loads(line) for line in out.splitlines()]


def test_one_document_a_line_in_order(run: Run) -> None:
    """Each line is answered by one line, in order, by the document that the command itself prints."""
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


def test_a_json_object_asks_the_same(run: Run) -> None:
    """A question may be an object of view, words and options."""
    line = json.dumps(
        {
            "view": "facts",
            "words": ["az", "pk"],
            "topic": "trade",
            "all": True,
            "fields": ["id", "date"],
        }
    )
    result = run("batch", stdin=f"{line}\nfacts az pk --topic trade --all --fields id,date\n")
    first, second = documents(result.out)
    assert first == second


@pytest.mark.parametrize(
    ("line", "kind", "message"),
    [
        ("", "usage", "the line is empty: ask a question, such as `military az pk jf-17`"),
        (
            "facts korea",
            "ambiguous",
            "`korea` can mean North Korea (KP), South Korea (KR): say which",
        ),
        (
            "facts az --nope",
            "usage",
            "`facts az --nope` is no question: write VIEW WORDS… [OPTIONS], with a view of ",
        ),
        (
            "{",
            "usage",
            "the line is no JSON object (expecting property name enclosed in double quotes): ",
        ),
        ('{"words": "az"}', "usage", 'the object names no view: give "view", one of summary, '),
        (
            '{"view": "facts", "data": "x"}',
            "usage",
            "`data` is no key of a question to `facts`: there are words, ",
        ),
        (
            '{"view": "facts", "words": {"az": 1}}',
            "usage",
            "`words` must be text, or a list of texts",
        ),
        ('{"view": "search", "words": "az", "limit": [1]}', "usage", "`limit` must be a number"),
        ('{"view": "facts", "words": "az", "topic": 5}', "usage", "`topic` must be text"),
        ('{"view": "facts", "words": "az", "all": "no"}', "usage", "`all` must be true or false"),
        ('{"view": ' + "[" * 100_000, "usage", "the line is no JSON object (nested too deep): "),
        ("[1]", "usage", "`[1]` is no question: write VIEW WORDS"),
    ],
)
def test_errors_have_their_line(run: Run, line: str, kind: str, message: str) -> None:
    """Where there is no answer there is an error document with the number of the line, and the batch goes on."""
    result = run("batch", stdin=f"list\n{line}\nlist\n")
    before, error, after = documents(result.out)
    assert result.code == 0
    assert before == after
    assert (error["error"]["kind"], error["error"]["line"]) == (kind, 2)
    assert error["error"]["message"].startswith(message)


def test_apostrophes_and_quotes(run: Run) -> None:
    """Quotes hold words together as in a shell, and an apostrophe that nothing closes is one."""
    result = run("batch", stdin="facts 'az pk' \"gwadar\"\nmilitary côte d'ivoire zzz\n")
    first, second = documents(result.out)
    assert [fact["topic"] for fact in first["facts"]] == ["transport", "transport"]
    assert second["query"]["countries"][0]["code"] == "CI"


def test_a_closed_pipe_ends_it_quietly(run: Run) -> None:
    """Where nobody reads on, the batch ends without a word."""
    assert run("list").code == 0
    script = f"yes 'facts az pk' | head -2000 | '{COMMAND}' batch | head -1 | cut -c1-30"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ('{"schema":"bilatcli/facts@1","\n', "")


def test_memory_is_flat() -> None:
    """Ten times the questions take no more memory."""
    code = (
        "import resource, sys; from bilatcli import batch, index; from bilatcli.environment import Environment;"
        "ix = index.open_index(Environment());"
        "sum(1 for _ in batch.answers(('military az pk\\n' for _ in range({n})), ix));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    python = COMMAND.with_name("python")
    used = [
        int(
            subprocess.run(
                [python, "-c", code.replace("{n}", n)], capture_output=True, check=True
            ).stdout
        )
        for n in ("100", "1000")
    ]
    assert used[1] < used[0] * 1.2


def test_answers_at_once_where_somebody_waits(home: object) -> None:
    """On a terminal each answer comes before the next question."""
    pty = pytest.importorskip("pty")
    import os

    master, slave = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, "batch"],
        stdin=subprocess.PIPE,
        stdout=slave,
        env={**os.environ, "HOME": str(home)},
        close_fds=True,
    )
    assert process.stdin is not None
    process.stdin.write(b"resolve az\n")
    process.stdin.flush()
    until = time.monotonic() + 20
    seen = b""
    while b"bilatcli/resolve@1" not in seen and time.monotonic() < until:
        seen += os.read(master, 4096)
    process.stdin.close()
    assert process.wait(timeout=20) == 0
    os.close(slave)
    os.close(master)
    assert b"bilatcli/resolve@1" in seen
