"""Retracted facts: left out of every answer that does not ask for them."""

from __future__ import annotations

import json

import pytest

from support import Run

WHY = "The source spoke of ponies."
DETAILS = 'kind = "arms-transfer"\nsystem = "Yak-1"\nstage = "ordered"'
FACTS = [
    ("right", "current", ""),
    ("wrong", "current", f'retracted = "{WHY}"'),
]


def list_slugs(out: str) -> list[str]:
    """Return the ends of the ids of the own facts in a document."""
    ids = [fact["id"] for fact in json.loads(out)["facts"]]
    return [id.partition("/")[2] for id in ids if id.endswith(("/right", "/wrong"))]


@pytest.mark.parametrize(
    "words",
    [
        ["facts", "cl", "nu"],
        ["facts", "cl", "nu", "--status", "current"],
        ["facts", "cl", "nu", "--as-of", "2026-11-01"],
        ["search", "chile", "niue"],
        ["search", "chile", "niue", "--status", "current"],
    ],
)
def test_hidden(own: Run, words: list[str]) -> None:
    """A retracted fact is left out, with any status and day, unless all facts are asked for."""
    assert "wrong" not in list_slugs(own(*words, "--json", facts=FACTS).out)
    assert "wrong" in list_slugs(own(*words, "--all", "--json", facts=FACTS).out)


def test_reason(own: Run) -> None:
    """Where a retracted fact is shown, so is the reason; its status stays."""
    table = own("facts", "cl", "nu", "--all", "--format", "table", facts=FACTS).out
    assert f"retracted ({WHY})" in " ".join(table.split())
    (fact,) = json.loads(own("show", "cl-nu/wrong", "--json", facts=FACTS).out)["facts"]
    assert (fact["status"], fact["retracted"], fact["passages"]) == ("current", WHY, [])
    assert WHY in own("show", "cl-nu/wrong", "--format", "table", facts=FACTS).out


def test_only_a_retracted_fact(own: Run) -> None:
    """If the only fact is retracted, the answer says so and how to see it."""
    result = own("facts", "cl", "nu", "wrong", "--json", facts=FACTS)
    assert result.code == 1
    assert "1 fact is retracted: add `--all`" in result.err
