"""Text that is written: escaped for a terminal, and as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.text import (
    escape_json,
    get_json_text,
    json_object,
    json_string,
    json_to_ascii,
    make_printable,
    replace_surrogates,
    to_json,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.text import JsonValue

ANY_TEXT = st.text(st.characters())
"""Text of all code points, lone surrogates included."""

PERSIAN_WORD = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
"""A word with a non-joiner between its letters."""

SAFE_SPACES = "\u00a0\u2007\u202f\u3000"
CONTROLS = [chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0))]
BIDI = [
    chr(code) for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
]


@pytest.mark.parametrize(
    ("text", "stored"),
    [("d/\udce9.toml", "d/\\udce9.toml"), ("Bakü 冰", "Bakü 冰"), ("a\x1bb", "a\x1bb")],
)
def test_replace_surrogates(text: str, stored: str) -> None:
    """Only lone surrogates are escaped."""
    assert replace_surrogates(text) == stored


@pytest.mark.parametrize(
    ("json", "value"),
    [
        ('{"id":"a","text":"b"}', "b"),
        ('{"text":"b","text":"c"}', "b"),
        ('{"id":"x\\"text\\":\\"no","text":"say \\"yes\\" \\u202e\\n"}', 'say "yes" \u202e\n'),
        ('{"text":""}', ""),
    ],
)
def test_get_json_text(json: str, value: str) -> None:
    """The text of the first member with the key is returned, with its escapes decoded."""
    assert get_json_text(json, "text") == value


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ('"a\u202eb"', '"a\\u202eb"'),
        ('"\x9b\x7f"', '"\\u009b\\u007f"'),
        ('{"a":1,\n"b":"\u00a0冰"}', '{"a":1,\n"b":"\u00a0冰"}'),
        ('"\U000e0041"', '"\\udb40\\udc41"'),
    ],
)
def test_escape_json(text: str, safe: str) -> None:
    """Only characters that a terminal may act on are escaped."""
    assert escape_json(text) == safe


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('{"a":"Bakü"}\n', '{"a":"Bak\\u00fc"}\n'),
        ('"\U0001f1e6"', '"\\ud83c\\udde6"'),
        ("plain", "plain"),
    ],
)
def test_json_to_ascii(text: str, written: str) -> None:
    """Only characters beyond ASCII are escaped."""
    assert json_to_ascii(text) == written


@given(ANY_TEXT)
def test_printable_text_is_harmless(text: str) -> None:
    """The result has only printable characters, and spaces that look like one."""
    assert all(
        character.isprintable() or character in SAFE_SPACES for character in make_printable(text)
    )


@given(st.text(st.characters(exclude_categories=("C", "Z"))))
def test_printable_text_is_kept(text: str) -> None:
    """Letters, marks, digits, punctuation and symbols are kept, unless they are invisible."""
    assert make_printable(text) == text or any(
        make_printable(character) != character for character in text
    )


@pytest.mark.parametrize(
    "character", [*CONTROLS, *BIDI], ids=lambda character: f"U+{ord(character):04X}"
)
def test_no_control_survives(character: str) -> None:
    """A control or bidirectional override is escaped: neither kept nor silently dropped."""
    shown = make_printable(f"a{character}b")
    assert character not in shown
    assert shown[0] + shown[-1] == "ab"
    assert len(shown) > len("ab")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("one\ntwo\r\n\t", "one\\ntwo\\r\\n\\t"),
        ("a\u202eb", "a<U+202E>b"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("\ud800", "<U+D800>"),
        ("\x9b", "\\x9b"),
        ("$2\u00a0bn in Baku", "$2\u00a0bn in Baku"),
        ("Bak\u0131 – پاکستان", "Bak\u0131 – پاکستان"),
        (PERSIAN_WORD, PERSIAN_WORD),
        ("क्\u200dष", "क्\u200dष"),
        ("a\u200cb", "a<U+200C>b"),
        ("می\u200c", "می<U+200C>"),
        ("\u200cمی", "<U+200C>می"),
        ("می\u200cb\x1b", "می<U+200C>b\\x1b"),
        ("می\u200cक", "می<U+200C>क"),
        ("می\u200cخ\u200bو", "می\u200cخ<U+200B>و"),
        ("a\u200db", "a<U+200D>b"),
        ("paypal\ufe0f.com", "paypal<U+FE0F>.com"),
        ("1\ufe0f 2", "1<U+FE0F> 2"),
        ("👍\u200d", "👍<U+200D>"),
        ("👍\u200da", "👍<U+200D>a"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f<U+FE0F>"),
        ("👍\u200d\u200d👍", "👍<U+200D><U+200D>👍"),
        ("a\ufe0f\u200d🌈", "a<U+FE0F><U+200D>🌈"),
        ("👍\u200b👍", "👍<U+200B>👍"),
        ("👍\U000e0041", "👍<U+E0041>"),
        ("❤\ufe0e", "❤<U+FE0E>"),
    ],
)
def test_make_printable(text: str, shown: str) -> None:
    """Characters that cannot be displayed are escaped, all others are kept."""
    assert make_printable(text) == shown


@pytest.mark.parametrize(
    "emoji",
    [
        "👨\u200d👩\u200d👧",
        "🏳\ufe0f\u200d🌈",
        "👩🏽\u200d🚀",
        "👩\u200d❤\ufe0f\u200d👨",
        "🙂\u200d↔\ufe0f",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "©\ufe0f",
        "🇦🇿🇵🇰",
    ],
)
def test_emoji_are_kept(emoji: str) -> None:
    """An emoji of several characters stays one, and what is around it is still escaped."""
    assert make_printable(f"A {emoji}!") == f"A {emoji}!"
    assert make_printable(f"a\u200d{emoji}\x1b") == f"a<U+200D>{emoji}\\x1b"


@given(ANY_TEXT)
def test_json_strings_round_trip(text: str) -> None:
    """A JSON reader gets the text back. Two surrogates that form a character become it."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(json_string(text)) in (text, joined)


@given(ANY_TEXT)
def test_json_strings_are_utf8_on_one_line(text: str) -> None:
    """A JSON string can be encoded as UTF-8 and has no line break."""
    written = json_string(text)
    assert written.encode().decode() == written
    assert not {"\n", "\r", "\0"} & set(written)


@pytest.mark.parametrize(
    ("text", "written"),
    [("Bakü", '"Bakü"'), ("\udc80\u0131", '"\\udc80\u0131"'), ('"\\', '"\\"\\\\"')],
)
def test_json_string(text: str, written: str) -> None:
    """Letters are kept, and only lone surrogates, quotes and backslashes are escaped."""
    assert json_string(text) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (7, "7"),
        (90.0, "90.0"),
        (["a", 1], '["a",1]'),
        ({"code": "AZ", "names": ["Bak\u202eu"], "score": None}, None),
    ],
)
def test_to_json(value: JsonValue, written: str | None) -> None:
    """A value is compact JSON text, the same as the standard library writes, and harmless."""
    text = to_json(value)
    assert json.loads(text) == value
    assert text.isprintable()
    assert written in (None, text)


def test_json_object() -> None:
    """Members keep their order, and `null` stands for a missing value."""
    assert json_object(name="Bak\u0131", score=100.0, until=None) == (
        '{"name":"Bak\u0131","score":100.0,"until":null}'
    )
