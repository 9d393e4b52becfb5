"""The data of a report: the answers of all views to a question, with the sources numbered once."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.query.errors import NothingRecorded
from bilatcli.query.options import find_options
from bilatcli.query.request import Request
from bilatcli.render.periods import find_year
from bilatcli.render.values import list_conditions
from bilatcli.views import REPORT_OPTIONS, VIEWS, run
from bilatcli.views.notes import OFFER
from bilatcli.vocabulary import TOPICS, VERIFICATIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.index.store import Index
    from bilatcli.views.document import Document

    Fact = Mapping[str, Any]
    Groups = list[tuple[str, list[Fact]]]
    """Facts by a heading."""

PACKS = Statement("report_packs", "SELECT name, title, updated FROM pack ORDER BY precedence")


class ReportData:
    """What a report shows.

    `facts` are all facts that answer the question, superseded and retracted ones too. `headlines`,
    `chains` and `matrix` come from these. `sources` are CSL-JSON items in the order of their
    numbers, `names` the names of countries by their codes. `packs` are the name, title and date of
    each pack with a fact in the report. `conditions` are what options ask of facts. `as_of` is the
    day of the question, None for today. A report `is_outline` if the countries have no facts, only
    a generated outline.
    """

    def __init__(
        self, summary: Mapping[str, Any], facts: Mapping[str, Any], *, names: Mapping[str, str]
    ) -> None:
        query = facts["query"]
        self.names = names
        by_code = {country["code"]: country for country in query["countries"]}
        self.countries: list[Mapping[str, Any]] = list(by_code.values())
        self.filter: str | None = query["filter"]
        self.as_of: str | None = query["as_of"]
        self.is_verified: bool = query["verified"]
        self.conditions = list_conditions(query)
        self.relation: Mapping[str, Any] | None = facts["relation"]
        self.outline: Mapping[str, Any] | None = summary["outline"]
        self.facts: list[Fact] = facts["facts"]
        self._by_id = {fact["id"]: fact for fact in self.facts}
        self.headlines = [
            self._by_id[fact["id"]]
            for fact in summary["facts"]
            if fact["id"] in self._by_id and fact["headline"]
        ]
        sources = (*facts["sources"], *summary["sources"])
        self.sources = list({source["id"]: source for source in sources}.values())
        self.chains: list[Mapping[str, Any]] = []
        self.matrix: Mapping[str, Any] | None = None
        self.packs: list[tuple[str, str, str]] = []
        self.notes: list[str] = []
        self.is_outline = False

    @property
    def title(self) -> str:
        """The name of the relation, or the names of the countries."""
        names = "–".join(country["name"] for country in self.countries)
        return str(self.relation["name"]) if self.relation else names

    @property
    def topics(self) -> Groups:
        """The facts by topic, in the order of topics."""
        return _group(TOPICS, self.facts, lambda fact: fact["topic"])

    @property
    def years(self) -> Groups:
        """The dated facts by year, without superseded and retracted ones."""
        years: dict[str, list[Fact]] = {}
        for fact in sorted(self.facts, key=_get_date):
            if _get_date(fact) and not is_past(fact):
                years.setdefault(find_year(_get_date(fact)), []).append(fact)
        return list(years.items())

    @property
    def figures(self) -> Groups:
        """The dated facts with a figure in US dollars, by measure, in the order of dates."""
        measures: dict[str, list[Fact]] = {}
        for fact in sorted(self.facts, key=_get_date):
            has_value = fact.get("measure") and fact["value_usd"] is not None
            if has_value and _get_date(fact) and not fact.get("retracted"):
                measures.setdefault(fact["measure"], []).append(fact)
        return sorted(measures.items())

    @property
    def uncertain(self) -> Groups:
        """The facts that are disputed or not fully cited, by the word for it, the gravest first."""
        facts = [fact for fact in self.facts if not fact.get("retracted")]
        disputed = [fact for fact in facts if fact["status"] == "disputed"]
        not_cited = [word for word in reversed(VERIFICATIONS) if word != "cited"]
        by_verification = _group(not_cited, facts, lambda fact: fact["verification"])
        return [("disputed", disputed), *by_verification] if disputed else by_verification

    def get_fact(self, id: str) -> Fact | None:
        """Return a fact of the report by its id, or None."""
        return self._by_id.get(id)

    def get_cell(self, holder: str, issue: str) -> Mapping[str, Any] | None:
        """Return the cell of the matrix for a holder and an issue, or None.

        Its facts are those that the report has.
        """
        cells: Sequence[Mapping[str, Any]] = self.matrix["cells"] if self.matrix else ()
        for cell in cells:
            if (cell["holder"], cell["issue"]) == (holder, issue):
                return {**cell, "facts": [id for id in cell["facts"] if id in self._by_id]}
        return None

    def facts_citing(self, source: str) -> list[Fact]:
        """Return the facts that cite a source."""
        return [fact for fact in self.facts if source in fact["sources"]]

    def get_name(self, actor: str) -> str:
        """Return the name of an actor; one that is not a country is written as in its pack."""
        return self.names.get(actor, actor)


def is_past(fact: Fact) -> bool:
    """Return True if a fact no longer stands: it is superseded, or was retracted."""
    return fact["status"] == "superseded" or bool(fact.get("retracted"))


def build_report_data(request: Request, index: Index) -> ReportData:
    """Return the answers of all views to the words of a request.

    Raises the errors of the views: NothingRecorded if there is not even a generated outline.
    """

    def ask(view: str, **more: object) -> Document:
        options = find_options(REPORT_OPTIONS)
        given = {option.key: getattr(request, option.python_name) for option in options}
        asked = Request(view, request.words, request.environment, **given, **more)
        # Notes offer the options of a report, and not those of the view.
        asked.view = request.view
        return run(VIEWS[view], asked, index)

    names = index.country_names
    summary = ask("summary").load()
    try:
        facts = ask("facts", all=True)
    except NothingRecorded:
        report = ReportData(summary, {**summary, "facts": [], "sources": []}, names=names)
        report.is_outline = True
        return report
    report = ReportData(summary, facts.load(), names=names)
    report.notes = [note for note in facts.notes if not note.startswith(OFFER)]
    if any(fact["topic"] == "military" for fact in report.facts):
        report.chains = ask("military").load()["chains"]
    if any(fact["topic"] == "stance" for fact in report.facts):
        report.matrix = ask("stances", matrix=True).load()["matrix"]
    report.packs = _find_packs(report.facts, index)
    return report


def _group(words: Iterable[str], facts: Sequence[Fact], key: Callable[[Fact], str]) -> Groups:
    """Return the facts by words, in the order of the words, without words that have no facts."""
    groups = ((word, [fact for fact in facts if key(fact) == word]) for word in words)
    return [(word, found) for word, found in groups if found]


def _find_packs(facts: Iterable[Fact], index: Index) -> list[tuple[str, str, str]]:
    names = {fact["pack"] for fact in facts}
    packs = [(row["name"], row["title"], row["updated"]) for row in index.rows(PACKS)]
    return [pack for pack in packs if pack[0] in names]


def _get_date(fact: Fact) -> str:
    """Return the date of a fact, or else the day as of which it was reported; empty if neither."""
    return str(fact["date"] or fact["as_of"] or "")
