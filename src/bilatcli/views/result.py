"""What a statement found: rows sorted by what they are, filtered, with the sources they rest on.

The rows of all statements begin alike, and what a view adds to them stands behind; the constants name the positions.
"""

from __future__ import annotations

# From where it is in C: `operator` takes a third of a millisecond to import.
from _operator import itemgetter

from bilatcli.errors import Candidate, NothingRecorded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bilatcli.index.store import Index
    from bilatcli.query.request import Query

    Row = tuple[str, ...]

PARTS = ("relation", "fact", "source", "capital", "membership")
"""What a row may be."""
PART, PLACE, ORDERING, JSON, STATUS, VERIFICATION, SOURCES, WORDS = range(8)
CHAIN, STEP = 8, 9
HOLDER, FAVOURS, ISSUE, AGAINST, STANCE_ID = 8, 9, 10, 11, 12
FACT_ID = 8
CHANGE, WAS = 9, 10


_by_place = itemgetter(PLACE, ORDERING)


def as_it_was(row: Row) -> Row:
    """Return the row of a fact with the JSON of its fact, and of its step, as the statement says that it stood."""
    return tuple(
        _with_status(each, row[STATUS]) if each and i in (JSON, STEP) else each
        for i, each in enumerate(row)
    )


def _with_status(json: str, status: str) -> str:
    """JSON of a fact with another status; a quotation mark inside of a text is escaped, so a key is found as it is."""
    before, key, rest = json.partition('"status":"')
    if not key or rest.startswith(f'{status}"'):
        return json
    was, _, rest = rest.partition('"')
    if was == "superseded" and rest.startswith(',"superseded_by":"'):
        rest = ',"superseded_by":null' + rest.removeprefix(',"superseded_by":"').partition('"')[2]
    return f'{before}{key}{status}"{rest}'


class Found:
    """The rows of a statement, sorted by what they are, without the facts that were not asked for."""

    def __init__(self, rows: Iterable[Row], query: Query) -> None:
        takes = query.taking()
        # A change is told of a fact as it stood at the later of two dates, and being superseded is one.
        is_change = bool(query.request.dates)
        is_restated = is_change or query.request.as_of is not None
        parts: dict[str, list[Row]] = {part: [] for part in PARTS}
        for row in rows:
            parts[row[PART]].append(row)
        self.relations, self.every_fact, sources, self.capitals, self.memberships = parts.values()
        self._sources = {row[PLACE]: row[JSON] for row in sources}
        if is_restated:
            self.every_fact = [as_it_was(row) for row in self.every_fact]
        # Sorted here, because SQL would drag every text through its sorter.
        self.relations.sort(key=_by_place)
        self.every_fact.sort(key=_by_place)
        self.matching = (
            [row for row in self.every_fact if takes(row[WORDS])]
            if query.words
            else self.every_fact
        )
        self.facts = self.matching
        if not (query.request.all or is_change):
            self.facts = [row for row in self.facts if row[STATUS] != "superseded"]
        if query.request.verified:
            self.facts = [row for row in self.facts if row[VERIFICATION] == "cited"]

    def leave_out(self, is_out: Callable[[Row], bool]) -> int:
        """Leave facts out, and return how many of them had been asked for."""
        before = len(self.facts)
        self.every_fact, self.matching, self.facts = (
            [row for row in rows if not is_out(row)]
            for rows in (self.every_fact, self.matching, self.facts)
        )
        return before - len(self.facts)

    @property
    def relation(self) -> str:
        """The JSON text of the one relation, or `null` where there are several."""
        return self.relations[0][JSON] if len(self.relations) == 1 else "null"

    def source(self, id: str) -> str:
        """The JSON text of one source."""
        return self._sources[id]

    def sources(
        self,
        facts: Iterable[Row],
        *,
        header_first: bool = False,
        more: Iterable[tuple[str, str]] = (),
    ) -> list[str]:
        """Return the sources of the facts and of the one relation's header, each once, by first use, then `more`."""
        others = dict(more)
        self._sources |= others
        of_facts = [row[SOURCES] for row in facts]
        header = [self.relations[0][SOURCES]] if len(self.relations) == 1 else []
        used = [*header, *of_facts] if header_first else [*of_facts, *header]
        return [self._sources[id] for id in dict.fromkeys([*" ".join(used).split(), *others])]


def _about(query: Query) -> str:
    names = [match.name for match in {match.code: match for match in query.countries}.values()]
    return f" on {'–'.join(sorted(names))}" if names else ""


def notes(query: Query, found: Found, noun: str) -> list[str]:
    """What is said beside the answer: readings of words, and what an empty answer leaves out."""
    notes = [*query.notes(), *_missing(query, found)]
    if found.facts:
        return notes
    wanted = f" has `{query.filter}`" if query.filter else ""
    topic = f" of topic {query.request.topic}" if query.request.topic else ""
    hidden = len(found.matching)
    hint = "add --all, or leave --verified out" if query.request.verified else "add --all"
    if hidden and query.request.dates:
        rest = f"{hidden} {'is' if hidden == 1 else 'are'} not verified: leave --verified out"
    elif hidden:
        rest = f"{hidden} {'is' if hidden == 1 else 'are'} superseded or not verified: {hint}"
    elif query.words and found.every_fact:
        rest = f"{len(found.every_fact)} without that filter: leave words out"
    else:
        rest = "`bilatcli list` shows what there is"
    when = f" from {' to '.join(query.request.dates)}" if query.request.dates else ""
    return [*notes, f"no {noun}{topic}{_about(query)}{when}{wanted}; {rest}"]


def _missing(query: Query, found: Found) -> list[str]:
    """Which pairs of three or more countries the packs have nothing on."""
    pairs = query.pairs
    if len(pairs) < 2:
        return []
    names = {match.code.lower(): match.name for match in query.countries}
    there = {row[PLACE] for row in found.relations}
    missing = [
        "–".join(names[code] for code in pair.split("-")) for pair in pairs if pair not in there
    ]
    return [f"nothing recorded on {', '.join(missing)}"] if missing else []


def nothing_recorded(query: Query, index: Index) -> NothingRecorded:
    """What is said where no pack has a relation among the countries, with what there is instead."""
    codes = query.codes
    names = {match.code: match.name for match in query.countries}
    asked = "–".join(names[code] for code in sorted(codes, key=lambda code: names[code]))
    curated = index.rows("SELECT id, name FROM relation WHERE coverage = 'curated' ORDER BY id")
    near = [row for row in curated if set(row[0].upper().split("-")) & set(codes)]
    shown = [
        Candidate(id, name, command=query.request.command([id]))
        for id, name in (near or curated)[:3]
    ]
    covered = index.rows(
        f"SELECT country FROM capital WHERE country IN ({', '.join('?' * len(codes))})", codes
    )  # noqa: S608 -- question marks alone are put in
    if len(codes) == len(covered) == 2 and query.request.view != "summary":
        id = query.pairs[0]
        shown.insert(0, Candidate(id, f"an outline of {asked}", command=f"bilatcli summary {id}"))
    aside = f" (taking `{query.filter}` for words that facts must have)" if query.words else ""
    return NothingRecorded(asked + aside, shown, more=max(0, len(near or curated) - 3))
