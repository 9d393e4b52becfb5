"""Numbers, dates, keys and bytes that cannot be in a pack are errors at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilatcli.error_details import PackError
from bilatcli.packs import integrity, loader

HEADER = '[pack]\nname = "x"\ntitle = "X"\nlicence = "CC0-1.0"\nupdated = 2026-11-23\n'
BOOK = '[[source]]\nid = "s"\ntype = "book"\ntitle = "T"\nreliability = "weak"\n'


@pytest.mark.parametrize(
    ("toml", "start"),
    [
        (HEADER + BOOK + "issued = 2001", ":11:10: `issued` must be text, not a whole number"),
        (HEADER + BOOK + "authors = nan", ":11:11: `authors` must be a list, not a number"),
        (HEADER + BOOK + "title = inf", ":11:12: this key is already set"),
        (HEADER.replace("2026-11-23", "2026-02-30"), ":5:11: this is not a real date"),
        (HEADER.replace("2026-11-23", "0000-01-01"), ":5:11: this is not a real date"),
        (HEADER.replace("2026-11-23", "10000-01-01"), ":5:16: this is not valid TOML"),
        (HEADER + 'title = "again"', ":6:16: this key is already set"),
        (HEADER + "[pack]", ":6:6: this is not valid TOML (cannot declare"),
        (HEADER + 'a = "\0"', ":6:6: this is not valid TOML (illegal character"),
        (HEADER + "\ufeff", ":6:1: this is not valid TOML (invalid statement)"),
        (HEADER.replace('"X"', '"\\ud800"'), ":3:"),
    ],
)
def test_impossible_values(tmp_path: Path, toml: str, start: str) -> None:
    """A value that cannot be is an error with line and column."""
    pack = tmp_path / "pack.toml"
    pack.write_text(toml, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        loader.load_pack(pack)
    assert caught.value.lines()[0].startswith(f"{pack}{start}")


@pytest.mark.parametrize("byte", [0x80, 0xBF, 0xC0, 0xC3, 0xE2, 0xED, 0xF0, 0xF5, 0xFE, 0xFF])
def test_bytes_that_are_not_utf8(tmp_path: Path, byte: int) -> None:
    """The first byte that is not UTF-8 is an error at its place, columns in characters."""
    pack = tmp_path / "pack.toml"
    text = b"\xef\xbb\xbf" + HEADER.encode() + "# \u00fc ".encode()
    pack.write_bytes(text + bytes([byte]) + b" \x28")
    with pytest.raises(PackError) as caught:
        loader.load_pack(pack)
    assert caught.value.lines()[0] == f"{pack}:6:5: this is not UTF-8: save the file as UTF-8"


@pytest.mark.parametrize("is_one", [True, False], ids=["one circle", "many circles"])
def test_large_circles(*, is_one: bool) -> None:
    """A hundred thousand facts that supersede each other are found; messages stay short.

    With a quadratic search this test would not end.
    """
    count = 100_000
    after = [(i + 1) % count if is_one else i ^ 1 for i in range(count)]
    facts = [{"id": f"f{i}", "superseded_by": f"f{next}"} for i, next in enumerate(after)]
    found = list(integrity.find_problems({"relation": [{"id": "is-mn", "fact": facts}]}))
    assert len(found) == (1 if is_one else count // 2)
    assert all(len(problem.what) < 500 for problem in found)
