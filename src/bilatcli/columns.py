"""The columns of facts, sources and relations: each declared once, with its key, its heading and what its values are.

The key is the one in a document and never changes; the heading is for people.
"""

from __future__ import annotations


class Column:
    """A key of a fact, source or relation; `kind` says how its values are shown and to which side they are set."""

    __slots__ = ("heading", "key", "kind")

    def __init__(self, key: str, heading: str, kind: str = "text") -> None:
        self.key = key
        self.heading = heading
        self.kind = kind


FACT = tuple(
    Column(*declared)
    for declared in (
        ("id", "Id", "id"),
        ("relation", "Relation", "id"),
        ("topic", "Topic"),
        ("headline", "Headline", "truth"),
        ("text", "Statement"),
        ("date", "Date", "date"),
        ("until", "Until", "date"),
        ("as_of", "As of", "date"),
        ("status", "Status", "word"),
        ("superseded_by", "Superseded by", "id"),
        ("verification", "Verification", "word"),
        ("actors", "Actors", "actors"),
        ("toward", "Toward", "actors"),
        ("kind", "Kind", "word"),
        ("system", "System"),
        ("stage", "Stage", "word"),
        ("quantity", "Quantity", "number"),
        ("value_usd", "Value", "money"),
        ("partners", "Partners", "actors"),
        ("chain", "Chain"),
        ("issue", "Issue", "word"),
        ("holder", "Holder", "actor"),
        ("position", "Position"),
        ("favours", "Favours", "actor"),
        ("against", "Against", "actor"),
        ("measure", "Measure"),
        ("note", "Note"),
        ("sources", "Sources", "ids"),
        ("pack", "Pack", "id"),
    )
)

SOURCE = tuple(
    Column(*declared)
    for declared in (
        ("id", "Id", "id"),
        ("type", "Type", "word"),
        ("title", "Title"),
        ("author", "Authors", "people"),
        ("container-title", "In"),
        ("publisher", "Publisher"),
        ("issued", "Issued", "csl-date"),
        ("accessed", "Accessed", "csl-date"),
        ("URL", "Address", "id"),
        ("language", "Language"),
        ("custom", "Reliability", "custom"),
    )
)

RELATION = tuple(
    Column(*declared)
    for declared in (
        ("id", "Id", "id"),
        ("name", "Relation"),
        ("countries", "Countries", "countries"),
        ("status", "Status"),
        ("facts", "Facts", "number"),
        ("sources", "Sources", "number"),
        ("newest", "Newest", "date"),
        ("topics", "Topics", "counts"),
        ("verification", "Verification", "counts"),
        ("coverage", "Coverage", "word"),
        ("packs", "Packs", "ids"),
    )
)

ROWS = {"facts": FACT, "sources": SOURCE, "relations": RELATION}
"""The columns of the rows of a document by the key that the rows stand under."""
