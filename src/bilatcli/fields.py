"""The fields of rows in documents, for tables and `--fields`: facts, sources, relations and others.

They are generated from the types in `packs.models` and `views.schema_parts`, so that lookups need
not import pydantic.
"""

from __future__ import annotations


class Field:
    """A key of a row: its heading for people, and how its values are shown (`kind`).

    `topics` are the topics whose facts have the key, if not all facts have it: `military`,
    `stance`, or `figure` for those that may have a figure.
    """

    __slots__ = ("heading", "key", "kind", "topics")

    def __init__(self, key: str, heading: str, kind: str, *topics: str) -> None:
        self.key = key
        self.heading = heading
        self.kind = kind
        self.topics = topics


# --- Generated from here on by `make fields`.

FACT_FIELDS = (
    Field("id", "Id", "id"),
    Field("relation", "Relation", "id"),
    Field("topic", "Topic", "text"),
    Field("headline", "Headline", "boolean"),
    Field("text", "Statement", "text"),
    Field("date", "Date", "date"),
    Field("until", "Until", "date"),
    Field("as_of", "As of", "date"),
    Field("event", "Event", "id"),
    Field("status", "Status", "word"),
    Field("superseded_by", "Superseded by", "id"),
    Field("verification", "Verification", "word"),
    Field("actors", "Actors", "actors"),
    Field("toward", "Toward", "actors"),
    Field("kind", "Kind", "word", "military"),
    Field("system", "System", "text", "military"),
    Field("stage", "Stage", "word", "military"),
    Field("quantity", "Quantity", "number", "military"),
    Field("value_usd", "Value", "money", "military", "figure"),
    Field("partners", "Partners", "actors", "military"),
    Field("chain", "Chain", "text", "military"),
    Field("issue", "Issue", "word", "stance"),
    Field("holder", "Holder", "actor", "stance"),
    Field("position", "Position", "text", "stance"),
    Field("favours", "Favours", "actor", "stance"),
    Field("against", "Against", "actor", "stance"),
    Field("measure", "Measure", "text", "figure"),
    Field("share", "Share", "share", "figure"),
    Field("note", "Note", "text"),
    Field("sources", "Sources", "ids"),
    Field("pack", "Pack", "id"),
    Field("coverage", "Coverage", "word"),
    Field("first", "First day", "day"),
    Field("last", "Last day", "day"),
    Field("supplier", "Supplier", "actor", "military"),
    Field("recipient", "Recipient", "actor", "military"),
    Field("passages", "Passages", "passages"),
    Field("checked", "Checked", "day"),
    Field("retracted", "Retracted", "text"),
)
"""The fields of a fact."""

SOURCE_FIELDS = (
    Field("id", "Id", "id"),
    Field("type", "Type", "word"),
    Field("title", "Title", "text"),
    Field("author", "Authors", "people"),
    Field("container-title", "In", "text"),
    Field("publisher", "Publisher", "text"),
    Field("issued", "Issued", "csl-date"),
    Field("accessed", "Accessed", "csl-date"),
    Field("URL", "Address", "address"),
    Field("archive_location", "Archived copy", "address"),
    Field("language", "Language", "text"),
    Field("custom", "Reliability", "custom"),
)
"""The fields of a source, a CSL-JSON item."""

RELATION_FIELDS = (
    Field("id", "Id", "id"),
    Field("name", "Relation", "text"),
    Field("countries", "Countries", "countries"),
    Field("status", "Status", "text"),
    Field("facts", "Facts", "number"),
    Field("outline", "Outline", "number"),
    Field("sources", "Sources", "number"),
    Field("newest", "Newest", "date"),
    Field("topics", "Topics", "counts"),
    Field("verification", "Verification", "counts"),
    Field("verified", "Verified", "share"),
    Field("coverage", "Coverage", "word"),
    Field("packs", "Packs", "ids"),
)
"""The fields of a relation in a list."""

NAME_FIELDS = (
    Field("input", "Name", "text"),
    Field("code", "Code", "word"),
    Field("name", "Country", "text"),
    Field("match", "Match", "word"),
    Field("score", "Score", "number"),
    Field("runner_up", "Runner-up", "runner-up"),
    Field("candidates", "Candidates", "countries"),
    Field("kind", "Kind", "word"),
    Field("subject", "Subject", "id"),
    Field("members", "Members", "word"),
    Field("part_of", "Part of", "word"),
)
"""The fields of a resolved name."""

CELL_FIELDS = (
    Field("holder", "Holder", "actor"),
    Field("issue", "Issue", "word"),
    Field("favours", "Favours", "actors"),
    Field("against", "Against", "actors"),
    Field("facts", "Facts", "ids"),
)
"""The fields of a cell in the matrix of stances."""

ISSUE_FIELDS = (
    Field("id", "Issue", "id"),
    Field("facts", "Facts", "number"),
    Field("stances", "Current", "number"),
    Field("holders", "Holders", "actors"),
    Field("relations", "Relations", "ids"),
    Field("newest", "Newest", "date"),
)
"""The fields of an issue in a list."""

EVENT_FIELDS = (
    Field("id", "Event", "id"),
    Field("facts", "Facts", "number"),
    Field("relations", "Relations", "ids"),
    Field("first", "First", "date"),
    Field("newest", "Newest", "date"),
)
"""The fields of an event in a list."""

CHANGE_FIELDS = (
    Field("change", "Change", "word"),
    Field("was", "Was", "word"),
)
"""The fields that a comparison adds to each fact."""

FIELDS = {
    "facts": FACT_FIELDS,
    "sources": SOURCE_FIELDS,
    "relations": RELATION_FIELDS,
    "names": NAME_FIELDS,
    "cells": CELL_FIELDS,
    "issues": ISSUE_FIELDS,
    "events": EVENT_FIELDS,
}
"""The fields of rows, by the key that the rows have in a document."""
