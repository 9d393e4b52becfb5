"""Plain forms: find names with other articles, state words, an attached "and", or in a case.

Only phrases with words that are no name in full get here.
"""

from __future__ import annotations

from bilatcli.query.names import CONJUNCTIONS, look_up_names
from bilatcli.query.plain_names import MAX_SHORT_WORD, find_bare_name, find_plain_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bilatcli.index.store import Index
    from bilatcli.query.names import NameEntry
    from bilatcli.query.tokenizer import Phrase, Span

_ATTACHED_WORDS = ("وال", "ال", "و", "ו")  # noqa: RUF001 -- letters of their own script
"""Arabic and Hebrew "and" and "the", which are written as the beginning of the next word."""

_CASE_ENDINGS = (
    ("иеи", ("ия",)),
    ("ии", ("ия",)),
    ("ию", ("ия",)),
    ("ом", ("",)),
    ("ои", ("а",)),  # noqa: RUF001 -- Russian
    ("ы", ("а",)),  # noqa: RUF001 -- Russian
    ("а", ("",)),  # noqa: RUF001 -- Russian
    ("у", ("", "а")),  # noqa: RUF001 -- Russian
    ("е", ("", "а")),  # noqa: RUF001 -- Russian
)
"""Endings of Russian cases, normalized, and those of the nominative in place of them."""
MIN_STEM_LETTERS = 3
"""Minimum letters of a Russian name before the ending of a case."""


def match_plain_forms(
    phrase: Phrase,
    texts: Mapping[Span, str],
    entries: Collection[Span],
    taken: Collection[Span],
    index: Index,
) -> dict[Span, list[NameEntry]]:
    """Return the countries whose name has other articles or another order of words.

    Only runs of whole words that are not all in `taken` are looked at. Words such as "republic" may
    differ too, in a run without a name in `entries`, or if no fact has them. Also returns the
    countries of names with an attached "and" or "the", and of Russian names in any case.
    """
    free = set(phrase.free_positions(taken))
    boundaries = phrase.word_boundaries()
    texts = {
        span: text
        for span, text in texts.items()
        if not free.isdisjoint(range(*span)) and boundaries.issuperset(span)
    }
    named = {i for span in entries for i in range(*span)}
    stripped = {
        (span, text.removeprefix(word))
        for span, text in texts.items()
        if text.startswith(_ATTACHED_WORDS)
        for word in _ATTACHED_WORDS
        if text.startswith(word) and text != word
    } | {(span, form) for span, text in texts.items() for form in _nominative_forms(text)}
    known = look_up_names({rest for _, rest in stripped}, index) if stripped else {}
    found = {
        span: countries
        for span, rest in sorted(stripped)
        if (countries := known[rest]) and not _is_common(texts[span], index)
    }
    words = [token.normalized for token in phrase.tokens]
    for (start, end), text in texts.items():
        ends = {text.split(" ", 1)[0], text.rsplit(" ", 1)[-1]}
        if end - start > 1 and ends.isdisjoint(CONJUNCTIONS):
            countries = find_plain_name(text, index)
            others = [words[i] for i in range(start, end) if i not in named]
            if not countries and (len(others) == end - start or _are_state_words(others, index)):
                countries = find_bare_name(text, index)
            if countries:
                found[start, end] = countries
    return found


def _is_common(text: str, index: Index) -> bool:
    from bilatcli.query.misspellings import is_common_word

    return is_common_word(text, index)


def _are_state_words(words: Collection[str], index: Index) -> bool:
    """Return True if words beside a name are for the form of a state, in another language.

    They are neither words of facts nor common English words.
    """
    if all(len(word) <= MAX_SHORT_WORD for word in words):
        return False
    from bilatcli.index.state_words import is_marked, is_state_word
    from bilatcli.query.filters import is_fact_word

    has_form = any(map(is_marked, words)) and all(map(is_state_word, words))
    return has_form and not any(
        is_fact_word(word, index) or _is_common(word, index) for word in words
    )


def _nominative_forms(text: str) -> list[str]:
    """Return what a normalized Russian name may be in the nominative: `россией` is `россия`.

    >>> _nominative_forms("россиеи"), _nominative_forms("пакистаном")
    (['россия'], ['пакистан'])
    """
    if not "а" <= text[-1:] <= "я":  # noqa: RUF001 -- Russian
        return []
    return [
        text.removesuffix(ending) + nominative
        for ending, nominatives in _CASE_ENDINGS
        if text.endswith(ending) and len(text) - len(ending) >= MIN_STEM_LETTERS
        for nominative in nominatives
    ]
