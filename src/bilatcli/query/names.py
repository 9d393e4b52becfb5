"""Names of countries and subjects: look up a text that is one, in full or in its plain form."""

from __future__ import annotations

from bilatcli.index import SUBJECT, Statement
from bilatcli.text import to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index.store import Index

    NameEntry = tuple[str, str, str]
    """Code, display name, and kind of the name that was looked up.

    The kind `subject` stands for a subject that is not a country; then the code is its id.
    """

CONJUNCTIONS = frozenset("and between of the versus vs with".split())
"""English words that join two countries, and never filter facts."""

STOP_CODES = frozenset("am are as at be by can do in is it me my no nor per so to".split())
"""Country codes that are English words. They count as codes only if nothing else makes sense."""

UNLIKELY_CODES = STOP_CODES | CONJUNCTIONS

EXACT_KINDS = ("name", "official", "native", "translation")
SUBJECT_KINDS = (SUBJECT, "place")
"""The kinds of matches that are not countries."""
MAX_COUNTRIES = 6
"""Maximum number of countries in a question."""
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
        # No name has a NUL, and SQLite would end the text there.
        asked = sorted(text for text in new if "\0" not in text)
        for row in index.rows(_FIND_NAMES, {"texts": to_json(asked)}):
            known[row["normalized"]].append((row["code"], row["name"], row["kind"]))
    return known


def read_names_only(words: Sequence[str], index: Index) -> list[Match] | None:
    """Return the country of each word; None unless each is the code or name of one country.

    Most questions are such words. The parser reads them in the same way, but has to be imported.
    """
    typed = " ".join(words).split()
    normalized = [word.lower() for word in typed if word.isascii() and word.isalnum()]
    is_plain = len(normalized) == len(typed) <= MAX_COUNTRIES
    if not is_plain or not UNLIKELY_CODES.isdisjoint(normalized):
        return None
    ends = range(2, len(typed) + 1)
    longer = {" ".join(normalized[start:end]) for end in ends for start in range(end - 1)}
    known = look_up_names({*normalized, *longer}, index)
    found = [known[word] for word in normalized]
    if any(known[text] for text in longer) or not all(map(_is_one_country, found)):
        return None
    kinds = [kind for ((_, _, kind),) in found]
    codes = kinds.count("code")
    if codes and len(kinds) - codes > 1:
        return None  # A code may be the word that joins two names.
    return [
        Match(word, code, name, kind=kind)
        for word, ((code, name, kind),) in zip(typed, found, strict=True)
    ]


def _is_one_country(entries: Sequence[NameEntry]) -> bool:
    return len(entries) == 1 and entries[0][2] not in SUBJECT_KINDS


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
