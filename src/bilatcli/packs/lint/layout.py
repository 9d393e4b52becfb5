"""Rules on the layout of a pack. `check --fix` fixes what they find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilatcli.packs.lint import edits
from bilatcli.packs.lint.base import NOTE, LintContext, Violation, rule


@rule("BL301", "key-order", NOTE)
def key_order(context: LintContext) -> Iterator[Violation]:
    """A key is not in its usual place within the table.

    The order is that of `docs/packs.md`: first what a fact is, then what it says, its dates, its
    actors, its sources, and last the keys of its topic. Tables in the same order are easier to read
    and compare. The rule reports the first key of a table that has to move. `--fix` sorts the keys,
    and keeps each comment with the key below it or on its line.
    """
    for section in context.positions.sections:
        order = edits.get_key_order(context.pack, section.path)
        keys = [str(pair.path[-1]) for pair in section.pairs]
        if not set(keys) <= set(order):
            continue
        ranks = [order.index(key) for key in keys]
        if ranks == sorted(ranks):
            continue
        key = keys[_first_to_move(ranks)]
        before = [each for each in order[: order.index(key)] if each in keys]
        where = f"after `{before[-1]}`" if before else "first"
        yield (*section.path, key), f"`{key}` is out of order", f"put it {where}, or use `--fix`"


def _first_to_move(ranks: Sequence[int]) -> int:
    """Return the first position outside the longest increasing subsequence, which can stay."""
    runs: list[list[int]] = []
    for i, rank in enumerate(ranks):
        before = max((run for run in runs if ranks[run[-1]] < rank), key=len, default=[])
        runs.append([*before, i])
    longest = max(runs, key=len)
    return next(i for i in range(len(ranks)) if i not in longest)


@rule("BL302", "spacing", NOTE)
def spacing(context: LintContext) -> Iterator[Violation]:
    """A line has invisible or irregular blanks, or a blank line is superfluous.

    The rule reports blanks at the end of a line or before a key, a header or a comment; `=` without
    exactly one blank on each side; more than one blank line, or one at the start or end of the
    file; and a missing line break at the end. Such differences look like changes in a diff. Values
    that span several lines are left alone. `--fix` fixes all of these.
    """
    for edit in edits.find_spacing_edits(context.text, context.positions):
        yield edit.position, edit.what, edit.remedy
