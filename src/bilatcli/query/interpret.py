"""Interpretation: turn the words of a request into countries, subjects and a filter."""

from __future__ import annotations

from itertools import compress

from bilatcli.errors import UsageError
from bilatcli.query.names import MAX_COUNTRIES, read_names_only
from bilatcli.text import json_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.filters import Filter
    from bilatcli.query.names import Match
    from bilatcli.query.parser import ParsedPhrase
    from bilatcli.query.parties import Parties
    from bilatcli.query.request import Request
    from bilatcli.query.subjects import Subject
    from bilatcli.query.tokenizer import Phrase, Span

MAX_QUERY_WORDS = 64

_ANNOUNCED_KINDS = ("fuzzy", "former", "part")
"""The kinds of names whose reading is announced."""
_WHOLE_MARKS = frozenset(" ([,")
"""Only a word with one of these, given in quotes, can be a name of several words."""
_NO_PARTIES = {"from": None, "to": None, "mentions": None}


class Query:
    """A request as it is understood: its countries, and the words that facts must have.

    `codes` are the codes of the countries, each once, in the order of the request. `pairs` are the
    ids of all relations among them, whether or not a pack has them. `subjects` are what it names
    that is not a country; the text of each is also one of the words of the filter. `typed_words`
    are the words of the filter before correction. `readings` are notes on corrected words, `unused`
    the words that no fact has, `dropped` the question words, and `missing` the words that the facts
    lack because no fact has all of them. `parties` are whom its options name, if they name any.
    """

    __slots__ = (
        "codes",
        "countries",
        "dropped",
        "includes_superseded",
        "missing",
        "pairs",
        "parties",
        "patterns",
        "readings",
        "request",
        "subjects",
        "typed_words",
        "unused",
        "words",
    )

    def __init__(
        self,
        request: Request,
        countries: Sequence[Match] = (),
        wanted: Filter | None = None,
        subjects: Sequence[Subject] = (),
    ) -> None:
        self.subjects = list(subjects)
        self.request = request
        self.set_countries(countries)
        self.parties: Parties | None = None
        self.words = wanted.words if wanted else []
        self.typed_words = wanted.typed if wanted else []
        self.patterns = wanted.patterns if wanted else {}
        self.readings = wanted.readings if wanted else []
        self.unused = wanted.unused if wanted else []
        self.dropped: list[str] = []
        self.missing: list[str] = []
        self.includes_superseded = request.all

    def set_countries(self, countries: Sequence[Match]) -> None:
        """Set the countries that the question is about, their codes and their pairs."""
        self.countries = list(countries)
        self.codes = list(dict.fromkeys([match.code for match in self.countries]))
        codes = sorted([code.lower() for code in self.codes])
        self.pairs = [
            f"{one}-{other}" for place, one in enumerate(codes) for other in codes[place + 1 :]
        ]

    def read_parties(self, index: Index) -> None:
        """Set whom the options name. Raises the error for a name that is unknown or ambiguous."""
        if self.request.has_parties:
            from bilatcli.query.parties import read_parties

            self.parties = read_parties(self.request, index)

    @property
    def filter(self) -> str | None:
        """The words that facts must have, or None."""
        return " ".join(self.words) or None

    @property
    def typed_filter(self) -> str:
        """The words of the filter as they were typed, for messages."""
        return " ".join(self.typed_words)

    def make_word_matcher(self) -> Callable[[str], bool]:
        """Return a predicate that is True if a text has a form of each word of the filter.

        The text is one of stems, with a space at both ends. A designation matches in any spelling:
        `JF-17`, `jf17`, `JF 17`. For a subject the text must mention it, by any of its names.
        """
        from bilatcli.query.patterns import make_matcher

        subjects = [subject.patterns for subject in self.subjects]
        return make_matcher(self.plain_words, self.patterns_of, subjects)

    def patterns_of(self, word: str) -> list[str]:
        """Return the patterns of a word of the filter; a fact must match one of them."""
        for subject in self.subjects:
            if subject.input == word:
                return subject.patterns
        if word not in self.patterns:
            from bilatcli.index.stems import stem_word
            from bilatcli.query.patterns import make_patterns

            return make_patterns(word, stem_word)
        return self.patterns[word]

    @property
    def is_filtered(self) -> bool:
        """True if only facts with some words, or of some kind or time, answer the question."""
        return bool(self.words) or self.request.is_narrowed

    @property
    def is_plain(self) -> bool:
        """True if all facts on two countries, as they are today, answer the question in order."""
        request = self.request
        options = (request.as_of, request.sort, request.limit)
        return len(self.codes) == 2 and not (self.words or self.parties or any(options))

    @property
    def plain_words(self) -> list[str]:
        """The words of the filter that are not subjects."""
        if not self.subjects:
            return self.words
        names = {subject.input for subject in self.subjects}
        return [word for word in self.words if word not in names]

    def notes(self) -> list[str]:
        """Return notes on corrected names, corrected words and ignored words."""
        named = [*self.countries, *(self.parties.matches if self.parties else ())]
        corrected = [match for match in dict.fromkeys(named) if match.kind in _ANNOUNCED_KINDS]
        filters = [each for each in self.subjects if self.codes and each.input in self.words]
        return [
            *self.request.readings,
            *(f"reading `{match.input}` as {match.name} ({match.code})" for match in corrected),
            *(f"reading {each.reading}" for each in self.subjects if each.reading),
            *(note for each in filters for note in each.explain(self.countries)),
            *self.readings,
            *(self.parties.readings if self.parties else ()),
            *(f"ignoring `{word}`: no fact mentions it" for word in self.unused),
            *self._explain_words(),
        ]

    def _explain_words(self) -> list[str]:
        """Return notes on words that facts lack, or on question words if there are no others."""
        if self.missing:
            missing = ", ".join(f"`{word}`" for word in self.missing)
            return [f"no fact has all of `{self.typed_filter}`: showing facts without {missing}"]
        if self.dropped and not (self.words or self.unused or self.readings):
            return [f"ignoring `{' '.join(self.dropped)}`: question words do not filter facts"]
        return []

    def drop_words(self, typed: Collection[str]) -> None:
        """Remove words, given as typed, from the filter: no fact that could answer has them."""
        kept = [each not in typed for each in self.typed_words]
        self.dropped += [each for each in self.typed_words if each in typed]
        self.readings += [f"ignoring `{each}`: none of these facts mentions it" for each in typed]
        self.words = list(compress(self.words, kept))
        self.typed_words = list(compress(self.typed_words, kept))

    def to_json(self) -> str:
        """Return the member `query` of a document."""
        request = self.request
        return json_object(
            text=request.text,
            countries=[
                {
                    "input": match.input,
                    "code": match.code,
                    "name": match.name,
                    "match": match.match,
                    "score": match.score,
                }
                for match in self.countries
            ],
            subjects=[
                {"input": each.input, "id": each.id, "name": each.name, "kind": each.kind}
                for each in self.subjects
            ],
            filter=self.filter,
            unused=self.unused,
            dropped=self.dropped,
            missing=self.missing,
            topic=request.topic,
            all=self.includes_superseded,
            verified=request.verified,
            as_of=request.as_of,
            since=request.since,
            until=request.until,
            verification=request.verification,
            status=request.status,
            **(self.parties.to_dict() if self.parties else _NO_PARTIES),
        )


