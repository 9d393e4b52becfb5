"""The columns of whatever has rows: each declared once, with its key, its heading and what its values are.

The key is the one in a document and never changes; the heading is for people.
"""

from __future__ import annotations


class Column:
    """A key of a row; `kind` says how its values are shown and to which side they are set.

    `topics` are those whose facts have the key, where not all have it: a topic, or `figure` for those with figures.
    """

    __slots__ = ("heading", "key", "kind", "topics")

    def __init__(self, key: str, heading: str, kind: str = "text", topics: str = "") -> None:
        self.key = key
        self.heading = heading
        self.kind = kind
        self.topics = topics.split()


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
        ("event", "Event", "id"),
        ("status", "Status", "word"),
        ("superseded_by", "Superseded by", "id"),
        ("verification", "Verification", "word"),
        ("actors", "Actors", "actors"),
        ("toward", "Toward", "actors"),
        ("kind", "Kind", "word", "military"),
        ("system", "System", "text", "military"),
        ("stage", "Stage", "word", "military"),
        ("quantity", "Quantity", "number", "military"),
        ("value_usd", "Value", "money", "military figure"),
        ("partners", "Partners", "actors", "military"),
        ("chain", "Chain", "text", "military"),
        ("issue", "Issue", "word", "stance"),
        ("holder", "Holder", "actor", "stance"),
        ("position", "Position", "text", "stance"),
        ("favours", "Favours", "actor", "stance"),
        ("against", "Against", "actor", "stance"),
        ("measure", "Measure", "text", "figure"),
        ("share", "Share", "share", "figure"),
        ("note", "Note"),
        ("sources", "Sources", "ids"),
        ("pack", "Pack", "id"),
        ("coverage", "Coverage", "word"),
    )
)

CHANGE = Column("change", "Change", "word"), Column("was", "Was", "word")
"""What is told of each fact beside it in a document that tells of changes."""

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
        ("URL", "Address", "address"),
        ("archive_location", "Archived copy", "address"),
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
        ("outline", "Outline", "number"),
        ("sources", "Sources", "number"),
        ("newest", "Newest", "date"),
        ("topics", "Topics", "counts"),
        ("verification", "Verification", "counts"),
        ("verified", "Verified", "share"),
        ("coverage", "Coverage", "word"),
        ("packs", "Packs", "ids"),
    )
)

NAME = tuple(
    Column(*declared)
    for declared in (
        ("input", "Name"),
        ("code", "Code", "word"),
        ("name", "Country"),
        ("match", "Match", "word"),
        ("score", "Score", "number"),
        ("runner_up", "Runner-up", "runner-up"),
        ("candidates", "Candidates", "countries"),
    )
)

CELL = tuple(
    Column(*declared)
    for declared in (
        ("holder", "Holder", "actor"),
        ("issue", "Issue", "word"),
        ("favours", "Favours", "actors"),
        ("against", "Against", "actors"),
        ("facts", "Facts", "ids"),
    )
)

ROWS = {"facts": FACT, "sources": SOURCE, "relations": RELATION, "names": NAME, "cells": CELL}
"""The columns of the rows of a document by the key that the rows stand under."""
