"""The tokens of a text show what is open, and hide the forms of TOML 1.1 from a parser of 1.0."""

from __future__ import annotations

import tomllib

import pytest
import tomli

from bilatcli.packs.tokens import find_opening, mask_new_forms, read_tokens

NEW_FORMS = r"""
"\x41" = '''it's''''
a = {
  b = [1, # one
    2],
  c = "\e[", # two
  d.e = {f = 1,},
}
g = 07:32
h = [1979-05-27 07:32, 1979-05-27T07:32Z, 07:32:00, 1979-05-27T07:32:00-07:00]
i = '''
a 07:32, }
\x41 \
  b'''''
"""


def test_new_forms_are_masked() -> None:
    """The masked text is TOML 1.0 with the same keys in the same places."""
    content = NEW_FORMS.encode()
    masked = mask_new_forms(content)
    old, new = tomllib.loads(masked.decode()), tomli.loads(NEW_FORMS)
    assert [*old][1:] == [*new][1:]
    assert list(old["a"]) == list(new["a"])
    assert len(old["h"]) == len(new["h"])
    assert len(masked) == len(content)
    for key in (b"a = {", b"b = [", b"d.e = {f =", b"g =", b"h = [", b"i ="):
        assert masked.index(key) == content.index(key)


@pytest.mark.parametrize("text", ["", "a = 1\n", "# 07:32 {\n", "a = 'x' # }\r\n"])
def test_other_texts_stay(text: str) -> None:
    """What is TOML 1.0 keeps its structure."""
    assert (
        tomllib.loads(mask_new_forms(text.encode()).decode()).keys() == tomllib.loads(text).keys()
    )


CLOSED = (r'"a\"b"', r"'a\'", '"""a"b"""""', "'''a\n'''", '""', "''''''")
OPEN = ('"a', "'a", '"""a""\n', "'''a\n'", '"""')


@pytest.mark.parametrize("text", [*CLOSED, *OPEN])
def test_texts(text: str) -> None:
    """A text of each kind, open or closed, is one token."""
    (token,) = read_tokens(text.encode())
    assert (token.start, token.end) == (0, len(text))
    assert token.kind.startswith("open") == (text in OPEN)


@pytest.mark.parametrize(
    ("text", "kind", "start"),
    [
        ("a = [[1, {b = [2]", "inline table", 9),
        ("a = [1]\nb = [", "list", 12),
        ("[a]\n[[b", "header", 4),
        ('a = "]"\nb = [ # ]', "list", 12),
        ("a = '''[", "text", 4),
    ],
)
def test_opening(text: str, kind: str, start: int) -> None:
    """What is open is found, the innermost first; texts and comments have no brackets."""
    opening = find_opening(text.encode(), len(text))
    assert opening is not None
    assert (opening.kind, opening.start) == (kind, start)


@pytest.mark.parametrize("text", ["", "a = [1]\n", "[a]", "a = {b = '{'}", "]]", "a = 1 # ["])
def test_nothing_is_open(text: str) -> None:
    """Without an opening there is None."""
    assert find_opening(text.encode(), len(text)) is None
