"""Country names: resolve one name, exactly, in its plain form, as in tables, or misspelt."""

from __future__ import annotations

from bilatcli.index import SUBJECT, Statement
from bilatcli.index.name_keys import strip_generic
from bilatcli.normalization import normalize
from bilatcli.query.names import EXACT_KINDS, SUBJECT_KINDS, Match, look_up_names
from bilatcli.query.plain_names import (
    LOOSE_KINDS,
    NEVER_BARE,
    drop_folded_codes,
    find_bare_name,
    find_exactly,
    find_listed,
    find_place,
    find_spellings,
    list_runs,
)
from bilatcli.query.tokenizer import spell_flags

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.misspellings import FuzzyMatch
    from bilatcli.query.names import NameEntry
    from bilatcli.query.subjects import Subject

MIN_WITHIN_SCORE = 25.0
"""Minimum per cent of the letters of a name that the name of a country within it has."""

_LOST_LETTERS = {ord("?"): None, 0xFFFD: None}
"""Characters that replace a letter which an encoding lacks."""
_TABLE_MARKS = "0123456789\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079*†‡#/.,;:) "
"""Row numbers and footnote marks around a name in a table."""

_SUBJECT_NAME = Statement("subject_name", "SELECT name FROM subject WHERE id = :id")


class Resolution:
    """The result of resolving one name: a match and a runner-up, or candidates if ambiguous.

    `subject` is what the name means instead, if it is not a country.
    """

    __slots__ = ("candidates", "input", "match", "runner_up", "subject")

    def __init__(
        self,
        input: str,
        match: Match | None = None,
        *,
        runner_up: Match | None = None,
        candidates: Sequence[Match] = (),
        subject: Subject | None = None,
    ) -> None:
        self.input = input
        self.match = match
        self.runner_up = runner_up
        self.candidates = candidates
        self.subject = subject


def resolve_name(name: str, index: Index) -> Resolution:
    """Return the country that a name stands for as a whole: exactly, else misspelt, else none."""
    text = normalize(spell_flags(name))
    if not text:
        return Resolution(name)
    entries = find_entries(name, index)
    if entries is None:
        return _resolve_misspelt(name, text, index)
    return _resolve_entries(name, entries, index) if entries else Resolution(name)


def find_entries(name: str, index: Index) -> list[NameEntry] | None:
    """Return the meanings of a name; empty if its qualifier contradicts it, None if it has none."""
    text = normalize(spell_flags(name))
    is_plain = name.isascii() and name.replace(" ", "").isalnum()
    entries = [] if is_plain else find_spellings([name], index).get(name, [])
    entries = entries or drop_folded_codes(find_listed(text, index), name)
    entries = entries or find_place(name, index) or find_bare_name(text, index)
    entries = entries or _find_in_table_cell(name, index)
    if entries:
        return entries
    from bilatcli.query.qualifiers import find_qualified

    return find_qualified(name, index)


def _resolve_misspelt(name: str, text: str, index: Index) -> Resolution:
    """Return the country that a name, which is `text` if normalized, resembles, or names within.

    A word that is known to be something else resembles none, and neither does a part of a country
    with words for its form: `Inner Mongolia Autonomous Region`.
    """
    from bilatcli.index.state_words import strip_state_words
    from bilatcli.query.misspellings import is_common_word

    if is_common_word(text, index):
        return Resolution(name)
    bare = strip_state_words(text)
    if bare.word_count and (place := find_place(bare.text, index)):
        return _resolve_entries(name, place, index)
    found = _find_misspelt(normalize(name.translate(_LOST_LETTERS)), index)
    if not found and (within := _find_within_name(name, text, index)):
        return Resolution(name, within)
    leaders = to_matches(name, keep_leaders(found), index)
    if leaders and leaders[0].kind == SUBJECT:
        return _resolve_subject(leaders[0], index)
    if len(leaders) > 1:
        return Resolution(name, candidates=leaders)
    countries = [match for match in found if match.kind != SUBJECT]
    best, second, *_ = [*to_matches(name, countries[:2], index), None, None]
    return Resolution(name, best, runner_up=second)


def _resolve_entries(name: str, entries: Iterable[NameEntry], index: Index) -> Resolution:
    """Return the resolution of a name with one or more meanings; subjects are the last choice."""
    matches = [Match(name, code, shown, kind=kind) for code, shown, kind in entries]
    countries = [match for match in matches if match.kind not in SUBJECT_KINDS]
    if not countries:
        return _resolve_subject(matches[0], index)
    if len(countries) > 1:
        return Resolution(name, candidates=countries)
    return Resolution(name, countries[0])


def _resolve_subject(match: Match, index: Index) -> Resolution:
    """Return the resolution of a name of a subject. The candidates are successors of a state."""
    from bilatcli.query.subjects import country_labels, load_subjects

    (subject,) = load_subjects([match], index)
    candidates = [
        Match(match.input, code, name, kind="former")
        for code, name in country_labels(subject.successors, index)
    ]
    return Resolution(match.input, candidates=candidates, subject=subject)


