"""The names of the countries that a document mentions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bilatcli.index.store import Index
from support import Run
from view_support import Ask, build

QUESTIONS = [
    ("summary", "az pk", {}),
    ("summary", "armenia", {}),
    ("summary", "fiji tonga", {}),
    ("facts", "az pk", {"all": True}),
    ("facts", "pakistan", {"all": True}),
    ("timeline", "az tr pk", {}),
    ("diff", "az pk 2020 2026", {}),
    ("military", "armenia", {"all": True}),
    ("figures", "pakistan", {}),
    ("stances", "", {"matrix": True, "all": True}),
    ("stances", "kashmir", {}),
    ("issues", "", {}),
    ("events", "", {}),
    ("search", "karabakh", {"limit": 500}),
    ("latest", "", {"limit": 500}),
    ("cite", "az-pk/recognition-1991", {}),
    ("show", "islamabad-mou-2026 az-pk/jf17-order-2024", {}),
    ("resolve", "korea nato", {}),
    ("list", "", {}),
]
CODE_KEYS = frozenset(
    "actors toward partners holder favours against supplier recipient code holders from to"
    " members part_of".split()
)
RELATION_KEYS = frozenset(("relation", "relations"))


def list_codes(value: Any, key: str = "") -> Iterator[str]:
    """Yield each code of a country in a document, and those in the ids of relations."""
    if isinstance(value, dict):
        for each in value:
            if each not in ("sources", "between"):
                yield from list_codes(value[each], each)
    elif isinstance(value, list):
        for each in value:
            yield from list_codes(each, key)
    elif isinstance(value, str) and key in CODE_KEYS and len(value) == 2 and value.isupper():
        yield value
    elif isinstance(value, str) and key in RELATION_KEYS:
        yield from value.upper().split("-")


@pytest.mark.parametrize(("view", "words", "options"), QUESTIONS)
def test_all_codes_have_names(
    ask: Ask, index: Index, view: str, words: str, options: dict[str, object]
) -> None:
    """A document has the name of each country whose code it has."""
    document = ask(view, words, **options)
    known = index.country_names
    codes = set(list_codes({key: document[key] for key in document if key != "countries"}))
    assert codes
    names = document["countries"]
    assert codes.intersection(known) <= names.keys()
    assert names == {code: known[code] for code in sorted(names)}


def test_no_names_with_chosen_fields(index: Index) -> None:
    """A document with chosen fields has no names."""
    assert "countries" not in build(index, "facts", "az pk", fields="id").load()


@pytest.mark.parametrize("names", ["france\nnato\n", ""])
def test_names_from_standard_input(run: Run, names: str) -> None:
    """Names that are resolved from standard input have the names of their countries, too."""
    streamed = json.loads(run("resolve", "-", "--json", stdin=names).out)
    assert ("BE" in streamed["countries"]) is bool(names)
    assert list(streamed)[-1] == "countries"
