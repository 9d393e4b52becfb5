"""One name to its country: exactly by the index, else in its plain form, else by likeness, else none."""

from __future__ import annotations

from bilatcli.index.name_keys import bare, plain_form
from bilatcli.text import normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.misspellings import Alike

    Known = tuple[str, str, str]

EXACT_KINDS = ("name", "official", "native", "translation")
REMEMBERED = 50_000
"""More texts than this are not kept in memory."""


class Match:
    """A country that words were read as, by which kind of name, and how like: 100 where nothing differs."""

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
        """How it was found: `exact`, `alias`, `code` or `fuzzy`."""
        if self.kind in ("code", "fuzzy"):
            return self.kind
        return "exact" if self.kind in EXACT_KINDS else "alias"


class Resolution:
    """What one name was read as: the country, and the next likest; or `candidates` where it is ambiguous."""

    __slots__ = ("candidates", "input", "match", "runner_up")

    def __init__(
        self,
        input: str,
        match: Match | None = None,
        *,
        runner_up: Match | None = None,
        candidates: Sequence[Match] = (),
    ) -> None:
        self.input = input
        self.match = match
        self.runner_up = runner_up
        self.candidates = candidates


def lookup(folded: set[str], index: Index) -> dict[str, list[Known]]:
    """Return the countries that have a text for a name, as (code, name, kind), for each of the folded texts at least.

    What was looked up once is remembered with the index.
    """
    known = index.names
    new = sorted(folded.difference(known))
    if new:
        if len(known) > REMEMBERED:
            known.clear()
            new = sorted(folded)
        marks = ", ".join("?" * len(new))
        statement = f"""SELECT n.normalized, n.code, c.name, n.kind FROM name n JOIN country c ON c.code = n.code
            WHERE n.normalized IN ({marks}) ORDER BY n.normalized, c.name"""  # noqa: S608 -- question marks alone are put in
        known.update((text, []) for text in new)
        for text, code, name, kind in index.rows(statement, new):
            known[text].append((code, name, kind))
    return known


def plain(folded: str, index: Index) -> list[Known]:
    """Return the one country that a name means whose words stand in another order, with articles or without them."""
    form = plain_form(folded)
    statement = """SELECT p.code, c.name, p.kind FROM plain_name p JOIN country c ON c.code = p.code WHERE p.form = ?"""
    return (
        [(code, name, kind) for code, name, kind in index.rows(statement, (form,))] if form else []
    )


def resolve(name: str, index: Index) -> Resolution:
    """Return what a name as a whole is read as: exactly, else by likeness, else nothing."""
    folded = normalize(name)
    if not folded:
        return Resolution(name)
    known = _exactly(folded, index) or _by_parts(name, index)
    if known:
        matches = [Match(name, code, shown, kind=kind) for code, shown, kind in known]
        return (
            Resolution(name, matches[0])
            if len(matches) == 1
            else Resolution(name, candidates=matches)
        )
    alike = _alike(normalize(name.translate(_LOST)), index)
    if len(likely(alike)) > 1:
        return Resolution(name, candidates=matched(name, likely(alike), index))
    best, second, *_ = [*matched(name, alike[:2], index), None, None]
    return Resolution(name, best, runner_up=second)


def _exactly(folded: str, index: Index) -> list[Known]:
    """The countries that a text names as it stands, else in its plain form."""
    return lookup({folded}, index)[folded] or plain(folded, index)


def _by_parts(name: str, index: Index) -> list[Known]:
    """The countries that a name means as tables write it: misencoded, with notes, twice, or behind a place."""
    known: list[Known] = []
    for text in _mended(name):
        known = known or (_exactly(normalize(text), index) if normalize(text) else [])
    if known:
        return known
    for mark in "/,":
        parts = [normalize(part) for part in name.split(mark)]
        # Of what a comma parts, a country is the first or the last.
        chosen = parts if mark == "/" else [parts[0], parts[-1]]
        if not known and len(parts) > 1 and all(parts):
            known = [each for part in chosen for each in _exactly(part, index)]
    return list({code: (code, shown, kind) for code, shown, kind in known}.values())


def _mended(name: str) -> Iterable[str]:
    """What a name becomes once what happens to names in tables is undone."""
    # UTF-8 that was read as a Western European code page: an accented letter has become two characters.
    for codec in () if name.isascii() else ("cp1252", "latin-1"):
        try:
            yield name.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    if "&" in name:
        from html import unescape

        yield unescape(name)
    # What stands in brackets, and what numbers a row or points to a footnote.
    before, bracket, rest = name.partition("(" if "(" in name else "[")
    if bracket:
        yield before + rest.partition(")" if bracket == "(" else "]")[2]
    yield before.strip(_NOTES)
    words = normalize(before).split()
    yield " ".join(words[words[:1] == ["the"] : -1 if words[-1:] and len(words[-1]) == 1 else None])


_LOST = {ord("?"): None, 0xFFFD: None}
"""What stands for a letter that an encoding has lost."""
_NOTES = "0123456789\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079*†‡#/.,;:) "
"""What stands before or behind a name in a table and is no part of it."""


def _alike(folded: str, index: Index) -> list[Alike]:
    """What a text is like, else what it is like without the words that say what a country is."""
    from bilatcli.query import misspellings

    alike = misspellings.misspelt(folded, index, is_alone=True)
    stripped = bare(folded)
    return (
        alike
        if alike or stripped == folded
        else misspellings.misspelt(stripped, index, is_alone=True)
    )


def likely(alike: Sequence[Alike]) -> list[Alike]:
    """Return the likest of what a text is like, several where none is likelier by a margin."""
    from bilatcli.query.misspellings import MARGIN

    return [each for each in alike if alike[0].points - each.points < MARGIN]


def matched(input: str, alike: Sequence[Alike], index: Index) -> list[Match]:
    """Return countries that a text is like as they are shown."""
    shown = [
        index.rows("SELECT name FROM country WHERE code = ?", (each.code,))[0][0] for each in alike
    ]
    return [
        Match(input, a.code, name, kind="fuzzy" if a.score < 100 else "name", score=a.score)
        for a, name in zip(alike, shown, strict=True)
    ]


def suggestions(word: str, index: Index) -> list[Match]:
    """Return the countries that a word which is none may have meant, nearest first."""
    from bilatcli.query import misspellings

    return matched(word, misspellings.nearest(normalize(word), index, limit=3), index)
