"""The dossier: all that the views say of a question, as one set of plain data with the sources numbered once."""

from __future__ import annotations

from bilatcli.errors import NothingRecorded
from bilatcli.index.statement import Statement
from bilatcli.query.request import Request
from bilatcli.views.catalog import VIEWS, run
from bilatcli.vocabulary import TOPICS, VERIFICATIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.index.store import Index
    from bilatcli.views.document import Document

    Fact = Mapping[str, Any]

COUNTRY_NAMES = Statement("report_country_names", "SELECT code, name FROM country")
PACKS = Statement("report_packs", "SELECT name, title, updated FROM pack ORDER BY precedence")


class Dossier:
    """What a page shows.

    `facts` are all that answer the question, superseded ones too; `headlines`, `chains` and `matrix` are parts and
    readings of them. `sources` are CSL-JSON items in the order of their numbers, `names` what codes are called,
    `packs` the name, title and day of each pack that has a fact here, `as_of` the day that was asked for.
    """

    def __init__(
        self, summary: Mapping[str, Any], facts: Mapping[str, Any], *, names: Mapping[str, str]
    ) -> None:
        query = facts["query"]
        self.names = names
        self.countries: list[Mapping[str, Any]] = list(
            {c["code"]: c for c in query["countries"]}.values()
        )
        self.filter: str | None = query["filter"]
        self.as_of: str | None = query["as_of"]
        self.is_verified: bool = query["verified"]
        self.relation: Mapping[str, Any] | None = facts["relation"]
        self.outline: Mapping[str, Any] | None = summary["outline"]
        self.facts: list[Fact] = facts["facts"]
        told = {fact["id"]: fact for fact in self.facts}
        self.headlines = [
            told[fact["id"]] for fact in summary["facts"] if fact["id"] in told and fact["headline"]
        ]
        self.sources = list(
            {each["id"]: each for each in (*facts["sources"], *summary["sources"])}.values()
        )
        self.chains: list[Mapping[str, Any]] = []
        self.matrix: Mapping[str, Any] | None = None
        self.packs: list[tuple[str, str, str]] = []
        self.notes: list[str] = []

    @property
    def title(self) -> str:
        """What the dossier is about."""
        names = "–".join(country["name"] for country in self.countries)
        return str(self.relation["name"]) if self.relation else names

    @property
    def topics(self) -> list[tuple[str, list[Fact]]]:
        """The facts by topic, in the order of topics."""
        return [
            (topic, found)
            for topic in TOPICS
            if (found := [f for f in self.facts if f["topic"] == topic])
        ]

    @property
    def years(self) -> list[tuple[str, list[Fact]]]:
        """The dated facts by year, but those that another has superseded."""
        years: dict[str, list[Fact]] = {}
        for fact in sorted(self.facts, key=_day):
            if _day(fact) and fact["status"] != "superseded":
                years.setdefault(_day(fact)[:4], []).append(fact)
        return list(years.items())

    @property
    def figures(self) -> list[tuple[str, list[Fact]]]:
        """The facts with a figure in dollars and a date, by what is measured, in the order of dates."""
        measured: dict[str, list[Fact]] = {}
        for fact in sorted(self.facts, key=_day):
            if fact.get("measure") and fact["value_usd"] is not None and _day(fact):
                measured.setdefault(fact["measure"], []).append(fact)
        return sorted(measured.items())

    @property
    def doubts(self) -> list[tuple[str, list[Fact]]]:
        """The facts that are less than cited, or in dispute, by what is wrong with them, the gravest first."""
        disputed = [fact for fact in self.facts if fact["status"] == "disputed"]
        by_word = [
            (word, [f for f in self.facts if f["verification"] == word])
            for word in reversed(VERIFICATIONS)
        ]
        found = [
            ("disputed", disputed),
            *((word, facts) for word, facts in by_word if word != "cited"),
        ]
        return [(word, facts) for word, facts in found if facts]

    def fact(self, id: str) -> Fact | None:
        """The fact of an id, if it is one of the dossier."""
        return next((fact for fact in self.facts if fact["id"] == id), None)

    def cell(self, holder: str, issue: str) -> Mapping[str, Any] | None:
        """What a holder holds on an issue, if that is recorded."""
        cells: Sequence[Mapping[str, Any]] = self.matrix["cells"] if self.matrix else ()
        return next(
            (cell for cell in cells if (cell["holder"], cell["issue"]) == (holder, issue)), None
        )

    def resting_on(self, source: str) -> list[Fact]:
        """The facts that rest on a source."""
        return [fact for fact in self.facts if source in fact["sources"]]

    def name(self, actor: str) -> str:
        """What an actor is called: a country by its name, any other as the pack has it."""
        return self.names.get(actor, actor)


def gather(request: Request, index: Index) -> Dossier:
    """Return the answers of all views to the words of a request.

    Raises the errors of the views: NothingRecorded if there is not even a generated outline.
    """

    def ask(view: str, **more: object) -> Document:
        options = {"as_of": request.as_of, "verified": request.verified, **more}
        return run(VIEWS[view], Request(view, request.words, **options), index)

    names = {row["code"]: row["name"] for row in index.rows(COUNTRY_NAMES)}
    summary = ask("summary").load()
    try:
        facts = ask("facts", all=True)
    except NothingRecorded:
        # The countries have a generated outline, but no facts.
        none = {**summary, "facts": [], "sources": []}
        return Dossier(summary, none, names=names)
    dossier = Dossier(summary, facts.load(), names=names)
    dossier.notes = facts.notes
    dossier.chains = ask("military").load()["chains"]
    if any(fact["topic"] == "stance" for fact in dossier.facts):
        dossier.matrix = ask("stances", matrix=True).load()["matrix"]
    dossier.packs = _packs(dossier.facts, index)
    return dossier


def _packs(facts: Iterable[Fact], index: Index) -> list[tuple[str, str, str]]:
    named = {fact["pack"] for fact in facts}
    packs = [(row["name"], row["title"], row["updated"]) for row in index.rows(PACKS)]
    return [pack for pack in packs if pack[0] in named]


def _day(fact: Fact) -> str:
    """The date of a fact, or else the day that it was told as of; empty where there is neither."""
    return str(fact["date"] or fact["as_of"] or "")
