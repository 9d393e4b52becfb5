"""The Python interface: the corpus as an object, with a method for each view that returns its document.

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
from typing import Any, Self, TypedDict, Unpack

from bilatcli.environment import Environment
from bilatcli.errors import UsageError
from bilatcli.index.store import Index, open_index
from bilatcli.query.request import Request
from bilatcli.views.catalog import VIEWS, run

Words = str | Sequence[str]
"""Words of a question, as one text or in pieces."""

Document = dict[str, Any]
"""What `--json` prints, as plain data; `bilatcli schema VIEW` and docs/json.md describe it."""


class Choosing(TypedDict, total=False):
    """What chooses facts: superseded ones too, cited ones alone, and when they held.

    A date is `2024`, `2024-12` or `2024-12-31`.
    """

    all: bool
    verified: bool
    as_of: str | None
    since: str | None
    until: str | None


class OfTopic(Choosing, total=False):
    """What chooses facts, and the one topic that they are on."""

    topic: str | None


class Searching(OfTopic, total=False):
    """What chooses facts of all relations; `limit` is how many at most."""

    country: str | None
    verification: str | None
    limit: int | None


class OfStances(Choosing, total=False):
    """What chooses stances, and whether the document has them as a matrix."""

    matrix: bool


class Comparing(TypedDict, total=False):
    """What chooses changes."""

    topic: str | None
    verified: bool


class Listing(TypedDict, total=False):
    """What chooses relations."""

    country: str | None
    curated: bool


def open(*packs: str | os.PathLike[str], index: str | None = None) -> Corpus:
    """Return the packs that come with the tool, with `packs` (files, or folders of them) laid over them.

    Packs of the variable BILATCLI_DATA and of the user data folder take part as on the command line; packs of one's own
    are compiled once, into the user's cache. `index` is the address of a published index to ask instead, as in the
    variable BILATCLI_INDEX. Raises PackError for what is wrong in a pack, EnvironmentFault for an engine that does not
    answer.
    """
    return Corpus(open_index(Environment(), [os.fspath(pack) for pack in packs], engine=index))


class Corpus:
    """All packs, open for questions.

    Each method is a view of the command line, and returns its document. Words are countries in any spelling, order and
    joint; those that are left over filter the facts. Where a filter leaves nothing the document has no facts. Else what
    has no answer raises a BilatcliError: Ambiguous, NoSuchCountry, NoSuchRecord or NothingRecorded, each with
    `candidates`, or UsageError for an option that makes no sense.

    A corpus belongs to the thread that opened it; others open one of their own, which costs a millisecond once packs
    are compiled. It sees packs as they were when it was opened. Nothing is printed, and it never exits.
    """

    def __init__(self, index: Index) -> None:
        self._index: Index | None = index
        self._thread = get_ident()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        # SQLite lets go of a file in the thread that opened it alone.
        if getattr(self, "_thread", None) == get_ident():
            self.close()

    def close(self) -> None:
        """Let go of the index; once is enough, and twice does no harm."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def summary(self, words: Words = (), **options: Unpack[Choosing]) -> Document:
        """Return who, since when, status, overview and headline facts; of one country, its relations.

        >>> bilatcli.open().summary("azerbaijan pakistan")["relation"]["established"]
        '1992-06-09'
        """
        return self._answer("summary", words, options)

    def facts(self, words: Words = (), **options: Unpack[OfTopic]) -> Document:
        """Return every fact, by topic and date.

        >>> facts = bilatcli.open().facts("az pk", topic="recognition", verified=True)["facts"]
        >>> {fact["verification"] for fact in facts}
        {'cited'}
        """
        return self._answer("facts", words, options)

    def timeline(self, words: Words = (), **options: Unpack[OfTopic]) -> Document:
        """Return dated facts in the order of their dates, and how many each year has.

        >>> [year["year"] for year in bilatcli.open().timeline("az pk", until="1992")["years"]]
        ['1991', '1992']
        """
        return self._answer("timeline", words, options)

    def diff(self, words: Words = (), **options: Unpack[Comparing]) -> Document:
        """Return what changed between the two dates that the words end with: added, superseded, ended.

        >>> bilatcli.open().diff("az pk 2024 2026")["between"]
        {'from': '2024-12-31', 'to': '2026-12-31'}
        """
        return self._answer("diff", words, options)

    def military(self, words: Words = (), **options: Unpack[Choosing]) -> Document:
        """Return arms, exercises and agreements, with talks, orders and deliveries as chains.

        >>> document = bilatcli.open().military("az pk jf-17", as_of="2016-12-31")
        >>> sorted({fact["stage"] for fact in document["facts"] if fact["stage"]})
        ['talks']
        """
        return self._answer("military", words, options)

    def stances(self, words: Words = (), **options: Unpack[OfStances]) -> Document:
        """Return who holds what on which issue: by pair, by country or by issue; of all packs as a matrix.

        >>> {fact["issue"] for fact in bilatcli.open().stances("kashmir")["facts"]}
        {'kashmir'}
        """
        return self._answer("stances", words, options)

    def search(self, words: Words = (), **options: Unpack[Searching]) -> Document:
        """Return facts of all relations that say the words, the likeliest first.

        >>> len(bilatcli.open().search("kashmir", limit=3)["facts"])
        3
        """
        return self._answer("search", words, options)

    def cite(self, words: Words = (), **options: Unpack[Choosing]) -> Document:
        """Return the sources of a pair, of a country or of facts, or the facts that rest on a source.

        Several ids are a list of them.

        >>> bilatcli.open().cite("azernews-200281")["sources"][0]["title"]
        'Azerbaijan-Pakistan ties: 30 years on the path of strategic partnership'
        """
        return self._answer("cite", words, options)

    def show(self, words: Words = ()) -> Document:
        """Return one fact whole, with its chain and sources; one source; or all facts of an event.

        >>> bilatcli.open().show("az-pk/recognition-1991")["facts"][0]["status"]
        'historical'
        """
        return self._answer("show", words, {})

    def resolve(self, words: Words = ()) -> Document:
        """Return what names are read as: a text is one name, a list has several.

        >>> [name["code"] for name in bilatcli.open().resolve(["azerbaijn", "Côte d’Ivoire", "korea"])["names"]]
        ['AZ', 'CI', None]
        """
        return self._answer("resolve", words, {})

    def list(self, **options: Unpack[Listing]) -> Document:
        """Return the relations, with counts by topic, newest date and how much is verified.

        >>> bilatcli.open().list(country="iran", curated=True)["relations"][0]["coverage"]
        'curated'
        """
        return self._answer("list", (), options)

    def _answer(self, view: str, words: Words, options: Mapping[str, object]) -> Document:
        if self._index is None:
            raise UsageError("the corpus is closed: open it again")
        if self._thread != get_ident():
            raise UsageError(
                "a corpus belongs to the thread that opened it: open one in each thread"
            )
        pieces = words if isinstance(words, str) else tuple(words)
        question = Request.from_mapping(view, pieces, options, VIEWS[view].select_options)
        return run(VIEWS[view], question, self._index).load()
