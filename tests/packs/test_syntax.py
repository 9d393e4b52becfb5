"""A text that is not TOML is explained: what is wrong, where it began, and what to do."""

from __future__ import annotations

import pytest

from bilatcli.error_details import PackError
from bilatcli.packs.syntax import parse_toml, unquote_key

OPEN_TEXT = "a text is not closed: add the closing quotation mark; it begins at"
LIST = "add `]`, or a comma between its values"
TABLE = "add `}`, or a comma between its keys"


def problem_in(text: str) -> str:
    """Return the only problem of a text."""
    with pytest.raises(PackError) as error:
        parse_toml(text, "p")
    (problem,) = error.value.problems
    return str(problem).removeprefix("p:")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        # --- texts, of each kind, at the end of a line and of the file
        ('\na = "é', f"2:7: {OPEN_TEXT} 2:5"),
        ('a = "é\nb = 1', f"1:7: {OPEN_TEXT} 1:5"),
        ('a = "b # c\n', f"1:11: {OPEN_TEXT} 1:5"),
        ("\na = 'é", f"2:7: {OPEN_TEXT} 2:5"),
        ("a = 'é\nb = 'c'\n", f"1:7: {OPEN_TEXT} 1:5"),
        ('a = """b\nc\n', f"3:1: {OPEN_TEXT} 1:5"),
        ("a = '''b\r\nc", f"2:2: {OPEN_TEXT} 1:5"),
        ('a = ["b", "c]\n', f"1:14: {OPEN_TEXT} 1:11"),
        ('[["a]]\nb = 1', f"1:7: {OPEN_TEXT} 1:3"),
        # --- lists, inline tables and headers
        ("a = [1,\n", f"(the list that begins at 1:5 is not closed): {LIST}"),
        ('a = [\n  "b"\nc = 1\n', "3:1: this is not valid TOML (the list that begins at 1:5 "),
        ('a = [\n  "b",\nc = 1\n', "3:1: this is not valid TOML (the list that begins at 1:5 "),
        ('a = ["b",\n[[c]]\nd = 1', "(the list that begins at 1:5 is not closed)"),
        ('a = ["b" "c"]', "1:10: this is not valid TOML (the list that begins at 1:5 "),
        ("a = [{b = 1]", f"(the inline table that begins at 1:6 is not closed): {TABLE}"),
        ("a = {b = 1\n\n[c]\n", "3:1: this is not valid TOML (the inline table that begins at 1"),
        ("x = 1\n[a.b\nc = 1", "(the header that begins at 2:1 is not closed): close it with `]`"),
        ("[[a]\nb = 1", "(the header that begins at 1:1 is not closed): close it with `]]`"),
        # --- what people write
        ("a: 1", "(expected '=' after a key in a key/value pair): write `=` after a key, not `:`"),
        ("a = True", "1:5: this is not valid TOML (invalid value): write it in lower case"),
        ("a = b", "1:5: this is not valid TOML (invalid value): put a text in quotes"),
        ("a = \u201cb\u201d", "write straight quotation marks"),
        ("a = 2026-1-5", ": write a date as 2026-01-31"),
        ("a = 2026-13-05", ": write a date as 2026-01-31"),
        (r'a = "b\c"', r": write `\\` for a backslash"),
        (r'a = "C:\users"', r": write `\\` for a backslash"),
        ("[A]\n[A]", "(cannot declare ('A',) twice): remove one of the two headers"),
        ("a = {b = 1, b = 2}", "this key is already set: remove one of the two"),
        # --- characters that are not seen
        ("a = 1\n\f", "2:1: this is not valid TOML (invalid statement): remove the invisible "),
        ("a = 1\x1a", "remove the invisible character U+001A"),
        ("a = 1\n\ufeffb = 2", "(invalid statement): remove the invisible character U+FEFF"),
        ("a\u00a0= 1", "remove the invisible character U+00A0"),
        ("a\0=\0", "1:2: this is not valid TOML"),
        ("a = 1\rb = 2\r", "end lines with LF or CRLF, not with CR alone"),
        ('a = "b\0"', r"remove the character, or write it as an escape such as `\u0007`"),
    ],
)
def test_invalid(text: str, problem: str) -> None:
    """A syntax error is one problem."""
    assert problem in problem_in(text)


@pytest.mark.parametrize(
    ("written", "key"),
    [('"a b"', "a b"), (r"'a\b'", r"a\b"), (r'"\x41\e"', "A\x1b"), (r'"\q"', r"\q")],
)
def test_quoted_key(written: str, key: str) -> None:
    """A key in quotes has the escapes of TOML 1.1; one that is not valid is as written."""
    assert unquote_key(written) == key
