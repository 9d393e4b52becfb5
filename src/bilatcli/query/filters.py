"""Filters: the words of a question that facts must have, corrected to words that facts do have."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.normalization import normalize, normalize_joined, search_tokens
from bilatcli.query.patterns import has_digit, make_patterns
from bilatcli.vocabulary import PREFIX_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from bilatcli.index import Row
    from bilatcli.index.store import Index

MIN_SCORE = 75.0
"""Minimum similarity, from 0 to 100, of a word that a misspelt word is corrected to."""
MIN_LENGTH = 4
"""Minimum letters of a word that is corrected."""
MAX_PREFIX_STEMS = 500
"""Maximum number of stems that the words with one beginning have, for a filter such as `pipel*`."""

_LAST_CHARACTER = "\U0010ffff"
"""Sorts after all other characters, so that a prefix is a range of words."""


_FIND_WORD = Statement(
    "find_word",
    """
    SELECT word FROM fact_word
    WHERE word >= :start AND word < :stop AND is_filter >= :is_filter AND is_search >= :is_search
    LIMIT 1
    """,
)
_LIST_WORDS = Statement(
    "list_words",
    """
    SELECT DISTINCT word, stem FROM fact_word
    WHERE word >= :start AND word < :stop AND is_filter >= :is_filter AND is_search >= :is_search
    """,
)
_FIND_STEM = Statement(
    "find_stem",
    """
    SELECT stem FROM fact_word
    WHERE word = :word AND is_filter >= :is_filter AND is_search >= :is_search
    LIMIT 1
    """,
)
_HAS_STEM = Statement(
    "has_stem",
    """
    SELECT word FROM fact_word
    WHERE stem = :stem AND stem <> '' AND is_filter >= :is_filter AND is_search >= :is_search
    LIMIT 1
    """,
)


class WordList:
    """A list of words in the index, and the function that splits a text into such words.

    The list has the words that a filter can match, or those that a search can find.
    """

    __slots__ = ("is_search", "tokenize")

    def __init__(self, tokenize: Callable[[str], list[str]], *, is_search: bool = False) -> None:
        self.tokenize = tokenize
        self.is_search = is_search

    def rows(self, statement: Statement, index: Index, **values: str) -> list[Row]:
        """Return the rows of a statement for the words of the list."""
        marks = {"is_filter": int(not self.is_search), "is_search": int(self.is_search)}
        return index.rows(statement, {**values, **marks})


FILTER_WORDS = WordList(lambda text: normalize(text).split())
"""The words that a filter can match."""
SEARCH_WORDS = WordList(search_tokens, is_search=True)
"""The words that a search can find, titles of sources included."""

_FIND_NAME_WORD = Statement("find_name_word", "SELECT word FROM name_word WHERE word = :word")

_LIST_FORMS = Statement(
    "list_forms",
    """
    SELECT DISTINCT w.word, coalesce(n.normalized, p.word) IS NOT NULL AS is_name
    FROM fact_word w
    LEFT JOIN name n ON n.normalized = w.word LEFT JOIN name_word p ON p.word = w.word
    WHERE w.stem = :stem AND w.stem <> '' AND w.is_filter = 1
    """,
)


class Filter:
    """The words that facts must have, notes on corrected words, and the words that are ignored.

    `typed` has each of `words` as it was typed. `patterns` has for each word the patterns of which
    a fact must match one; those of a word that is not in it follow from the word itself.
    """

    __slots__ = ("patterns", "readings", "typed", "unused", "words")

    def __init__(
        self,
        words: Sequence[str] = (),
        readings: Sequence[str] = (),
        unused: Sequence[str] = (),
        typed: Sequence[str] | None = None,
        patterns: Mapping[str, list[str]] | None = None,
    ) -> None:
        self.words = list(words)
        self.readings = list(readings)
        self.unused = list(unused)
        self.typed = self.words if typed is None else list(typed)
        self.patterns = patterns or {}


def build_filter(
    words: Sequence[str],
    index: Index,
    known: WordList = FILTER_WORDS,
    *,
    fixed: Collection[str] = (),
) -> Filter:
    """Return the filter for words: correct misspelt words, ignore words that no fact has.

    If no fact has any of the words, none is ignored, and the filter matches nothing. The words that
    are `fixed` stay as they are.
    """
    kept: list[str] = []
    typed: list[str] = []
    readings: list[str] = []
    unused: list[str] = []
    lookup = _StemLookup(index, known)
    for word in words:
        is_known = word in fixed or _is_found(word, lookup)
        corrected = word if is_known else _correct_word(word, lookup)
        if corrected is None:
            unused.append(word)
            if is_prefix(normalize_joined(word), index, known):
                readings.append(f"`{word}{PREFIX_MARK}` finds the words that begin with `{word}`")
            continue
        kept.append(corrected)
        typed.append(word)
        if corrected != word:
            readings.append(f"reading `{word}` as the word `{corrected}`")
    if not kept:
        return Filter(words, readings)
    patterns = {word: lookup.make_patterns(word) for word in kept if word not in fixed}
    return Filter(kept, readings, unused, typed, patterns)


def is_prefix(text: str, index: Index, known: WordList = FILTER_WORDS) -> bool:
    """Return True if a word of the list begins with a normalized text."""
    return bool(known.rows(_FIND_WORD, index, start=text, stop=text + _LAST_CHARACTER))


def has_pattern(pattern: str, index: Index) -> bool:
    """Return True if facts have the first word of a pattern."""
    first = pattern.rstrip(PREFIX_MARK).partition(" ")[0]
    return is_prefix(first, index) or bool(FILTER_WORDS.rows(_HAS_STEM, index, stem=first))


def is_fact_word(text: str, index: Index) -> bool:
    """Return True if facts have a normalized word in any form, unless it is part of a country name.

    The beginning of a word, such as `azerbaija`, is not a word of facts. Neither is a form of the
    name of a country that facts do not have. A designation, or a word in another script, may go on.
    """
    if is_name_word(text, index):
        return False
    if has_digit(text) or not text.isascii():
        return is_prefix(text, index)
    if FILTER_WORDS.rows(_FIND_STEM, index, word=text):
        return True
    from bilatcli.index.stems import has_forms, stem_word

    if not has_forms(text):
        return False
    forms = index.rows(_LIST_FORMS, {"stem": stem_word(text)})
    return bool(forms) and not any(row["is_name"] for row in forms)


def is_name_word(text: str, index: Index) -> bool:
    """Return True if a country name of several words has a normalized word."""
    return bool(index.rows(_FIND_NAME_WORD, {"word": text}))


class _StemLookup:
    """The stems of words in the index, and of other words, by Snowball's algorithm.

    A word in the index has the stem that it had when the index was compiled.
    """

    def __init__(self, index: Index, known: WordList) -> None:
        self.index = index
        self.known = known
        self._stems: dict[str, str | None] = {}

    def stem(self, word: str) -> str:
        """Return the stem of a normalized word."""
        stem = self._find_stem(word)
        if stem is not None:
            return stem
        from bilatcli.index.stems import stem_word

        return stem_word(word)

    def _find_stem(self, word: str) -> str | None:
        """Return the stem of a word of facts, or None if facts do not have it in this form."""
        if word not in self._stems:
            rows = self.known.rows(_FIND_STEM, self.index, word=word)
            self._stems[word] = rows[0]["stem"] or word if rows else None
        return self._stems[word]

    def has(self, word: str) -> bool:
        """Return True if facts have a normalized word in any form. A designation may go on."""
        if has_digit(word) or not word.isascii():
            return is_prefix(word, self.index, self.known)
        if self._find_stem(word) is not None:
            return True
        return bool(self.known.rows(_HAS_STEM, self.index, stem=self.stem(word)))

    def list_range(self, start: str) -> list[tuple[str, str]]:
        """Return the words of facts that begin with a text, and their stems."""
        stop = start + _LAST_CHARACTER
        rows = self.known.rows(_LIST_WORDS, self.index, start=start, stop=stop)
        return [(row["word"], row["stem"] or row["word"]) for row in rows]

    def make_patterns(self, word: str) -> list[str]:
        """Return the patterns of a word, also in English spelling.

        Those of a beginning include the stems that do not begin so.
        """
        patterns = make_patterns(word, self.stem, self.known.tokenize)
        if spelling := _find_english_spelling(word, self):
            patterns += make_patterns(spelling, self.stem, self.known.tokenize)
        if word.endswith(PREFIX_MARK):
            start = normalize_joined(word)
            stems = dict.fromkeys(stem for _, stem in self.list_range(start) if start)
            new = [stem for stem in stems if not stem.startswith(start)]
            patterns += new[:MAX_PREFIX_STEMS]
        return patterns


def _is_found(word: str, lookup: _StemLookup) -> bool:
    """Return True if facts have a word as one, or all of its parts."""
    if word.endswith(PREFIX_MARK):
        return is_prefix(normalize_joined(word), lookup.index, lookup.known)
    return lookup.has(normalize_joined(word)) or all(map(lookup.has, lookup.known.tokenize(word)))


def _correct_word(word: str, lookup: _StemLookup) -> str | None:
    """Return a word with each part corrected that facts do not have, or None if that fails."""
    if word.endswith(PREFIX_MARK):
        return None
    if spelling := _find_english_spelling(word, lookup):
        return spelling
    parts = lookup.known.tokenize(word)
    corrected = [part if lookup.has(part) else _find_nearest_word(part, lookup) for part in parts]
    found = [part for part in corrected if part is not None]
    return "-".join(found) if parts and len(found) == len(parts) else None


def _find_english_spelling(word: str, lookup: _StemLookup) -> str | None:
    """Return the first English spelling of a word such as `Şuşa` that facts have."""
    if word.isascii():
        return None
    from bilatcli.query.transliteration import list_english_spellings

    return next(filter(lookup.has, list_english_spellings(word)), None)


def _find_nearest_word(part: str, lookup: _StemLookup) -> str | None:
    """Return the most similar of the words that go on, or else of those with the same initial.

    Designations are not corrected.
    """
    if len(part) < MIN_LENGTH or not part.isalpha():
        return None
    from bilatcli.fuzzy import rank_misspellings

    words = [word for word, _ in lookup.list_range(part) or lookup.list_range(part[0])]
    found = rank_misspellings(part, words, cutoff=MIN_SCORE)
    return max(found, key=lambda match: (match[1], match[2]))[0] if found else None
