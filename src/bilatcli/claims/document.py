"""The document of checked sentences: `bilatcli/verify@1`."""

from __future__ import annotations

from bilatcli.claims.candidates import FactFinder
from bilatcli.claims.parts import judge_sentence
from bilatcli.claims.reading import Reading
from bilatcli.claims.roles import find_roles
from bilatcli.claims.sentences import split_sentences
from bilatcli.claims.verdicts import NOT_CHECKABLE, VERDICTS, Verdict
from bilatcli.text import to_json
from bilatcli.views.document import Document
from bilatcli.views.fetch import fetch_sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from bilatcli.claims.sentences import Sentence
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request

NAME = "verify"
MAX_SENTENCE_LENGTH = 1_000
"""Characters of a sentence that is read; what is longer is no sentence."""


class Draft:
    """A text to check: its file, or None, and whether each line of it is a paragraph."""

    __slots__ = ("by_line", "file", "text")

    def __init__(self, text: str, file: str | None = None, *, by_line: bool = False) -> None:
        self.text = text
        self.file = file
        self.by_line = by_line


def verify(drafts: Sequence[Draft], request: Request, index: Index) -> Document:
    """Return the document that checks each sentence of some texts by the facts of an index.

    `request` has the day `as_of` whose record counts, and `today`. The sentences of Markdown are
    those of its running text.
    """
    finder = FactFinder(request, index)
    day = request.as_of or request.today or ""
    verdicts: list[Verdict] = []
    claims: list[str] = []
    for draft in drafts:
        for sentence in split_sentences(draft.text, by_line=draft.by_line):
            verdict = _judge_sentence(sentence, finder, day)
            verdicts.append(verdict)
            claims.append(to_json(_to_claim(draft, sentence, verdict)))
    facts = [fact for verdict in verdicts for fact in verdict.facts]
    ids = [id for fact in facts for id in fact.data["sources"]]
    found = [verdict.verdict for verdict in verdicts]
    counts = {verdict.replace(" ", "_"): found.count(verdict) for verdict in VERDICTS}
    members: dict[str, Any] = {
        "as_of": to_json(request.as_of),
        "counts": to_json(counts),
        "claims": claims,
        "sources": fetch_sources(ids, index),
    }
    document = Document(NAME, members, rows="claims")
    codes = {code for verdict in verdicts for code in verdict.reading.codes}
    codes |= {code for fact in facts for code in fact.countries}
    names = index.country_names
    document.name_countries({code: names[code] for code in sorted(codes) if code in names})
    return document


def _judge_sentence(sentence: Sentence, finder: FactFinder, day: str) -> Verdict:
    text = " ".join(sentence.text.split())
    if len(text) > MAX_SENTENCE_LENGTH:
        reading = Reading(text[:MAX_SENTENCE_LENGTH], finder.index, day)
        return Verdict(NOT_CHECKABLE, f"it has more than {MAX_SENTENCE_LENGTH:,} letters", reading)
    if sentence.is_quotation or text[:1] + text[-1:] in ("“”", '""', "«»"):
        return Verdict(NOT_CHECKABLE, "it is a quotation", Reading(text, finder.index, day))
    return judge_sentence(text, finder, day)


def _to_claim(draft: Draft, sentence: Sentence, verdict: Verdict) -> dict[str, Any]:
    return {
        "file": draft.file,
        "text": verdict.reading.text,
        "line": sentence.line,
        "column": sentence.column,
        "start": sentence.start,
        "end": sentence.end,
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "reading": _to_reading(verdict.reading),
        "facts": [fact.data for fact in verdict.facts],
    }


def _to_reading(reading: Reading) -> dict[str, Any]:
    """Return what was read in a sentence, as the document has it."""
    roles = find_roles(reading)
    is_directed = bool(roles.kind) and roles.is_complete and not reading.is_paired
    return {
        "countries": reading.codes,
        "subjects": [name.name for name in reading.names if name.is_subject],
        "from": sorted(roles.source) if is_directed else [],
        "to": sorted(roles.goal) if is_directed else [],
        "dates": [time.describe() for time in reading.times],
        "numbers": [
            {
                "text": amount.text,
                "low": amount.low,
                "high": amount.high,
                "unit": amount.unit or None,
                "vague": amount.vague or None,
            }
            for amount in reading.amounts
        ],
        "systems": sorted(reading.designations),
        "words": sorted(token for token in reading.tokens if ":" not in token),
        "negated": reading.is_negated,
        "reservations": sorted(reading.hedges),
    }
