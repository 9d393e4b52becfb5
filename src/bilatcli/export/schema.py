"""The five tables of an export, each declared once: columns with type and meaning, and the keys that join them.

Names and values are those of the documents, so that a question asked of a table has the answer of the tool.
"""

from __future__ import annotations

from bilatcli import vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = ("text", "integer", "number", "boolean", "day", "texts")
"""What values are: `day` is a calendar day, `texts` a list of texts; what is not known is null in all but `texts`."""


class Field:
    """A column: `refers` is the table and column that its values are keys of, `words` are all that it may hold."""

    __slots__ = ("key", "kind", "meaning", "refers", "required", "words")

    def __init__(
        self,
        key: str,
        meaning: str,
        kind: str = "text",
        *,
        required: bool = False,
        refers: tuple[str, str] | None = None,
        words: Sequence[str] = (),
    ) -> None:
        self.key = key
        self.meaning = meaning
        self.kind = kind
        self.required = required or kind == "texts"
        self.refers = refers
        self.words = tuple(words)


class Table:
    """A table: what a row is, the columns that no two rows have the same values in, and all columns in order."""

    __slots__ = ("fields", "key", "meaning", "name")

    def __init__(
        self, name: str, meaning: str, key: tuple[str, ...], fields: tuple[Field, ...]
    ) -> None:
        self.name = name
        self.meaning = meaning
        self.key = key
        self.fields = fields


_FACT, _SOURCE, _RELATION, _COUNTRY = (
    ("facts", "id"),
    ("sources", "id"),
    ("relations", "id"),
    ("countries", "code"),
)

COUNTRIES = Table(
    "countries",
    "Countries by their ISO 3166-1 codes, with what a reference work says of their capitals.",
    ("code",),
    (
        Field("code", "ISO 3166-1 alpha-2, or XK", required=True),
        Field("alpha3", "ISO 3166-1 alpha-3"),
        Field("numeric", "ISO 3166-1 numeric, three digits"),
        Field("name", "the name that it is shown under", required=True),
        Field("capital", "where it is governed from"),
        Field("latitude", "of the capital, degrees north", "number"),
        Field("longitude", "of the capital, degrees east", "number"),
        Field("source", "what the capital rests on", refers=_SOURCE),
        Field("as_of", "the date of that, EDTF"),
    ),
)

SOURCES = Table(
    "sources",
    "What facts rest on, as bibliographic records; types are CSL's.",
    ("id",),
    (
        Field("id", "the id that packs give it", required=True),
        Field("type", "the type of a CSL item", required=True, words=vocabulary.SOURCE_TYPES),
        Field(
            "title",
            "in [brackets] where it describes the page rather than quotes its title",
            required=True,
        ),
        Field("authors", "`Family, Given`, or one name", "texts"),
        Field("publisher", "the periodical, site or publisher"),
        Field("issued", "when it appeared, EDTF; `?` behind an uncertain or approximate date"),
        Field("accessed", "when it was read, EDTF"),
        Field("url", "its address on the web"),
        Field("lang", "its language, BCP 47"),
        Field(
            "reliability", "what kind of voice it is", required=True, words=vocabulary.RELIABILITIES
        ),
        Field("archive_url", "the address of an archived copy"),
        Field("archived", "the day of that copy, EDTF"),
        Field("packs", "the packs that have it", "texts"),
    ),
)

RELATIONS = Table(
    "relations",
    "Unordered pairs of countries that anything is recorded on.",
    ("id",),
    (
        Field("id", "the two codes in order, as in az-pk", required=True),
        Field("name", "the names of both", required=True),
        Field("country_1", "the country whose code comes first", required=True, refers=_COUNTRY),
        Field("country_2", "the other one", required=True, refers=_COUNTRY),
        Field("established", "when diplomatic relations were, EDTF"),
        Field("established_sources", "ids of the sources of that", "texts"),
        Field("status", "what the relation is, in a few words"),
        Field("status_sources", "ids of the sources of that", "texts"),
        Field("overview", "one paragraph"),
        Field("sources", "ids of the sources of the overview", "texts"),
        Field(
            "coverage", "outline where all its facts are", required=True, words=vocabulary.COVERAGES
        ),
        Field(
            "fact_count",
            "how many facts it has, superseded ones included",
            "integer",
            required=True,
        ),
        Field("outline_count", "how many of them are in outline", "integer", required=True),
        Field(
            "source_count",
            "how many sources these and the header rest on",
            "integer",
            required=True,
        ),
        Field("newest", "the date of its newest fact that is no plan, EDTF"),
        Field("verified", "facts that are `cited`, in per cent of all", "number"),
        Field("packs", "the packs that say something of it", "texts"),
    ),
)

FACTS = Table(
    "facts",
    "Dated statements, superseded ones and those in outline included; what each rests on is in fact_sources.",
    ("id",),
    (
        Field("id", "as in az-pk/recognition-1991", required=True),
        Field("relation", "the pair that it is about", required=True, refers=_RELATION),
        Field("topic", "what it is on", required=True, words=vocabulary.TOPICS),
        Field("headline", "whether a summary shows it", "boolean", required=True),
        Field("text", "the statement", required=True),
        Field("date", "when it happened or began to hold, EDTF"),
        Field("until", "when it stopped to hold, EDTF"),
        Field("as_of", "the date of a figure or of a plan's telling, EDTF"),
        Field(
            "first",
            "the earliest day that `date`, or else `as_of`, may mean; null for an open beginning",
            "day",
        ),
        Field(
            "last",
            "the latest day that `until`, `date` or `as_of` may mean; null for an open end",
            "day",
        ),
        Field("event", "an id that facts of several relations share when they tell of one event"),
        Field("status", "how it stands today", required=True, words=vocabulary.STATUSES),
        Field("superseded_by", "the fact that took its place", refers=_FACT),
        Field(
            "verification", "how well it is verified", required=True, words=vocabulary.VERIFICATIONS
        ),
        Field("actors", "who did or said it: codes of countries, names of others", "texts"),
        Field("toward", "whom it concerns, likewise", "texts"),
        Field("kind", "what a military fact is", words=vocabulary.KINDS),
        Field("system", "the arms of a military fact"),
        Field("stage", "how far a military fact has come", words=vocabulary.STAGES),
        Field("quantity", "how many items of the system", "integer"),
        Field("value_usd", "US dollars", "integer"),
        Field("partners", "codes of the countries that also took part in a military fact", "texts"),
        Field("chain", "the story of talks and orders that a military fact is part of"),
        Field("issue", "what a stance is on"),
        Field("holder", "whose stance it is: the code of a country, or another name"),
        Field("position", "what the holder wants"),
        Field("favours", "whom a stance favours, likewise"),
        Field("against", "whom a stance is against, likewise"),
        Field("measure", "what a figure counts", words=vocabulary.MEASURES),
        Field("share", "per cent, of what the text says", "number"),
        Field("note", "what is in doubt, and how"),
        Field("pack", "the pack that has it", required=True),
        Field(
            "coverage",
            "written by an editor, or in outline",
            required=True,
            words=vocabulary.COVERAGES,
        ),
    ),
)

FACT_SOURCES = Table(
    "fact_sources",
    "Which sources each fact rests on.",
    ("fact", "source"),
    (
        Field("fact", "the fact", required=True, refers=_FACT),
        Field("source", "a source of it", required=True, refers=_SOURCE),
        Field(
            "place", "its place among the sources of the fact, from 1 on", "integer", required=True
        ),
    ),
)

TABLES = (FACTS, SOURCES, RELATIONS, FACT_SOURCES, COUNTRIES)
"""All tables, in the order in which they are told."""
