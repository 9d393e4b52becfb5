"""Compare the dates and the numbers of a sentence with those of a fact."""

from __future__ import annotations

import re
from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.claims.amounts import Amount
    from bilatcli.claims.reading import Reading
    from bilatcli.claims.record import RecordedFact
    from bilatcli.claims.times import Time

DIFFERS = "differs"
"""What `compare_time` returns for another date."""
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s(?=but\s)")


def compare_time(time: Time, claim: Reading, fact: RecordedFact) -> str:
    """Return "" if the fact has the time, `DIFFERS`, or why that is not sure."""
    if time.is_range and fact.spans:
        is_same = any(time.spans(span) for span in fact.spans)
        return "" if is_same else DIFFERS
    known = [*fact.main_times, *fact.reading.times]
    if fact.is_figure:
        is_known = any(time.is_same(other) for other in known)
    else:
        others = [each for each in fact.reading.times if _is_same_clause(time, each, claim, fact)]
        is_known = any(time.has(other) for other in [*fact.main_times, *others])
    if is_known:
        return ""
    if fact.end_times and time.last == fact.end_times[0].last:
        return "the record has this date for its end"
    if any(time.overlaps(other) for other in known):
        return f"the record has it for {describe_times(fact)}"
    return DIFFERS if known else "the record has no date for it"


def _is_same_clause(time: Time, other: Time, claim: Reading, fact: RecordedFact) -> bool:
    """Return True if a date of the fact's text is about what the sentence dates."""
    if any(other.has(main) or main.has(other) for main in fact.main_times):
        return True
    if not fact.main_times and len(fact.reading.times) == 1:
        return True
    claimed = _clause_tokens(claim, time) or claim.tokens
    return bool(claimed) and claimed <= _clause_tokens(fact.reading, other)


def describe_times(fact: RecordedFact) -> str:
    """Return the dates of a fact as EDTF."""
    times = fact.main_times or fact.reading.times
    return ", ".join(time.describe() for time in times)


def find_comparable(amount: Amount, claim: Reading, fact: RecordedFact) -> list[Amount]:
    """Return the numbers of a fact that may count what a number of a sentence counts."""
    return [
        other
        for other in fact.reading.amounts
        if other.unit == amount.unit and _counts_same(amount, other, claim, fact)
    ]


def _counts_same(amount: Amount, other: Amount, claim: Reading, fact: RecordedFact) -> bool:
    """Return True if two numbers in one unit may count the same things."""
    if _flow_of(amount, claim, fact) != _flow_of(other, fact.reading, fact):
        return False
    if amount.unit:
        return True
    if amount.head & other.head:
        return True
    return not amount.head and not other.head


def _flow_of(amount: Amount, reading: Reading, fact: RecordedFact) -> str:
    """Return which of `export` and `import` a number belongs to, if the fact has both."""
    if not {"export", "import"} <= fact.reading.tokens:
        return ""
    clause = next(
        ((start, end) for start, end in split_clauses(reading.text) if start <= amount.start < end),
        (0, len(reading.text)),
    )
    flows = [
        (abs(word.start - amount.start), token)
        for token, word in reading.token_words
        if token in ("export", "import") and clause[0] <= word.start < clause[1]
    ]
    return min(flows)[1] if flows else ""


def split_clauses(text: str) -> list[tuple[int, int]]:
    """Return the places of the clauses of a text: what commas, colons and semicolons part."""
    places = [0, *(match.start() for match in _CLAUSE_END.finditer(text)), len(text)]
    return list(pairwise(places))


def _clause_tokens(reading: Reading, time: Time) -> set[str]:
    """Return the words in the clause of a date."""
    text = reading.text
    start = max(
        (text.rfind(mark, 0, time.start) for mark in (";", ", ", ": ", " and ")), default=-1
    )
    ends = [found for mark in (";", ", ", ": ") if (found := text.find(mark, time.end)) >= 0]
    end = min(ends, default=len(text))
    return {token for token, word in reading.token_words if start < word.start < end}
