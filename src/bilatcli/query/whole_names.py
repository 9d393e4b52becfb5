"""Whole names: words that were given in one piece, such as in quotes, and are one name.

`resolve` reads them in the same way, so that a question does not mean another country.
"""

from __future__ import annotations

from bilatcli.normalization import normalize
from bilatcli.query.countries import find_entries, keep_leaders, to_matches
from bilatcli.query.errors import NoSuchCountry
from bilatcli.query.names import SUBJECT_KINDS, Match, look_up_names
from bilatcli.query.plain_names import MAX_NAME_WORDS, find_exactly
from bilatcli.query.qualifiers import CODE_LENGTH
from bilatcli.query.tokenizer import tokenize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.tokenizer import Span

_QUALIFIER_MARKS = "([,"
"""What begins a qualifier."""


def find_whole_names(given: Sequence[str], index: Index) -> dict[Span, list[Match]]:
    """Return the countries of given words that are one name as a whole, by their span of tokens.

    Raises NoSuchCountry for a name whose qualifier contradicts it.
    """
    if not any(map(_may_be_whole, given)):
        return {}
    found: dict[Span, list[Match]] = {}
    start = 0
    for name in given:
        end = start + len(tokenize([name]))
        if _may_be_whole(name) and (matches := _read_whole(name.strip(), index)):
            found[start, end] = matches
        start = end
    return found


def _may_be_whole(name: str) -> bool:
    """Return True if a given word has a qualifier, or a word for the form of a state."""
    from bilatcli.index.state_words import strip_state_words

    name = name.strip()
    text = normalize(name)
    if " " not in text or text.count(" ") >= MAX_NAME_WORDS:
        return False
    has_qualifier = not set(_QUALIFIER_MARKS).isdisjoint(name)
    return has_qualifier or (" " in name and strip_state_words(text).word_count > 0)


def _read_whole(name: str, index: Index) -> list[Match]:
    """Return the countries that a name means as a whole, exactly or misspelt."""
    if _is_list(name, index):
        return []
    entries = find_entries(name, index)
    if not entries and (_is_contradiction(name, index) or _is_address(name, index)):
        raise NoSuchCountry(name)
    if entries:
        is_country = all(kind not in SUBJECT_KINDS for _, _, kind in entries)
        return [Match(name, code, shown, kind=kind) for code, shown, kind in entries * is_country]
    return _read_misspelt(name, index)


def _is_list(name: str, index: Index) -> bool:
    """Return True if several parts between commas have names: `Azerbaijan, Pakistan`.

    Words for the form of a state belong to one name: `China, Hong Kong SAR`.
    """
    from bilatcli.index.state_words import strip_state_words

    parts = [normalize(part) for part in name.split(",")]
    if any(strip_state_words(part).word_count for part in parts):
        return False
    return sum(bool(find_exactly(part, index)) for part in parts) > 1


def _is_contradiction(name: str, index: Index) -> bool:
    """Return True for a country with something else in brackets: `Georgia (US)`."""
    base, mark, _ = name.replace("[", "(").partition("(")
    entries = find_exactly(normalize(base), index) if mark and normalize(base) else []
    return any(kind not in SUBJECT_KINDS for _, _, kind in entries)


def _is_address(name: str, index: Index) -> bool:
    """Return True for a place in a subdivision whose code is one of a country: `Atlanta, GA`."""
    from bilatcli.query.filters import is_fact_word

    place, _, code = name.partition(",")
    words = normalize(place).split()
    is_code = len(code.strip()) == CODE_LENGTH and code.strip().isupper()
    return is_code and bool(words) and not any(is_fact_word(word, index) for word in words)


def _read_misspelt(name: str, index: Index) -> list[Match]:
    """Return the only country that a name with words for the form of a state resembles.

    Words that facts have may be meant to filter them, and names may be those of other countries.
    """
    from bilatcli.index.state_words import strip_state_words
    from bilatcli.query.filters import is_fact_word
    from bilatcli.query.misspelt_states import find_misspelt_state

    text = normalize(name)
    bare = strip_state_words(text)
    words = set(bare.text.split())
    known = look_up_names(words, index)
    if not bare.word_count or any(known[word] or is_fact_word(word, index) for word in words):
        return []
    leaders = to_matches(name, keep_leaders(find_misspelt_state(text, bare, index)), index)
    is_sure = len(leaders) == 1 and leaders[0].kind not in SUBJECT_KINDS
    return leaders if is_sure else []
