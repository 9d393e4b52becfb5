"""Citation keys."""

from __future__ import annotations

from typing import Any

from bilatcli.citations.keys import make_citation_keys


def make_items(*ids: str, **fields: Any) -> list[dict[str, Any]]:
    """Return items with these ids that are alike in all other fields."""
    return [{"id": id, "title": "T", **fields} for id in ids]


def test_letters_tell_keys_apart() -> None:
    """Sources with the same outlet and year get a letter, in the order of their ids."""
    fields = {"issued": {"date-parts": [[2022, 1]]}, "container-title": "The AzərNews (Baku)"}
    items = make_items("c", "a", "b", **fields)
    keys = {"a": "azernews2022", "b": "azernews2022a", "c": "azernews2022b"}
    assert make_citation_keys(items) == keys
    assert make_citation_keys(reversed(items)) == keys


def test_many_keys() -> None:
    """After z comes aa."""
    keys = make_citation_keys(make_items(*(f"{number:03}" for number in range(800))))
    assert len(set(keys.values())) == 800
    assert (keys["026"], keys["027"]) == ("tndz", "tndaa")


def test_keys_from_ids() -> None:
    """A source without a name in Latin letters has its id as the name."""
    fields = {"title": "冰岛", "author": [{"family": "测试", "given": "作者"}]}
    assert make_citation_keys(make_items("yearbook-2010", **fields)) == {
        "yearbook-2010": "yearbooknd"
    }
