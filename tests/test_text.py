"""Text at the two edges: what folds alike, and what reaches a terminal or a JSON document."""

from __future__ import annotations

import json
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.text import (
    search_tokens,
    extract_designations,
    normalize,
    is_unspaced,
    json_to_ascii,
    escape_json,
    json_string,
    get_json_text,
    make_printable,
    normalize_joined,
    replace_surrogates,
)

ANY_TEXT = st.text(st.characters())
"""Text of every code point there is, lone surrogates included."""

SAFE_SPACES = "\u00a0\u2007\u202f\u3000"
CONTROLS = [chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0))]
BIDI = [
    chr(code) for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
]


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    """What is folded is stored and compared, so folding it again must leave it alone."""
    assert normalize(normalize(text)) == normalize(text)


@given(ANY_TEXT)
def test_folded_text_is_words_and_single_spaces(text: str) -> None:
    """Folded text is made of letters, vowel signs and digits with one space between words and none around."""
    letters = normalize(text).replace(" ", "")
    assert all(letter.isalnum() or category(letter).startswith("M") for letter in letters)
    assert normalize(text) == " ".join(normalize(text).split())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Pakistan", "pakistan"),
        ("  South \t KOREA\n", "south korea"),
        ("Straße", "strasse"),
        ("Türkiye", "turkiye"),
        ("TÜRKİYE", "turkiye"),
        ("أذربيجان", "اذربيجان"),
        ("पेरू", "पेरू"),
        ("\u0958", "क"),
        ("\u0915\u093c", "क"),
        ("ガ", "カ\u3099"),
        ("ぱ", "は\u309a"),
        ("\u05e9\u05b8\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
        ("\u0643\u064e\u062a\u064e\u0628", "\u0643\u062a\u0628"),
        ("\u2764\ufe0f a", "a"),
        ("葛\U000e0100", "葛"),
        ("ไทย", "ไทย"),
        ("\u0131sparta", "isparta"),
        ("AZƏRBAYCAN", "azerbaycan"),
        ("Côte d’Ivoire", "cote d ivoire"),
        ("São Tomé & Príncipe", "sao tome principe"),
        ("Việt Nam", "viet nam"),
        ("Đà Nẵng", "da nang"),
        ("Łódź", "lodz"),
        ("Færøerne", "faeroerne"),
        ("Þingvellir", "thingvellir"),
        ("e\u0301", "e"),
        ("\ufb01ji", "fiji"),
        ("\uff11\uff19\uff19\uff12", "1992"),
        ("日本", "日本"),
        ("JF-17", "jf 17"),
        ("U.A.E.", "u a e"),
        ("–", ""),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    """Case, accents, letters that people type plain, and punctuation make no difference."""
    assert normalize(text) == folded


@pytest.mark.parametrize("text", ["JF-17", "jf17", "jf–17", "J.F.17", "JF-1-7"])
def test_squeeze(text: str) -> None:
    """A designation is one word, whatever punctuation parts it."""
    assert normalize_joined(text) == "jf17"


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("JF-17 Block-III", "jf17 blockiii"),
        ("  T–129\tATAK ", "t129 atak"),
        ("Bayraktar TB-2 «Çöl»", "bayraktar tb2 col"),
    ],
)
def test_squeeze_keeps_words_apart(text: str, squeezed: str) -> None:
    """Of several words each is squeezed by itself, in whatever letters."""
    assert normalize_joined(text) == squeezed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two JF-17s, and a T-129.", {"jf17s", "t129"}),
        ("plain words 17", set()),
        ("Çöl JF17", {"col"}),
        ("a-b c-d", {"ab", "cd"}),
        ("–", set()),
    ],
)
def test_designations(text: str, words: set[str]) -> None:
    """A designation has more than plain letters and digits in it."""
    assert extract_designations(text) == words


GLUED = [
    "\u0e01",
    "\u0eff",
    "\u1000",
    "\u11ff",
    "\u1780",
    "\u3005",
    "\u30ff",
    "冰",
    "\u9fff",
    "한",
    "\ud7af",
]
APART = [
    "a",
    "é",
    "\u0dff",
    "\u0f00",
    "\u0fff",
    "\u10a0",
    "\u1200",
    "\u3008",
    "\u31ff",
    "\ud7b0",
    "क",
    "\u0627",
]


