"""`cite --edition`: the packs themselves as sources, with their dates and digests."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

import bilatcli
from own_packs import write_pack
from support import ROOT, Run, read_column

TITLE = "Azerbaijan–Pakistan relations"


def cite(run: Run, *argv: str) -> list[dict[str, str]]:
    """Return the sources of an answer as JSON has them."""
    sources: list[dict[str, str]] = json.loads(run("cite", *argv, "--edition", "--json").out)[
        "sources"
    ]
    return sources


def test_packs_of_an_answer(run: Run) -> None:
    """The packs are those of the facts, of facts or sources by their ids, or all."""
    (by_id,) = cite(run, "az-pk/recognition-1991")
    assert by_id["title"] == TITLE
    assert by_id in cite(run, "az", "pk")
    assert cite(run, "azernews-200281") == [by_id]
    assert [each["title"] for each in cite(run, "az", "pk", "jf-17")] == [TITLE]
    version = json.loads(run("--version", "--json").out)
    assert [each["title"] for each in cite(run)] == [pack["title"] for pack in version["packs"]]


def test_record(run: Run) -> None:
    """A pack is a data set whose version is its date; its note has licence and digest."""
    (source,) = cite(run, "az-pk/recognition-1991")
    content = (ROOT / "data" / "relations.toml").read_bytes()
    assert source["note"] == f"licence CC0-1.0; SHA-256 {sha256(content).hexdigest()}"
    assert (source["type"], source["publisher"]) == ("dataset", "bilatcli")
    assert source["version"] in content.decode()


def test_own_pack(run: Run, tmp_path: Path) -> None:
    """A pack of one's own is not published by the program."""
    own = write_pack(tmp_path / "own.toml", pair="is-mn")
    (source,) = cite(run, "is-mn/visit", "--data", own)
    assert source["title"] == "A pack called own"
    assert "publisher" not in source


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("bibtex", "note = {licence CC0-1.0; SHA-256 "),
        ("biblatex", "version = "),
        ("ris", "\nET  - 2026-"),
        ("csl-json", '"version":"2026-'),
    ],
)
def test_exchange_styles(run: Run, style: str, text: str) -> None:
    """Every format of reference managers has title, version and digest."""
    out = run("cite", "az-pk/recognition-1991", "--edition", "--style", style).out
    assert text in out.replace('note = "', "note = {")
    assert TITLE in out
    assert "SHA-256" in out


@pytest.mark.usefixtures("installed_styles")
def test_published_style(run: Run) -> None:
    """A CSL style prints the version as one version."""
    out = run("cite", "az-pk/recognition-1991", "--edition", "--style", "apa").out
    assert out.startswith(f"{TITLE} (Version 2026")


def test_keys_of_sources_stay(run: Run) -> None:
    """The citation keys of packs differ from those of all sources."""
    out = run("cite", "--edition", "--style", "csl-json").out
    keys = [item["id"] for item in json.loads(out)]
    sources = json.loads(run("cite", "az", "pk", "--style", "csl-json").out)
    assert len(set(keys)) == len(keys)
    assert {item["id"] for item in sources}.isdisjoint(keys)


def test_nothing_found(run: Run) -> None:
    """Without facts there are no packs to cite."""
    result = run("cite", "az", "pk", "--since", "2099", "--edition")
    assert (result.code, read_column(result, "id")) == (1, [])


def test_python() -> None:
    """Python has the same option."""
    with bilatcli.open() as corpus:
        (source,) = corpus.cite("az-pk/recognition-1991", edition=True)["sources"]
    assert source["title"] == TITLE
