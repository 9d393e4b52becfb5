"""Subjects of questions that are not countries: territories, organisations, regions, former states.

A subject is never read as a country. It leads to issues, to facts that mention it, to the countries
that are its members, or to the country that it is part of.
"""

from __future__ import annotations

from bilatcli.index import SUBJECT, Statement
from bilatcli.normalization import normalize
from bilatcli.query.exact_matcher import span_texts
from bilatcli.query.names import Match, fetch_country_names, look_up_names
from bilatcli.query.patterns import matches_text
from bilatcli.query.tokenizer import is_overlapping, typed_text
from bilatcli.text import to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.tokenizer import Phrase, Span

_FIND_SUBJECTS = Statement(
    "find_subjects", "SELECT * FROM subject WHERE id IN (SELECT value FROM json_each(:ids))"
)
_FIND_PLACES = Statement(
    "find_places",
    """
    SELECT p.normalized, p.country, c.name
    FROM place p JOIN country c ON c.code = p.country
    WHERE p.normalized IN (SELECT value FROM json_each(:texts))
    """,
)
MENTIONS = Statement(
    "mentions",
    """
    SELECT f.id, f.status, f.is_retracted, f.filter_words
    FROM fact_search w JOIN fact f ON f.number = w.rowid
    WHERE w.fact_search MATCH :sought
    """,
)

_DESCRIPTIONS = {
    "organisation": "is an organisation, not a country",
    "group": "is a group, not a country",
    "people": "are a people, not a country",
    "region": "is a region, not a country",
}
"""What a subject is. A territory is not called one: whether it is a country may be disputed."""
_NO_CODE = "has no ISO country code"


class Subject:
    """A subject that a text names: `input` is the text as typed, `score` is 100 if it is exact.

    `issues` are slugs, `patterns` those of texts that facts mention it by. `members`, `part_of` and
    `successors` are codes of countries; `as_of` is the day of the members. `years` are those of a
    former state (EDTF, with a slash).
    """

    __slots__ = (
        "as_of",
        "id",
        "input",
        "issues",
        "kind",
        "members",
        "name",
        "part_of",
        "patterns",
        "score",
        "successors",
        "years",
    )

    def __init__(self, match: Match, id: str, name: str, kind: str, **more: Sequence[str]) -> None:
        self.input = match.input
        self.score = match.score
        self.id = id
        self.name = name
        self.kind = kind
        self.years = "".join(more.get("years", ""))
        self.as_of = "".join(more.get("as_of", ""))
        self.issues = list(more.get("issues", ()))
        self.patterns = list(more.get("patterns", ()))
        self.members = list(more.get("members", ()))
        self.part_of = list(more.get("part_of", ()))
        self.successors = list(more.get("successors", ()))

    @property
    def end_year(self) -> str:
        """The year in which a former state ended, or ""."""
        return self.years.rpartition("/")[2]

    @property
    def label(self) -> str:
        """The text as typed, with the name of the subject if it is another text."""
        is_same = normalize(self.input) == normalize(self.name)
        return f"`{self.input}`" if is_same else f"`{self.input}` ({self.name})"

    @property
    def main_issues(self) -> list[str]:
        """The issue with the slug of the subject, or else all that concern it."""
        return [self.id] if self.id in self.issues else self.issues

    @property
    def reading(self) -> str:
        """What the text was read as, if it was misspelt, or ""."""
        return f"`{self.input}` as {self.name}" if self.score < 100 else ""

    @property
    def is_searchable(self) -> bool:
        """True if a question can be about it without a country: the facts that mention it."""
        return not (self.part_of or self.successors)

    def is_mentioned(self, text: str) -> bool:
        """Return True if a text of stems, with a space at both ends, mentions the subject."""
        return matches_text(self.patterns, text)

    def explain(self, countries: Iterable[Match]) -> list[str]:
        """Return notes on its use beside countries: a filter, and which of them are members."""
        notes = []
        if self.kind in ("region", "former-state"):
            notes.append(f"{self.describe()}: showing what mentions it")
        return notes + self.explain_members(countries)

    def explain_members(self, countries: Iterable[Match]) -> list[str]:
        """Return a note on each country that is a member, if the subject is an organisation."""
        if self.kind != "organisation":
            return []
        members = [each.name for each in countries if each.code in self.members]
        return [f"{name} is a member of {self.name} (as of {self.as_of})" for name in members]

    def describe(self) -> str:
        """Return the clause that says what it is."""
        if self.kind == "former-state":
            return f"{self.label} ended in {self.end_year}" if self.years else f"{self.label} ended"
        return f"{self.label} {_DESCRIPTIONS.get(self.kind, _NO_CODE)}"


