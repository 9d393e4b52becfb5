"""`import`: the encodings of files, and references that are much alike."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from support import Run


@pytest.fixture
def pack(run: Run, tmp_path: Path) -> Path:
    """Return a new pack on Fiji and Peru."""
    file = tmp_path / "fj-pe.toml"
    assert run("new", "fiji", "peru", "-o", str(file)).code == 0
    return file


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.bib", "@book{a, title={Şəki}}".encode("utf-16")),
        ("a.bib", "@book{a, title={Şəki}}".encode("utf-16-be")),
        ("a.ris", "TY  - BOOK\nID  - a\nTI  - Şəki\nER  - \n".encode("utf-16-le")),
        ("a.json", '[{"id": "a", "type": "book", "title": "Şəki"}]'.encode("utf-16")),
        ("a.bib", "% Encoding: ISO8859_9\n@book{a, title={Şeki}}".encode("iso8859-9")),
        ("a.bib", "% -*- coding: windows-1254 -*-\n@book{a, title={Şeki}}".encode("cp1254")),
    ],
)
def test_encodings(run: Run, pack: Path, tmp_path: Path, name: str, content: bytes) -> None:
    """A file in UTF-16, or one that names its encoding, is read in this encoding."""
    file = tmp_path / name
    file.write_bytes(content)
    result = run("import", str(file), str(pack), "--reliability", "weak")
    assert (result.code, result.out) == (0, "a\n")
    title = tomllib.loads(pack.read_text("utf-8"))["source"][0]["title"]
    assert title in ("Şəki", "Şeki")


def test_a_wrong_encoding(run: Run, pack: Path, tmp_path: Path) -> None:
    """A file that is not in the encoding it names is an error in one line."""
    file = tmp_path / "a.bib"
    file.write_bytes("% Encoding: ascii\n@book{a, title={Şeki}}".encode())
    result = run("import", str(file), str(pack), "--reliability", "weak")
    assert result.code == 2
    assert "a.bib: this is not ascii: save the file as UTF-8" in result.err


SAME_TITLE = """
@incollection{one, title={Introduction}, author={Bo, Ann}, booktitle={First}, year=2001, %s}
@incollection{two, title={Introduction}, author={Cy, Dan}, booktitle={First}, year=2001, %s}
@incollection{three, title={Introduction}, author={Bo, Ann}, booktitle={Second}, year=2001, %s}
@incollection{four, title={Introduction}, author={Bo, Ann}, booktitle={First}, year=2002, %s}
@incollection{same, title={Introduction}, author={Bo, A.}, booktitle={First}, year=2001, %s}
"""


@pytest.mark.parametrize("address", ["url={https://example.org/book}", "doi={10.1000/B}", ""])
def test_same_title(run: Run, pack: Path, tmp_path: Path, address: str) -> None:
    """A source with another author, container or date is not the one with the same title."""
    file = tmp_path / "a.bib"
    file.write_text(SAME_TITLE.replace("%s", address))
    argv = ("import", str(file), str(pack), "--reliability", "weak")
    result = run(*argv)
    assert result.out == "one\ntwo\nthree\nfour\n"
    assert "skipped `same`: already in the pack as `one`" in result.err
    again = run(*argv)
    assert (again.out, again.err.count("already in the pack")) == ("", 5)


def test_same_values_in_another_volume(run: Run, pack: Path, tmp_path: Path) -> None:
    """Two works that differ only in what a pack does not store are two sources, and stay two."""
    file = tmp_path / "a.bib"
    entry = "@article{%s, title={Calendar}, journal={J}, year=2001, volume=14, number=%s}"
    file.write_text("\n".join(entry % each for each in [("a", 1), ("b", 2), ("c", 1)]))
    argv = ("import", str(file), str(pack), "--reliability", "weak")
    first = run(*argv)
    assert first.out == "a\nb\n"
    assert "skipped `c`: already in the pack as `a`" in first.err
    again = run(*argv)
    assert again.out == ""
    assert "skipped `b`: already in the pack\n" in again.err
