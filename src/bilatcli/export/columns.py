"""The columns of exported tables that are fields of facts, sources or relations.

They are generated from the types in `packs.models` and `views.schema_parts`, so that an export has
what the documents have.
"""

from __future__ import annotations

from bilatcli import vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = ("text", "integer", "number", "boolean", "day", "texts")
"""The kinds of values: `day` is a calendar day, `texts` a list. Only `texts` is never null."""


class Column:
    """A column of a table: its key, its meaning and the kind of its values.

    `refers` is the table and the column there that its values are keys of. `words` are all values
    that it may have, if it is limited to some. A column that `is_required` has no null.
    """

    __slots__ = ("is_required", "key", "kind", "meaning", "refers", "words")

    def __init__(
        self,
        key: str,
        meaning: str,
        kind: str = "text",
        *,
        refers: tuple[str, str] | None = None,
        words: Sequence[str] = (),
        is_required: bool = False,
    ) -> None:
        self.key = key
        self.meaning = meaning
        self.kind = kind
        self.refers = refers
        self.words = tuple(words)
        self.is_required = is_required or kind == "texts"


# --- Generated from here on by `make fields`.

FACT_COLUMNS = (
    Column("id", "id of the fact, such as az-pk/recognition-1991", is_required=True),
    Column("relation", "id of the pair", refers=("relations", "id"), is_required=True),
    Column("topic", "subject area", words=vocabulary.TOPICS, is_required=True),
    Column("headline", "true if a summary shows the fact", "boolean", is_required=True),
    Column("text", "the statement", is_required=True),
    Column("date", "when it happened or began, EDTF"),
    Column("until", "when it ended, EDTF"),
    Column("as_of", "date of a figure, or of the report of a plan, EDTF"),
    Column("event", "id that facts of several relations on one event share"),
    Column("status", "whether it holds today", words=vocabulary.STATUSES, is_required=True),
    Column("superseded_by", "id of the fact that replaced it", refers=("facts", "id")),
    Column(
        "verification",
        "how well it is verified",
        words=vocabulary.VERIFICATIONS,
        is_required=True,
    ),
    Column(
        "actors",
        "who acted or spoke, or supplies arms: codes of countries, names of others",
        "texts",
    ),
    Column(
        "toward",
        "whom it concerns, or who receives arms: codes of countries, names of others",
        "texts",
    ),
    Column("kind", "kind of military fact", words=vocabulary.KINDS),
    Column("system", "weapon or equipment"),
    Column("stage", "how far an order or agreement has come", words=vocabulary.STAGES),
    Column("quantity", "number of items", "integer"),
    Column("value_usd", "US dollars", "integer"),
    Column("partners", "codes of other countries that took part", "texts"),
    Column("chain", "the talks and orders that it is part of"),
    Column("issue", "what the stance is on"),
    Column("holder", "whose stance it is: code of a country, or a name"),
    Column("position", "what the holder wants"),
    Column("favours", "whom it favours: code of a country, or a name"),
    Column("against", "whom it opposes: code of a country, or a name"),
    Column("measure", "what the figure counts", words=vocabulary.MEASURES),
    Column("share", "percentage, of what the text names", "number"),
    Column("note", "what is uncertain, and why"),
    Column("sources", "ids of its sources", "texts"),
    Column("pack", "name of its pack", is_required=True),
    Column(
        "coverage",
        "whether an editor wrote it, or it was generated",
        words=vocabulary.COVERAGES,
        is_required=True,
    ),
    Column("first", "first day of `date`, or of `as_of`; null if open", "day"),
    Column("last", "last day of `until`, `date` or `as_of`; null if open", "day"),
    Column("supplier", "who supplies, in an arms transfer: code of a country, or a name"),
    Column("recipient", "who receives, in an arms transfer: code of a country, or a name"),
    Column("passages", "words of its sources that it rests on", "object", is_required=True),
    Column("checked", "day on which it was last held against its sources", "day"),
    Column("retracted", "why it was wrong from the start"),
)
"""The fields of a fact."""

SOURCE_COLUMNS = (
    Column("id", "id of the source in packs", is_required=True),
    Column(
        "type",
        "type of the source, as CSL has it",
        words=vocabulary.SOURCE_TYPES,
        is_required=True,
    ),
    Column(
        "title",
        "title; in [brackets] if it describes the page instead of quoting it",
        is_required=True,
    ),
    Column("authors", "`Family, Given`, or a single name", "texts"),
    Column("publisher", "periodical, site or publisher"),
    Column("issued", "date of publication, EDTF"),
    Column("url", "address on the web"),
    Column("lang", "language, BCP 47"),
    Column(
        "reliability",
        "what kind of source it is",
        words=vocabulary.RELIABILITIES,
        is_required=True,
    ),
    Column("accessed", "when it was read, EDTF"),
    Column("archive_url", "address of an archived copy"),
    Column("archived", "date of the archived copy, EDTF"),
    Column("origin", "id that sources share if they pass on one report"),
)
"""The fields of a source in a pack."""

RELATION_COLUMNS = (
    Column("id", "both codes in order, such as az-pk", is_required=True),
    Column("countries", "codes of both countries", "texts"),
    Column("established", "start of diplomatic relations, EDTF"),
    Column("established_sources", "ids of the sources of `established`", "texts"),
    Column("status", "the relation in a few words"),
    Column("status_sources", "ids of the sources of `status`", "texts"),
    Column("overview", "one paragraph on the relation"),
    Column("sources", "ids of the sources of `overview`", "texts"),
)
"""The fields of a relation in a pack."""

COUNT_COLUMNS = (
    Column("id", "both codes in order, such as az-pk", is_required=True),
    Column("name", "names of both countries", is_required=True),
    Column("status", "the relation in a few words"),
    Column("facts", "number of facts, superseded ones included", "integer", is_required=True),
    Column("outline", "number of generated facts among them", "integer", is_required=True),
    Column(
        "sources",
        "number of sources of the facts and the relation",
        "integer",
        is_required=True,
    ),
    Column("newest", "date of the newest fact that is not a plan, EDTF"),
    Column("verified", "percentage of facts that are `cited`", "number"),
    Column(
        "coverage",
        "`outline` if all its facts are generated",
        words=vocabulary.COVERAGES,
        is_required=True,
    ),
    Column("packs", "names of the packs that have it", "texts"),
)
"""The fields of a relation in a list."""