@pytest.mark.parametrize("letter", [*GLUED, "\U00020000", "\U0003ffff"])
def test_glued(letter: str) -> None:
    """Letters of scripts without spaces, the first and last of each block too."""
    assert is_unspaced(letter)


@pytest.mark.parametrize("letter", [*APART, "\U0001ffff", "\U00040000"])
def test_not_glued(letter: str) -> None:
    """Letters of scripts with spaces, and those beside the blocks."""
    assert not is_unspaced(letter)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("JF-17: 冰岛", ["jf", "17", "冰", "岛"]),
        ("Iceland冰岛a", ["iceland", "冰", "岛", "a"]),
        ("Bak\u0131 şəhəri", ["baki", "seheri"]),
        ("", []),
    ],
)
def test_cut(text: str, words: list[str]) -> None:
    """Words are folded, and a letter of a script without spaces is a word."""
    assert search_tokens(text) == words


@pytest.mark.parametrize(
    ("text", "stored"),
    [("d/\udce9.toml", "d/\\udce9.toml"), ("Bakü 冰", "Bakü 冰"), ("a\x1bb", "a\x1bb")],
)
def test_storable(text: str, stored: str) -> None:
    """Only what UTF-8 cannot carry is spelt out."""
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
def test_json_value(json: str, value: str) -> None:
    """The text of the first key of that name is read, with all that is escaped in it."""
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
def test_json_safe(text: str, safe: str) -> None:
    """What a terminal may act on is escaped; lines, spaces and letters stay."""
    assert escape_json(text) == safe


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('{"a":"Bakü"}\n', '{"a":"Bak\\u00fc"}\n'),
        ('"\U0001f1e6"', '"\\ud83c\\udde6"'),
        ("plain", "plain"),
    ],
)
def test_json_ascii(text: str, written: str) -> None:
    """Letters beyond ASCII are escaped, and nothing else."""
    assert json_to_ascii(text) == written


@given(ANY_TEXT)
def test_printable_text_does_nothing_else_to_a_terminal(text: str) -> None:
    """What comes out is printable characters and spaces that merely look like one."""
    assert all(character.isprintable() or character in SAFE_SPACES for character in make_printable(text))


@given(st.text(st.characters(exclude_categories=("C", "Z"))))
def test_printable_text_stays_as_it_is(text: str) -> None:
    """Letters, marks, digits, punctuation and symbols are not touched, unless nothing is seen of them."""
    assert make_printable(text) == text or any(make_printable(character) != character for character in text)


@pytest.mark.parametrize(
    "character", [*CONTROLS, *BIDI], ids=lambda character: f"U+{ord(character):04X}"
)
def test_no_control_survives(character: str) -> None:
    """A control or bidirectional override is spelt out: neither kept nor silently dropped."""
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
    ],
)
def test_printable(text: str, shown: str) -> None:
    """What cannot be shown is spelt out where it stood, all else stays."""
    assert make_printable(text) == shown


@given(ANY_TEXT)
def test_json_strings_round_trip(text: str) -> None:
    """A JSON reader gets back what was written; two surrogates that make up a character are that character."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(json_string(text)) in (text, joined)


@given(ANY_TEXT)
def test_json_strings_are_utf8_on_one_line(text: str) -> None:
    """A JSON string can always be written as UTF-8 and never breaks a line."""
    written = json_string(text)
    assert written.encode().decode() == written
    assert not {"\n", "\r", "\0"} & set(written)


@pytest.mark.parametrize(
    ("text", "written"),
    [("Bakü", '"Bakü"'), ("\udc80\u0131", '"\\udc80\u0131"'), ('"\\', '"\\"\\\\"')],
)
def test_json_string(text: str, written: str) -> None:
    """Letters stand as they are, and only what UTF-8 cannot carry makes a string be escaped."""
    assert json_string(text) == written
