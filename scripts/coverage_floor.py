"""What docs/coverage.md says on the floor of curated relations: what readers ask first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilatcli.packs.lint.evidence import MAX_TRADE_AGE_YEARS, list_missing
from bilatcli.packs.models import Gaps, Pack, Relation
from coverage_text import prose, table

FACTS, GAP, NOTHING = "yes", "gap", "–"


def list_floor(packs: Sequence[Pack]) -> Iterator[str]:
    """Yield the section on what each curated relation has of the floor, and on its gaps."""
    since = {
        relation.id: pack.pack.updated.year - MAX_TRADE_AGE_YEARS
        for pack in packs
        for relation in pack.relation
    }
    relations = sorted(
        (relation for pack in packs for relation in pack.relation), key=lambda each: each.id
    )
    keys = list(Gaps.model_fields)
    whole = sum(not list_missing(each, since[each.id]) for each in relations)
    yield "## The floor"
    yield ""
    yield from prose(
        "What readers ask first of each curated relation: the start of diplomatic relations, "
        "embassies both ways, a status with its sources, the main agreement, a figure of trade of "
        f"at most {MAX_TRADE_AGE_YEARS} years ago, both parties on each main dispute, and the "
        "latest high-level contact. A gap is what was looked for and not found; in `transfers` it "
        f"is on who supplies whom. {whole} of {len(relations)} relations have or explain all of "
        f"it; `{NOTHING}` was not looked for yet. `bilatcli check` (BL228) holds packs "
        "to it."
    )
    yield ""
    rows = [[f"`{each.id}`", *describe(each, since[each.id])] for each in relations]
    yield from table(["relation", *keys], rows, words=len(keys) + 1)
    yield "Gaps:"
    yield ""
    for each in relations:
        found = [(key, text) for key in keys if (text := getattr(each.gaps, key))]
        for key, text in found:
            yield from prose(f"- `{each.id}`, {key}: {text}")
    yield ""


def describe(relation: Relation, since: int) -> Iterator[str]:
    """Yield for each part of the floor if the relation has it, has a gap in it, or neither."""
    missing = list_missing(relation, since)
    for key in Gaps.model_fields:
        if key in missing:
            yield NOTHING
        else:
            yield GAP if getattr(relation.gaps, key) else FACTS