def _find_within_name(name: str, text: str, index: Index) -> Match | None:
    """Return the only country that a name with words for the form of a state has the name of.

    The other words are not known: `Bolivarianska republiken Venezuela`. Of a state and its
    territory, it is the territory. The score is the share of the letters that are known.
    """
    from bilatcli.index.state_words import MAX_ARTICLE_LETTERS, strip_state_words

    bare = strip_state_words(text)
    if not bare.word_count or "democratic" in bare.marks:
        return None
    runs = list_runs(bare.text.split())
    known = look_up_names(set(runs), index)
    named = [
        (run, code, shown, kind)
        for run in runs
        for code, shown, kind in known[run]
        if kind not in LOOSE_KINDS and len(run) > MAX_ARTICLE_LETTERS
    ]
    found = {(code, shown): run for run, code, shown, kind in named if kind in EXACT_KINDS}
    codes = {code for _, code, _, _ in named}
    known_letters = 0
    if len(codes) > 1:
        from bilatcli.query.qualifiers import list_territories

        territories = list_territories(codes)
        states = {run for run, code, _, _ in named if code not in territories}
        found = {key: run for key, run in found.items() if key[0] in territories}
        known_letters = sum(map(len, states))
    elif bare.is_part:
        return None
    if len(found) != 1:
        return None
    (((code, shown), run),) = found.items()
    score = round(min(100, 100 * (len(run) + known_letters) / len(bare.text)), 1)
    is_sure = score >= MIN_WITHIN_SCORE and code not in NEVER_BARE
    return Match(name, code, shown, kind="fuzzy", score=score) if is_sure else None


def _find_in_table_cell(name: str, index: Index) -> list[NameEntry]:
    """Return the countries of a name as tables write it.

    It may be misencoded, have notes, be given in two languages, or have a place next to it.
    """
    for variant in _clean_variants(name):
        text = normalize(variant)
        entries = drop_folded_codes(find_exactly(text, index) if text else [], name)
        if any(map(str.isdigit, name)):
            # `COM1` and `1#IND` are not countries.
            entries = [each for each in entries if each[2] != "code"]
        if entries:
            return entries
    if "/" in name:
        parts = filter(None, map(normalize, name.split("/")))
        entries = [entry for part in parts for entry in find_exactly(part, index)]
        return list({entry[0]: entry for entry in entries}.values())
    return []


def _clean_variants(name: str) -> Iterator[str]:
    """Yield the name with typical damage of tables undone, one kind of damage at a time."""
    # UTF-8 that was decoded as a Western European code page: each accented letter became two.
    for codec in () if name.isascii() else ("cp1252", "latin-1"):
        try:
            yield name.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    if "&" in name:
        from html import unescape

        yield unescape(name)
    yield name.strip(_TABLE_MARKS)
    words = normalize(name).split()
    *_, last = name.split()
    if len(words) > 1 and len(words[-1]) == 1 and normalize(last) == words[-1]:
        # The letter of a footnote, with a space before it, unlike that of `Palu'e`.
        words = words[:-1]
    yield " ".join(words[1:] if words[:1] == ["the"] else words)


def _find_misspelt(text: str, index: Index) -> list[FuzzyMatch]:
    """Return the countries that a normalized text resembles, with or without generic words."""
    from bilatcli.index.state_words import strip_state_words
    from bilatcli.query.misspellings import find_misspelt
    from bilatcli.query.misspelt_states import find_misspelt_state

    bare = strip_state_words(text)
    if bare.word_count:
        return find_misspelt_state(text, bare, index)
    found = find_misspelt(text, index, is_alone=True)
    stripped = strip_generic(text)
    if found or stripped == text:
        return found
    return find_misspelt(stripped, index, is_alone=True)


def keep_leaders(found: Sequence[FuzzyMatch]) -> list[FuzzyMatch]:
    """Return the best match, and those that it does not lead by the required margin.

    A subject among them is the only one: what resembles a subject is not read as a country.
    """
    from bilatcli.query.misspellings import MIN_LEAD

    leaders = [match for match in found if found[0].rank_score - match.rank_score < MIN_LEAD]
    subjects = [match for match in leaders if match.kind == SUBJECT]
    return subjects[:1] or leaders


def to_matches(input: str, found: Sequence[FuzzyMatch], index: Index) -> list[Match]:
    """Return fuzzy matches of a text as `Match` objects with display names."""
    return [_to_match(input, each, index) for each in found]


def _to_match(input: str, found: FuzzyMatch, index: Index) -> Match:
    if found.kind == SUBJECT:
        (row,) = index.rows(_SUBJECT_NAME, {"id": found.code})
        return Match(input, found.code, row["name"], kind=SUBJECT, score=found.score)
    kind = "fuzzy" if found.score < 100 else "name"
    return Match(input, found.code, index.country_names[found.code], kind=kind, score=found.score)


def suggest_countries(word: str, index: Index) -> list[Match]:
    """Return at most three countries and subjects whose names are near a word, best first."""
    from bilatcli.query.misspellings import find_similar

    return to_matches(word, find_similar(normalize(word), index, limit=3), index)
