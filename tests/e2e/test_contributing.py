"""The page on contributing facts quotes them as they are; the form and the citation are valid."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bilatcli import __version__
from bilatcli.index.cache import bundled_packs
from support import ROOT

PAGE = (ROOT / "docs" / "contributing-facts.md").read_text("utf-8")
QUOTED_FACT = re.compile(r"^> (.+) `([a-z]{2}-[a-z]{2}/[a-z0-9-]+)`$", re.MULTILINE)
DISPUTES = (
    *("Karabakh", "Kashmir", "Cyprus", "Taiwan", "Crimea and Ukraine", "Israel and Palestine"),
    *("The Aegean", "The South China Sea"),
)


def read_facts() -> dict[str, str]:
    """Return the texts of the facts in the bundled packs by their ids."""
    packs = [tomllib.loads(Path(file).read_text("utf-8")) for file in bundled_packs()]
    relations = [relation for pack in packs for relation in pack.get("relation", ())]
    return {
        f"{relation['id']}/{fact['id']}": fact["text"]
        for relation in relations
        for fact in relation.get("fact", ())
    }


def test_quoted_facts_are_as_in_the_packs() -> None:
    """Each fact that the page quotes has these words in its pack."""
    quoted = {id: text for text, id in QUOTED_FACT.findall(PAGE)}
    assert len(quoted) == sum(line.startswith("> ") for line in PAGE.splitlines())
    facts = read_facts()
    assert {id: facts.get(id) for id in quoted} == quoted


def test_each_dispute_has_examples() -> None:
    """The page quotes two facts for each main dispute."""
    sections = dict(re.findall(r"^#### (.+)\n((?:(?!#).*\n)*)", PAGE, re.MULTILINE))
    assert tuple(sections) == DISPUTES
    assert {len(QUOTED_FACT.findall(text)) for text in sections.values()} == {2}


@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("CITATION.cff", "citation-file-format"),
        (".github/ISSUE_TEMPLATE/wrong-fact.yml", "github-issue-forms"),
    ],
)
def test_files_for_forges_are_valid(file: str, schema: str) -> None:
    """The citation file and the form of issues are valid by their published schemas."""
    command = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [command, "--builtin-schema", f"vendor.{schema}", ROOT / file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_citation_is_of_this_version() -> None:
    """CITATION.cff names the version of the program and its description."""
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"\nversion: {__version__}\n" in text
    assert f"\nabstract: {project['description']}." in text