def load_subjects(matches: Iterable[Match], index: Index) -> list[Subject]:
    """Return the subjects of matches of the kinds `subject` and `place`, in order."""
    matches = list(matches)
    ids = sorted({match.code for match in matches if match.kind == SUBJECT})
    rows = {row["id"]: row for row in index.rows(_FIND_SUBJECTS, {"ids": to_json(ids)})}
    return [
        _to_subject(match, rows[match.code]) if match.kind == SUBJECT else _to_place(match)
        for match in matches
    ]


def find_subjects(phrase: Phrase, index: Index) -> dict[Span, Subject]:
    """Return the subjects that a phrase names exactly, by span: the longest of overlapping ones."""
    texts = span_texts(phrase)
    known = look_up_names(set(texts.values()), index)
    found: dict[Span, Match] = {}
    for start, end in sorted(texts, key=lambda span: (span[0] - span[1], span)):
        entries = [entry for entry in known[texts[start, end]] if entry[2] == SUBJECT]
        if entries and not any(is_overlapping((start, end), other) for other in found):
            typed = typed_text(phrase.run((start, end)))
            found[start, end] = Match(typed, *entries[0][:2], kind=SUBJECT)
    subjects = load_subjects(found.values(), index) if found else []
    return dict(zip(found, subjects, strict=True))


def _to_subject(match: Match, row: Row) -> Subject:
    return Subject(
        match,
        row["id"],
        row["name"],
        row["kind"],
        years=row["years"] or "",
        as_of=row["as_of"] or "",
        issues=row["issues"].split(),
        patterns=row["patterns"].split("\n"),
        members=row["members"].split(),
        part_of=row["part_of"].split(),
        successors=row["successors"].split(),
    )


def _to_place(match: Match) -> Subject:
    from bilatcli.index.stems import subject_pattern

    text = normalize(match.input)
    return Subject(
        match,
        text.replace(" ", "-"),
        match.input,
        "place",
        patterns=[subject_pattern(text)],
        part_of=[match.code],
    )


def find_places(texts: Iterable[str], index: Index) -> list[Match]:
    """Return the parts of countries that texts name, with the codes of these countries.

    They are the subdivisions of ISO 3166-2, and other places that are part of one country.
    """
    typed = {normalize(text): text for text in texts}
    rows = index.rows(_FIND_PLACES, {"texts": to_json(sorted(typed))}) if typed else []
    found = [(typed[row["normalized"]], row["country"]) for row in rows]
    return [Match(text, code, text, kind="place") for text, code in found]


def find_mentions(subjects: Sequence[Subject], index: Index) -> list[Row]:
    """Return each fact that mentions all of the subjects: its id, and what `is_shown` needs."""
    sought = index.match_expression([subject.patterns for subject in subjects])
    return [
        row
        for row in index.rows(MENTIONS, {"sought": sought})
        if all(subject.is_mentioned(row["filter_words"]) for subject in subjects)
    ]


def is_shown(mention: Row) -> bool:
    """Return False for a fact that answers leave out, because it is superseded or retracted."""
    return mention["status"] != "superseded" and not mention["is_retracted"]


def country_labels(codes: Sequence[str], index: Index) -> list[tuple[str, str]]:
    """Return the code and the name of countries, in the order of the codes."""
    names = fetch_country_names(codes, index)
    return [(code, names[code]) for code in codes]
