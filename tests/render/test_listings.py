"""Lists of names and relations."""

from __future__ import annotations

from typing import Any

from bilatcli.fields import NAME_FIELDS, RELATION_FIELDS
from bilatcli.render.listings import render_names, render_relations
from bilatcli.render.settings import Settings
from bilatcli.render.terminal import render_lines

FIELDS = [field for field in RELATION_FIELDS if field.key in ("id", "name", "facts", "status")]


def make_relation(id: str, **more: object) -> dict[str, Any]:
    """Return a relation of a list."""
    relation = {"id": id, "name": f"Relation {id}", "facts": 1, "status": None}
    return {**relation, "coverage": "outline", "topics": {}, **more}


def list_relations(relations: list[dict[str, Any]], **options: Any) -> list[str]:
    """Return the lines of a list of relations."""
    settings = Settings(width=60, **options)
    lines = render_relations({"relations": relations}, FIELDS, settings)
    return render_lines(lines, width=60, has_colour=False).splitlines()


def test_curated_relations_come_first() -> None:
    """Curated relations come first, and a column without values does not exist."""
    lines = list_relations(
        [make_relation("fj-is"), make_relation("is-mn", coverage="curated", facts=1200)]
    )
    assert lines == [
        "Id     Relation        Facts",
        "────────────────────────────",
        "is-mn  Relation is-mn  1,200",
        "fj-is  Relation fj-is      1",
        "",
        "2 relations, 1 curated · one of them: bilatcli summary ID",
    ]


def test_a_screen_has_as_many_relations_as_fit() -> None:
    """A list on a screen fits it, unless a number or all are asked for."""
    relations = [make_relation(f"r{number}") for number in range(100)]
    lines = list_relations(relations, height=24)
    assert len(lines) <= 23
    assert " ".join(lines[-2:]) == "18 of 100 relations, 0 curated more: --limit N or --all-rows"
    assert len(list_relations(relations, height=24, has_all_rows=True)) == 104
    assert len(list_relations(relations, height=24, limit=50)) == 55
    assert len(list_relations(relations)) == 104


def test_ambiguous_name() -> None:
    """Each candidate of an ambiguous name has the command that chooses it."""
    name = dict.fromkeys(("code", "name", "match", "score", "runner_up"))
    candidates = [{"code": "CD", "name": "DR Congo"}, {"code": "CG", "name": "Congo"}]
    loaded = {"names": [{**name, "input": "congo", "candidates": candidates}]}
    lines = render_names(loaded, NAME_FIELDS[:2], Settings(width=60))
    assert render_lines(lines, width=60, has_colour=False).splitlines() == [
        "Name   Code",
        "───────────",
        "congo",
        "congo: DR Congo  bilatcli resolve cd",
        "congo: Congo  bilatcli resolve cg",
    ]
