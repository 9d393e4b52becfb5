"""The Python interface: the corpus as an object, with a method for each view.

>>> import bilatcli
>>> with bilatcli.open() as corpus:
...     document = corpus.show("az-pk/recognition-1991")
>>> document["schema"], document["facts"][0]["date"]
('bilatcli/show@1', '1991-12-12')
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from threading import get_ident
from typing import Any, Self, Unpack

from bilatcli.environment import Environment
from bilatcli.errors import UsageError
from bilatcli.index.store import Index, open_index
from bilatcli.query.keywords import (
    DiffOptions,
    FigureOptions,
    ListOptions,
    MilitaryOptions,
    PairOptions,
    SearchOptions,
    SourceOptions,
    StanceOptions,
    TopicOptions,
)
from bilatcli.query.option_values import make_request
from bilatcli.query.request import Request
from bilatcli.views import VIEWS, run

Words = str | Sequence[str]
"""The words of a question, as one text or as several."""

Document = dict[str, Any]
"""A document as `--json` prints it, as plain data. docs/json.md describes its keys."""


def open(*packs: str | os.PathLike[str], index: str | None = None) -> Corpus:
    """Return the bundled packs, merged with the user's own packs.

    Own packs are `packs` (files, or folders of them), and as on the command line those of the
    variable BILATCLI_DATA and of the user's data folder. They are compiled once, into the user's
    cache. `index` is the address of a published index to query instead, as in the variable
    BILATCLI_INDEX. A pack in the data folder that has errors is left out with a warning. Raises
    PackError for errors in other packs, and EnvironmentFault if a database does not answer.
    """
    environment = Environment()
    environment.on_warning = _warn
    packs_given = [os.fspath(pack) for pack in packs]
    return Corpus(open_index(environment, packs_given, engine=index), environment)


def _warn(message: str) -> None:
    from warnings import warn

    warn(message, stacklevel=2)


class Corpus:
    """All packs, open for questions.

    Each method returns the document of a view. Words are country names or codes in any order; other
    words filter the facts. If no fact matches, the document has no facts. A question without an
    answer raises a BilatcliError: Ambiguous, NoSuchCountry, NoSuchRecord or NothingRecorded, each
    with `candidates`, or UsageError for an invalid option.

    A corpus belongs to the thread that opened it. Other threads open their own, which takes a
    millisecond once packs are compiled. A corpus shows packs as they were when it was opened.
    Nothing is printed.
    """

    def __init__(self, index: Index, environment: Environment | None = None) -> None:
        self._index: Index | None = index
        self._environment = environment
        self._thread = get_ident()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        # SQLite closes a file only in the thread that opened it.
        if getattr(self, "_thread", None) == get_ident():
            self.close()

    def close(self) -> None:
        """Close the index. Closing it again has no effect."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def summary(self, words: Words = (), **options: Unpack[TopicOptions]) -> Document:
        """Return the status, overview and headline facts of a pair, or the relations of a country.

        >>> bilatcli.open().summary("azerbaijan pakistan")["relation"]["established"]
        '1992-06-09'
        """
        return self._answer("summary", words, options)

    def facts(self, words: Words = (), **options: Unpack[PairOptions]) -> Document:
        """Return every fact by topic and date.

        >>> facts = bilatcli.open().facts("az pk", topic="recognition", verified=True)["facts"]
        >>> {fact["verification"] for fact in facts}
        {'cited'}
        """
        return self._answer("facts", words, options)

    def timeline(self, words: Words = (), **options: Unpack[PairOptions]) -> Document:
        """Return dated facts in order, and the number of facts in each year.

        >>> [year["year"] for year in bilatcli.open().timeline("az pk", until="1992")["years"]]
        ['1991', '1992']
        """
        return self._answer("timeline", words, options)

    def diff(self, words: Words = (), **options: Unpack[DiffOptions]) -> Document:
        """Return the facts added, superseded or ended between the two dates that end the words.

        >>> bilatcli.open().diff("az pk 2024 2026")["between"]
        {'from': '2024-12-31', 'to': '2026-12-31'}
        """
        return self._answer("diff", words, options)

    def military(self, words: Words = (), **options: Unpack[MilitaryOptions]) -> Document:
        """Return arms, exercises and agreements, and deals as chains from talks to delivery.

        >>> document = bilatcli.open().military("az pk jf-17", as_of="2016-12-31")
        >>> sorted({fact["stage"] for fact in document["facts"] if fact["stage"]})
        ['talks']
        """
        return self._answer("military", words, options)

    def figures(self, words: Words = (), **options: Unpack[FigureOptions]) -> Document:
        """Return trade, investment, loans and aid by year, superseded figures included.

        >>> (series,) = bilatcli.open().figures("az pk", measure="trade turnover")["measures"]
        >>> series["rows"][0]["year"], series["rows"][0]["value"]
        ('2003', 1100000)
        """
        return self._answer("figures", words, options)

    def stances(self, words: Words = (), **options: Unpack[StanceOptions]) -> Document:
        """Return positions on issues by pair, by country or by issue, or all of them as a matrix.

        >>> "kashmir" in {fact["issue"] for fact in bilatcli.open().stances("kashmir")["facts"]}
        True
        """
        return self._answer("stances", words, options)

    def issues(self, words: Words = ()) -> Document:
        """Return the issues of stances, or those that words or countries select.

        >>> [issue["id"] for issue in bilatcli.open().issues("cyprus dispute")["issues"]]
        ['cyprus-dispute']
        """
        return self._answer("issues", words, {})

    def events(self, words: Words = ()) -> Document:
        """Return the events that facts record, or those that words or countries select.

        >>> [event["id"] for event in bilatcli.open().events("galwan")["events"]]
        ['galwan-2020']
        """
        return self._answer("events", words, {})

    def search(self, words: Words = (), **options: Unpack[SearchOptions]) -> Document:
        """Return the facts on all relations that have the words, best matches first.

        >>> len(bilatcli.open().search("kashmir", limit=3)["facts"])
        3
        """
        return self._answer("search", words, options)

    def latest(self, **options: Unpack[SearchOptions]) -> Document:
        """Return the newest dated facts on all relations, or on those of a country.

        >>> len(bilatcli.open().latest(country="armenia", limit=3)["facts"])
        3
        """
        return self._answer("latest", (), options)

    def cite(self, words: Words = (), **options: Unpack[SourceOptions]) -> Document:
        """Return the sources of a pair, a country or facts, or the facts that rest on a source.

        Several ids are given as a list.

        >>> bilatcli.open().cite("azernews-200281")["sources"][0]["title"]
        'Azerbaijan-Pakistan ties: 30 years on the path of strategic partnership'
        """
        return self._answer("cite", words, options)

    def show(self, words: Words = ()) -> Document:
        """Return one fact with its history and sources, one source, or all facts of an event.

        >>> bilatcli.open().show("az-pk/recognition-1991")["facts"][0]["status"]
        'historical'
        """
        return self._answer("show", words, {})

    def resolve(self, words: Words = ()) -> Document:
        """Return the countries that names stand for: a text is one name, a list has several.

        >>> document = bilatcli.open().resolve(["azerbaijn", "Côte d’Ivoire", "korea"])
        >>> [name["code"] for name in document["names"]]
        ['AZ', 'CI', None]
        """
        return self._answer("resolve", words, {})

    def list(self, **options: Unpack[ListOptions]) -> Document:
        """Return the relations with counts by topic, newest date and share of cited facts.

        >>> bilatcli.open().list(country="iran", curated=True)["relations"][0]["coverage"]
        'curated'
        """
        return self._answer("list", (), options)

    def verify(self, text: str, *, as_of: str | None = None) -> Document:
        """Return the verdict on each sentence of a text, with its reason and its facts.

        `as_of` is the day whose record counts (default: today).

        >>> text = "Pakistan recognised Azerbaijan in 1992."
        >>> bilatcli.open().verify(text)["claims"][0]["verdict"]
        'differs'
        """
        from bilatcli.claims.document import Draft, verify

        index = self._open_index()
        request = Request("verify", (), self._environment or Environment(), as_of=as_of)
        return verify([Draft(text)], request, index).load()

    def _open_index(self) -> Index:
        """Return the index; raises UsageError if it is closed or belongs to another thread."""
        if self._index is None:
            raise UsageError("the corpus is closed", hint="open it again")
        if self._thread != get_ident():
            raise UsageError(
                "a corpus belongs to the thread that opened it", hint="open one in each thread"
            )
        return self._index

    def _answer(self, view: str, words: Words, options: Mapping[str, object]) -> Document:
        index = self._open_index()
        pieces = words if isinstance(words, str) else tuple(words)
        allowed = VIEWS[view].select_options
        keys = {option.python_name: option.key for option in allowed}
        given = {keys.get(name, name): value for name, value in options.items()}
        request = make_request(view, pieces, given, allowed, environment=self._environment)
        return run(VIEWS[view], request, index).load()