def interpret(request: Request, index: Index) -> Query:
    """Return the query that a request means.

    Raises Ambiguous if a name has several meanings, UsageError for too many words or countries.
    """
    request.read_dates()
    names = read_names_only(request.words, index)
    if names is None:
        from bilatcli.query.phrases import interpret_phrase

        query = interpret_phrase(request, index)
    else:
        query = Query(request, names)
    query.read_parties(index)
    if len(query.codes) > MAX_COUNTRIES:
        raise UsageError(
            f"{len(query.codes)} countries are too many", hint=f"name at most {MAX_COUNTRIES}"
        )
    return query


def parse_request(request: Request, index: Index) -> ParsedPhrase:
    """Return the countries, subjects and other words of a request.

    Dates in its words become options. Raises UsageError for too many words, NoSuchCountry for a
    name whose qualifier contradicts it.
    """
    from bilatcli.query.parser import parse_phrase
    from bilatcli.query.tokenizer import tokenize

    request.read_dates()
    phrase = tokenize(request.words)
    check_length(phrase)
    whole: dict[Span, list[Match]] = {}
    if any(_WHOLE_MARKS.intersection(word.strip()) for word in request.words):
        from bilatcli.query.whole_names import find_whole_names

        whole = find_whole_names(request.words, index)
    return parse_phrase(phrase, index, whole)


def check_length(phrase: Phrase) -> None:
    """Raise UsageError if a phrase has too many words."""
    if len(phrase) > MAX_QUERY_WORDS:
        raise UsageError(
            f"{len(phrase)} words are too many", hint=f"give at most {MAX_QUERY_WORDS}"
        )


def require_country(query: Query, index: Index, *, takes_subjects: bool = False) -> None:
    """Raise NoSuchCountry if a query has no country, or the error that says what a subject is.

    With `takes_subjects`, subjects that facts can mention are enough, and so is whom options name.
    Without a country or a subject, the question is about the two countries of `from` and `to`.
    Raises UsageError if the query has no words at all.
    """
    if query.parties is not None and not (query.codes or query.subjects):
        countries = query.parties.countries
        if len({match.code for match in countries}) == 2 or not takes_subjects:
            query.set_countries(countries)
        if query.codes or takes_subjects:
            return
    if query.codes and not query.subjects:
        return
    request = query.request
    if not "".join(request.words).strip():
        example = request.command(["azerbaijan", "pakistan"])
        raise UsageError("no country given", hint=f"name one or two, as in `{example}`")
    from bilatcli.query.refusals import find_refusal

    error = find_refusal(query, index, takes_subjects=takes_subjects)
    if error is not None:
        raise error
