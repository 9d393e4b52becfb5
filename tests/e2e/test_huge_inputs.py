"""References and lines made to use up memory or time are short errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bilatcli.environment import MAX_LINE_LENGTH
from limits_support import MILLION, PACK_HEADER, run_limited

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as on Linux")

LINE_TOO_LONG = "bilatcli: a line has more than 64,000,000 characters"
FORMATS = {"bib": "bibtex", "ris": "ris", "json": "csl-json"}


def make_doubling_macros() -> str:
    """Return BibTeX with forty abbreviations, each twice as long as the one before."""
    doubled = "".join(f"@string{{a{i + 1} = a{i} # a{i}}}\n" for i in range(40))
    return f"@string{{a0 = {{xxxxxxxxxx}}}}\n{doubled}@book{{b, title = a40}}"


HUGE_REFERENCES: dict[str, tuple[Callable[[], str], str]] = {
    "macros.bib": (
        make_doubling_macros,
        ": this is not bibtex (its @string abbreviations exceed 10,000,000 characters)",
    ),
    "braces.bib": (
        lambda: "@book{b, title = {" + "{" * MILLION,
        ":1:1: this is not bibtex (unexpectedly reached end of file)",
    ),
    "arrays.json": (lambda: "[" * MILLION, ": this is not csl-json (nested too deep)"),
    "numbers.json": (lambda: '[{"id": ' + "9" * MILLION + "}]", ": this is not csl-json ("),
    "long.ris": (lambda: "TY  - JOUR\nTI  - " + "a" * MAX_LINE_LENGTH, LINE_TOO_LONG),
    "large.ris": (
        lambda: "TY  - JOUR\n" + ("N1  - " + "a" * MILLION + "\n") * 64,
        ":65:1: the file has more than 64,000,000 characters: split it into several files",
    ),
    "many.ris": (
        lambda: "TY  - JOUR\n" * MILLION,
        ":2:1: this is not ris (the reference of line 1 does not end with",
    ),
}
"""The text of a file, and the start of its error after the file's name."""


@pytest.mark.parametrize("name", HUGE_REFERENCES)
@pytest.mark.parametrize("is_piped", [False, True], ids=["file", "pipe"])
def test_huge_references(home: Path, tmp_path: Path, name: str, *, is_piped: bool) -> None:
    """Huge references are one short error, and the pack is unchanged."""
    make, message = HUGE_REFERENCES[name]
    pack, file = tmp_path / "pack.toml", tmp_path / name
    pack.write_text(PACK_HEADER, encoding="utf-8")
    text = make()
    if not is_piped:
        file.write_text(text, encoding="utf-8")
    given = "-" if is_piped else str(file)
    options = ["--format", FORMATS[file.suffix[1:]], "--reliability", "weak"]
    result = run_limited(
        "import", given, str(pack), *options, home=home, stdin=text if is_piped else ""
    )
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(message if message == LINE_TOO_LONG else given + message)
    assert len(result.err) < 1_000
    assert pack.read_text("utf-8") == PACK_HEADER


@pytest.mark.parametrize("command", ["resolve -", "cite -", "mcp"])
def test_line_without_end(home: Path, command: str) -> None:
    """A line that does not end is an error before it fills the memory."""
    result = run_limited(*command.split(), home=home, stdin="a" * (MAX_LINE_LENGTH + 1))
    message = f"{LINE_TOO_LONG}; split it into several lines\n"
    assert (result.code, result.out, result.err) == (2, "", message)


def test_line_without_end_in_a_batch(home: Path) -> None:
    """A line that does not end is an error document, and the next line is answered."""
    stdin = "a" * (MAX_LINE_LENGTH + 1) + "\nresolve az\n"
    result = run_limited("batch", home=home, stdin=stdin)
    assert (result.code, result.err) == (2, "")
    error, answer = map(json.loads, result.out.splitlines())
    assert "more than 64,000,000 characters" in error["error"]["message"]
    assert answer["names"][0]["code"] == "AZ"


def test_long_lines_of_a_batch(home: Path) -> None:
    """Each line of megabytes is a short error document, and the next line is answered."""
    lines = [
        "facts " + "a" * 10**7,
        "facts " + "a " * 10**6,
        "x" * 10**7,
        '{"view":' * 10**6,
        "facts az pk",
    ]
    result = run_limited("batch", home=home, stdin="\n".join(lines))
    assert (result.code, result.err) == (2, "")
    *errors, answer = result.out.splitlines()
    assert len(errors) == len(lines) - 1
    for line in errors:
        assert line.startswith('{"schema":"bilatcli/error@1"')
        assert len(line) < 10_000
    assert answer.startswith('{"schema":"bilatcli/facts@1"')
