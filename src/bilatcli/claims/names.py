"""Countries and subjects that a sentence names."""

from __future__ import annotations

from bilatcli.index import SUBJECT
from bilatcli.query.names import look_up_names
from bilatcli.vocabulary import COMBINING_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilatcli.claims.words import Word
    from bilatcli.index.store import Index
    from bilatcli.query.names import NameEntry

MAX_NAME_WORDS = 6
"""Maximum words of a name in a sentence."""
_CODES = frozenset("US USA UK UAE DRC PRC ROC DPRK ROK GDR FRG USSR".split())
"""Abbreviations that are names in a sentence. Others, such as `IT`, are words of their own."""
_SEATS = {
    "pentagon": "US",
    "white house": "US",
    "state department": "US",
    "kremlin": "RU",
    "downing street": "GB",
    "whitehall": "GB",
}
"""Seats of governments that stand for their countries, normalized."""
_JOINERS = ("and", "-", "–", "/", ",", "and the", "’s and", "'s and")
"""What joins two names."""
_PLACE_WORDS = frozenset("in at near outside around via through".split())


class Name:
    """A country, or a subject, that words name; `code` is the id of a subject.

    `is_place` is True for a capital after a word such as `in`: a place, not a party. `word` is the
    number of its first word, `after` the number of the word after it.
    """

    __slots__ = (
        "after",
        "code",
        "end",
        "is_place",
        "is_possessive",
        "is_subject",
        "kind",
        "name",
        "start",
        "typed",
        "word",
    )

    def __init__(self, entry: NameEntry, words: Sequence[Word], span: tuple[int, int]) -> None:
        self.code, self.name, self.kind = entry
        self.is_subject = self.kind == SUBJECT
        self.word, self.after = span
        first, last = words[span[0]], words[span[1] - 1]
        self.start, self.end = first.start, last.end
        self.is_possessive = last.is_possessive or self.kind == "demonym"
        self.typed = " ".join(word.typed for word in words[span[0] : span[1]])
        before = words[span[0] - 1].plain if span[0] else ""
        self.is_place = self.kind in ("capital", "seat") and before in _PLACE_WORDS


def find_names(words: Sequence[Word], index: Index) -> list[Name]:
    """Return the names in words from the left, the longest at each place; ambiguous ones are not.

    A name begins with a capital letter.
    """
    texts = {
        (start, end): " ".join(
            [*(word.whole for word in words[start : end - 1]), words[end - 1].plain]
        )
        for start in range(len(words))
        if words[start].is_capital
        for end in range(start + 1, min(start + MAX_NAME_WORDS, len(words)) + 1)
    }
    forms = {f"{words[start].plain}{COMBINING_MARK}" for start, end in texts if end == start + 1}
    known = look_up_names({*texts.values(), *forms}, index)
    names = index.country_names
    seats = {text: _SEATS[text] for text in texts.values() if text in _SEATS}
    known = {**known, **{text: [(code, names[code], "seat")] for text, code in seats.items()}}
    return list(_choose(words, texts, known))


def _choose(
    words: Sequence[Word],
    texts: dict[tuple[int, int], str],
    known: dict[str, list[NameEntry]],
) -> Iterator[Name]:
    place = 0
    while place < len(words):
        size = 1
        for end in range(min(place + MAX_NAME_WORDS, len(words)), place, -1):
            entries = _drop_foreign(known.get(texts.get((place, end), ""), []))
            if not entries and end == place + 1 and _is_joined(words, place):
                entries = known.get(f"{words[place].plain}{COMBINING_MARK}", [])
            if not entries or not _is_name(words[place:end], entries):
                continue
            size = end - place
            if len({code for code, _, _ in entries}) == 1:
                yield Name(entries[0], words, (place, end))
            break
        place += size


def _drop_foreign(entries: Sequence[NameEntry]) -> list[NameEntry]:
    """Return names without those of other languages: `SIPRI` is Cyprus in one of them."""
    return [entry for entry in entries if entry[2] != "translation"]


def _is_joined(words: Sequence[Word], place: int) -> bool:
    """Return True if a hyphen joins a word to the next one."""
    return place + 1 < len(words) and words[place + 1].start == words[place].end + 1


def _is_name(words: Sequence[Word], entries: Sequence[NameEntry]) -> bool:
    """Return False for a code that is a word, and for a name of which a later word is not one."""
    typed = words[0].typed.replace(".", "").rstrip("'’s") if len(words) == 1 else ""
    if entries[0][2] == "code" or (typed.isupper() and len(typed) <= 3 and typed):
        return typed in _CODES or entries[0][2] == SUBJECT
    return words[-1].is_capital or len(words) > 1


def is_joined(one: Name, other: Name, text: str) -> bool:
    """Return True if a conjunction or a hyphen joins two names: `A and B`, `A–B`, `A, B and C`."""
    between = text[one.end : other.start].strip().lower()
    return between in _JOINERS and not (between == "," and other.is_possessive)
