"""A pack made to use up memory or time is one short error at its place."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bilatcli.packs import text_file
from limits_support import MILLION, PACK_HEADER, run_limited

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as on Linux")

BOOK = '[[source]]\nid = "s"\ntype = "book"\ntitle = "T"\nreliability = "weak"\n'
INVALID_TOML = "this TOML cannot be read"
TOO_MANY_PROBLEMS = "the file has more than 10,000 problems"
TOO_MANY_VALUES = "the file has more than 1,000,000 values"


def repeat(pattern: str, count: int) -> str:
    """Return a pattern with each number below `count` in place of `#`."""
    return "".join(pattern.replace("#", str(number)) for number in range(count))


HUGE_PACKS: dict[str, tuple[Callable[[], str], str, str]] = {
    "open arrays": (lambda: "a = " + "[" * (MILLION - 10), "6:37", INVALID_TOML),
    "nested arrays": (lambda: "a = " + "[" * 10**5 + "]" * 10**5, "6:34", INVALID_TOML),
    "nested tables": (lambda: "a = " + "{a = " * 10**5, r"\d+:\d+", INVALID_TOML),
    "one dotted key": (
        lambda: ".".join("a" * 10**5) + " = 1",
        "6:1",
        "this may be a key of 100,000 parts",
    ),
    "one dotted header": (
        lambda: "[" + ".".join("a" * 10**5) + "]",
        "6:1",
        "this may be a key of 100,000 parts",
    ),
    "many keys": (lambda: "[x]\n" + repeat("k# = 1\n", MILLION - 10), "6:1", "unknown key `x`"),
    "many tables": (lambda: repeat("[t#]\n", 300_000), "", TOO_MANY_PROBLEMS),
    "many records": (lambda: "[[source]]\n" * 300_000, "", TOO_MANY_PROBLEMS),
    "many values": (lambda: "a = [" + "1," * 3 * MILLION + "]", "6:1999991", TOO_MANY_VALUES),
    "too many keys": (lambda: repeat("k# = 1\n", MILLION + 1), "1000001:10", TOO_MANY_VALUES),
    "too large": (
        lambda: "#" * text_file.MAX_BYTES,
        "6:67108794",
        "the file is larger than 64 MiB",
    ),
    "many dotted headers": (
        lambda: repeat(f"[k.b#{'.a' * 990}]\n", 95),
        "6:1",
        "unknown key `k`",
    ),
    "many dotted keys": (
        lambda: repeat(f"k#{'.a' * 990} = 1\n", 900),
        "6:1",
        "this may be a key of 991 parts",
    ),
    "many short dotted keys": (
        lambda: repeat(f"k#{'.a' * 9} = 1\n", 99_000),
        "",
        TOO_MANY_PROBLEMS,
    ),
    "a long text": (lambda: f'z = "{"a" * 10 * MILLION}"', "6:1", "unknown key `z`"),
    "a long key": (lambda: "a" * 10 * MILLION + " = 1", "6:1", "unknown key `aaa"),
    "a long address": (
        lambda: BOOK + f'url = "ftp://{"a" * 10 * MILLION}"',
        "11:7",
        "`url`: `ftp://aaa",
    ),
    "a long number": (lambda: "z = " + "9" * MILLION, "6:5", INVALID_TOML),
    "an open text": (
        lambda: 'a = """' + "x\n" * MILLION,
        "1000006:1",
        "a text is not closed",
    ),
    "many comments": (
        lambda: "a = [\n" + "#\n" * MILLION,
        "1000007:1",
        "this is not valid TOML",
    ),
}
"""What follows the header of a pack, and the place and start of its error."""

WITHOUT_HEADER = {"too many keys", "many short dotted keys"}
"""Packs that start with the keys above, so that they are keys of the file itself."""


SLOW = {"many keys", "many short dotted keys"}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in HUGE_PACKS],
)
def test_huge_pack(home: Path, tmp_path: Path, name: str) -> None:
    """A huge pack is one error of one line, within limits of memory."""
    make, place, message = HUGE_PACKS[name]
    pack = tmp_path / "pack.toml"
    text = make()
    pack.write_text(text + PACK_HEADER if name in WITHOUT_HEADER else PACK_HEADER + text, "utf-8")
    result = run_limited("check", str(pack), home=home)
    assert result.code in (1, 2)
    start = f":{place}: error BL001: " if place else ": error BL001: "
    assert re.match(re.escape(str(pack)) + start + re.escape(message), result.out)
    assert result.out.count("\n") == 1
    assert len(result.out) < 5_000
    assert result.err == "bilatcli: 1 pack checked: 1 error\n"


def test_short_memory(home: Path, tmp_path: Path) -> None:
    """If memory is used up, one line reports it, and JSON is a document."""
    pack = tmp_path / "pack.toml"
    pack.write_text(PACK_HEADER + f'z = "{"a" * 60 * MILLION}"', "utf-8")
    message = "bilatcli: out of memory; ask for less at a time, or split the input\n"
    for format, start in (("tsv", ""), ("json", '{"schema":"bilatcli/error@1"')):
        argv = ["facts", "az", "--data", str(pack), "--format", format]
        result = run_limited(*argv, home=home, memory_bytes=150 << 20)
        assert (result.code, result.out[:28], result.err) == (2, start, message)
