"""Names of countries in other forms: other articles, another order of words, other state words."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.query.names import look_up_names
from bilatcli.text import normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.names import NameEntry

_LOOSE_KINDS = ("code", "capital")
"""Kinds of names that a text with a word for the form of a state cannot be."""
MAX_NAME_WORDS = 12
"""Maximum words of a name within a longer text."""
MAX_SHORT_WORD = 3
"""Up to so many letters, no word says what form a state has: `jf 17` is not looked up."""
_NAMESAKES = (("CG", "CD"), ("KR", "KP"))
"""Two countries of one name, the second of which calls itself democratic."""
NEVER_BARE = frozenset(("CN", "DM", "CD", "CG", "KP", "KR"))
"""Countries whose name another state has too: the Republic of China, the Dominican Republic."""

_FIND_PLAIN_NAME = Statement(
    "find_plain_name",
    """
    SELECT p.code, c.name, p.kind
    FROM plain_name p JOIN country c ON c.code = p.code
    WHERE p.form = :form
    """,
)


def drop_folded_codes(entries: list[NameEntry], typed: str) -> list[NameEntry]:
    """Return the meanings of a typed text without codes, if it has other letters than codes have.

    `Mỹ`, the United States in Vietnamese, has the letters of a code only after its accents are
    dropped, and `₨` is one character. Initials with an accent, as `É.-U.`, have no meaning at all.
    """
    if not entries or typed.isascii():
        return entries
    from unicodedata import normalize as unicode_normalize

    plain = unicode_normalize("NFKC", typed)
    if plain.isascii() and len(plain) == len(typed):
        return entries
    text = normalize(typed)
    if text.isascii() and all(len(word) == 1 for word in text.split()):
        return []
    return [each for each in entries if each[2] != "code"]


def find_plain_name(text: str, index: Index) -> list[NameEntry]:
    """Return the only country whose name has the same words in another order or other articles.

    The text is normalized. The list is empty if there is no such country.
    """
    from bilatcli.index.name_keys import sort_key_form

    form = sort_key_form(text)
    # Letters such as those of `R.-U.` are an abbreviation, whose order counts.
    has_words = any(len(word) > 1 for word in form.split())
    rows = index.rows(_FIND_PLAIN_NAME, {"form": form}) if has_words else []
    return [(row["code"], row["name"], row["kind"]) for row in rows]


def find_exactly(text: str, index: Index) -> list[NameEntry]:
    """Return the countries and subjects that a normalized text names, in any of its forms."""
    found = look_up_names({text}, index)[text] or find_plain_name(text, index)
    return found or find_bare_name(text, index)


def find_place(name: str, index: Index) -> list[NameEntry]:
    """Return the country that a name is a part of, or nothing."""
    from bilatcli.query.subjects import find_places

    return [(match.code, match.name, match.kind) for match in find_places([name], index)]


def list_runs(words: Sequence[str]) -> list[str]:
    """Return all runs of words that are short enough for a name, the longest first."""
    longest = min(len(words), MAX_NAME_WORDS)
    return [
        " ".join(words[start : start + length])
        for length in range(longest, 0, -1)
        for start in range(len(words) - length + 1)
    ]


def find_bare_name(text: str, index: Index) -> list[NameEntry]:
    """Return the only country, or the subject, of a name without words for the form of a state.

    The text is normalized. Words such as "republic" may be those of any language.
    """
    if all(len(word) <= MAX_SHORT_WORD for word in text.split()) and text.isascii():
        return []
    from bilatcli.index.state_words import strip_state_words

    bare = strip_state_words(text)
    entries = look_up_names({bare.text}, index)[bare.text] if bare.word_count else []
    if any(kind in _LOOSE_KINDS for _, _, kind in entries):
        return []
    codes = {code for code, _, _ in entries}
    for plain, democratic in _NAMESAKES:
        if codes & {plain, democratic}:
            wanted = democratic if bare.is_democratic else plain
            is_sure = bare.is_democratic or bare.word_count == 1
            return [each for each in entries if each[0] == wanted and is_sure]
    return entries if len(entries) == 1 and codes.isdisjoint(NEVER_BARE) else []
