"""Names of countries and subjects: look up a text that is one, in full or in its plain form."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.text import to_json
from bilatcli.vocabulary import SUBJECT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilatcli.index.store import Index

    NameEntry = tuple[str, str, str]
    """Code, display name, and kind of the name that was looked up.

    The kind `subject` stands for a subject that is not a country; then the code is its id.
    """

EXACT_KINDS = ("name", "official", "native", "translation")
SUBJECT_KINDS = (SUBJECT, "place")
"""The kinds of matches that are not countries."""
_LOOSE_KINDS = ("code", "capital")
"""Kinds of names that a text with a word for the form of a state cannot be."""
_NAMESAKES = (("CG", "CD"), ("KR", "KP"))
"""Two countries of one name, the second of which calls itself democratic."""
NEVER_BARE = frozenset(("CN", "DM", "CD", "CG", "KP", "KR"))
"""Countries whose name another state has too: the Republic of China, the Dominican Republic."""
MAX_CACHED_NAMES = 50_000
"""Maximum number of looked-up texts that an index keeps in memory."""

_FIND_NAMES = Statement(
    "find_names",
    """
    SELECT n.normalized, n.code, c.name, n.kind
    FROM name n JOIN country c ON c.code = n.code
    WHERE n.normalized IN (SELECT value FROM json_each(:texts))
    UNION ALL
    SELECT o.normalized, o.subject, s.name, 'subject'
    FROM subject_name o JOIN subject s ON s.id = o.subject
    WHERE o.normalized IN (SELECT value FROM json_each(:texts))
    ORDER BY 1, 3
    """,
)
_FIND_PLAIN_NAME = Statement(
    "find_plain_name",
    """
    SELECT p.code, c.name, p.kind
    FROM plain_name p JOIN country c ON c.code = p.code
    WHERE p.form = :form
    """,
)
_FIND_COUNTRIES = Statement(
    "find_countries",
    "SELECT code, name FROM country WHERE code IN (SELECT value FROM json_each(:codes))",
)


class Match:
    """A country that a text was read as, with the kind of name and a score: 100 is exact.

    The kind `member` stands for a country that is a member of what the text names. While a phrase
    is read, a match can be a subject (the code is its id) or a place (the code is its country's).
    """

    __slots__ = ("code", "input", "kind", "name", "score")

    def __init__(
        self, input: str, code: str, name: str, *, kind: str, score: float = 100.0
    ) -> None:
        self.input = input
        self.code = code
        self.name = name
        self.kind = kind
        self.score = score

    @property
    def match(self) -> str:
        """How the country was found: `exact`, `alias`, `code`, `fuzzy` or `member`."""
        if self.kind in ("code", "fuzzy", "member"):
            return self.kind
        return "exact" if self.kind in EXACT_KINDS else "alias"


def look_up_names(texts: set[str], index: Index) -> dict[str, list[NameEntry]]:
    """Return the countries of each normalized text. Other texts may be in the result as well.

    The index remembers all texts that were looked up.
    """
    known = index.names
    new = texts.difference(known)
    if new:
        if len(known) > MAX_CACHED_NAMES:
            known.clear()
            new = texts
        known.update((text, []) for text in new)
        for row in index.rows(_FIND_NAMES, {"texts": to_json(sorted(new))}):
            known[row["normalized"]].append((row["code"], row["name"], row["kind"]))
    return known


def drop_folded_codes(entries: list[NameEntry], typed: str) -> list[NameEntry]:
    """Return the meanings of a typed text without codes, if it has other letters than codes have.

    `Mỹ`, the United States in Vietnamese, has the letters of a code only after its accents are
    dropped.
    """
    if not any(kind == "code" for _, _, kind in entries) or typed.isascii():
        return entries
    from unicodedata import normalize

    is_plain = normalize("NFKC", typed).isascii()
    return entries if is_plain else [each for each in entries if each[2] != "code"]


def find_plain_name(text: str, index: Index) -> list[NameEntry]:
    """Return the only country whose name has the same words in another order or other articles.

    Words for the form of a state, such as "republic", may differ in all languages. The text is
    normalized. The list is empty if there is no such country.
    """
    from bilatcli.index.name_keys import sort_key_form

    form = sort_key_form(text)
    # Letters such as those of `R.-U.` are an abbreviation, whose order counts.
    has_words = any(len(word) > 1 for word in form.split())
    rows = index.rows(_FIND_PLAIN_NAME, {"form": form}) if has_words else []
    if rows:
        return [(row["code"], row["name"], row["kind"]) for row in rows]
    return _find_bare_name(text, index)


def _find_bare_name(text: str, index: Index) -> list[NameEntry]:
    """Return the only country, or the subject, of a name without words for the form of a state."""
    from bilatcli.index.state_words import strip_state_words

    bare = strip_state_words(text)
    entries = look_up_names({bare.text}, index)[bare.text] if bare.count else []
    if any(kind in _LOOSE_KINDS for _, _, kind in entries):
        return []
    codes = {code for code, _, _ in entries}
    for plain, democratic in _NAMESAKES:
        if codes & {plain, democratic}:
            wanted = democratic if bare.is_democratic else plain
            is_sure = bare.is_democratic or bare.count == 1
            return [each for each in entries if each[0] == wanted and is_sure]
    return entries if len(entries) == 1 and codes.isdisjoint(NEVER_BARE) else []


def fetch_country_names(codes: Iterable[str], index: Index) -> dict[str, str]:
    """Return the name of each country by its code, sorted; a code that is not one is left out.

    The index remembers all codes that were looked up.
    """
    known = index.names_by_code
    wanted = sorted(codes)
    if new := [code for code in wanted if code not in known]:
        known.update(dict.fromkeys(new, ""))
        rows = index.rows(_FIND_COUNTRIES, {"codes": to_json(new)})
        known.update((row["code"], row["name"]) for row in rows)
    return {code: known[code] for code in wanted if known[code]}
