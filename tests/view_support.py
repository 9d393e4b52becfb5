"""Helpers of the tests of views: ask an index in process, and write a pack of own facts."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from functools import cache as remember
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from bilatcli.environment import Environment
from bilatcli.index.store import Index, open_index
from bilatcli.normalization import normalize
from bilatcli.query.request import Request
from bilatcli.views import VIEWS
from bilatcli.views import run as run_view
from bilatcli.views.document import Document
from support import DATA, ROOT

SMALL = DATA / "small.toml"

PACK = """\
[pack]
name = "own"
title = "Invented statements"
licence = "CC0-1.0"
updated = 2026-11-23

[[relation]]
id = "cl-nu"
countries = ["CL", "NU"]
"""

FACT = """
[[relation.fact]]
id = "{id}"
topic = "politics"
text = "An invented statement."
status = "{status}"
actors = ["CL"]
sources = []
verification = "citation-needed"
{more}
"""

VIEWS_OF_FACTS = ("summary", "facts", "timeline", "military", "figures", "stances", "diff")
"""The views whose facts are on countries that the words name."""

Fact = dict[str, Any]
"""A fact of a document."""

Ask = Callable[..., Any]
"""`ask(view, words, **options)` returns the document as plain data."""


@remember
def load_validator(view: str) -> Draft202012Validator:
    """Return the validator of the published schema of a view's documents."""
    return Draft202012Validator(json.loads((ROOT / "schema" / f"{view}.json").read_text("utf-8")))


def build(index: Index, view: str, words: str = "", **options: object) -> Document:
    """Return the document of a view."""
    return run_view(VIEWS[view], Request(view, words.split(), **options), index)


def make_ask(index: Index) -> Ask:
    """Return a function that asks an index, and checks each document by its schema."""

    def ask(view: str, words: str = "", **options: object) -> Any:
        document = build(index, view, words, **options)
        loaded = document.load()
        if "fields" not in options:
            validator = load_validator(view)
            assert [error.message for error in validator.iter_errors(loaded)] == []
            assert {*loaded, "receipt"} == set(validator.schema["properties"])
        return loaded

    return ask


def words_of(view: str) -> str:
    """Return a question that a view answers with many facts."""
    return "az pk 2010 2026" if view == "diff" else "az pk"


def list_ids(facts: list[Fact]) -> list[str]:
    """Return the ids of facts, sorted."""
    return sorted(fact["id"] for fact in facts)


def is_mention(fact: Fact, code: str, name: str) -> bool:
    """Return True if a country is a party of a fact, or its statement names it."""
    parties = fact["relation"].upper().split("-")
    parties += [fact.get(key) for key in ("holder", "favours", "against")]
    parties += [each for key in ("actors", "toward", "partners") for each in fact.get(key) or ()]
    return code in parties or f" {normalize(name)} " in f" {normalize(fact['text'])} "


def write_own_pack(path: Path, facts: list[tuple[str, str, str]]) -> Path:
    """Write a pack of facts on Chile and Niue, and return its path."""
    records = [FACT.format(id=id, status=status, more=more) for id, status, more in facts]
    path.write_text(PACK + "".join(records), "utf-8")
    return path


def open_own(cache: Path, pack: Path) -> closing[Index]:
    """Open the index of a pack and the bundled ones."""
    environ = {"HOME": str(cache / "no home"), "XDG_CACHE_HOME": str(cache)}
    return closing(open_index(Environment(environ=environ, platform="linux"), [str(pack)]))
