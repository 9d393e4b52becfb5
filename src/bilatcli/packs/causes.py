"""Keep one problem for each cause: what only follows from another problem is left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bilatcli.packs.models import Fact
from bilatcli.packs.problems import PackProblem
from bilatcli.packs.validation import ONLY

if TYPE_CHECKING:
    from bilatcli.packs.positions import Path

_NAMED = re.compile(r"(?:did you mean|write) `([^`]+)`")
"""A remedy that names what to write."""
_ALL = 10**9
"""The number of broken ids if the list of records itself is wrong."""


def keep_causes(values: Sequence[PackProblem], records: Sequence[PackProblem]) -> list[PackProblem]:
    """Return the problems of `values` and those between `records`, one for each cause."""
    meant = _find_meant_keys(values)
    values = [each for each in values if each.is_at_key or each.path not in meant]
    values = _join_foreign_keys(values)
    broken = _count_broken_ids(values)
    if ("source",) in meant or any(each.path == ("source",) for each in values):
        broken[()] = _ALL
    values, records = _choose_at_same_place(values, records)
    return _join_equal([*values, *_leave_out_dangling(records, broken)])


def _find_meant_keys(values: Iterable[PackProblem]) -> set[Path]:
    """Return the paths of the keys that misspelt ones mean: these only seem to be missing."""
    return {
        (*each.path[:-1], named[1])
        for each in values
        if each.is_at_key and (named := _NAMED.match(each.remedy))
    }


def _join_foreign_keys(values: Sequence[PackProblem]) -> list[PackProblem]:
    """Join the keys of another topic in a fact: the topic is wrong, so none of its own is missing.

    One such key is a slip of its own.
    """
    foreign: dict[tuple[Path, str], list[PackProblem]] = defaultdict(list)
    for each in values:
        if each.is_at_key and each.remedy.startswith(ONLY):
            foreign[each.path[:-1], each.remedy].append(each)
    joined = {key: each for key, each in foreign.items() if len(each) > 1}
    facts = {path for path, _ in joined}
    kept = []
    for each in values:
        same = joined.get((each.path[:-1], each.remedy), [each])
        is_own = each.path[:-1] in facts and each.path[-1] not in Fact.model_fields
        if each is same[0] and not (is_own and each.what.endswith("is missing")):
            kept.append(_join_keys(same))
    return kept


def _join_keys(same: Sequence[PackProblem]) -> PackProblem:
    """Return unknown keys with the same remedy as one problem, at the first of them."""
    if len(same) == 1:
        return same[0]
    keys = ", ".join(f"`{each.path[-1]}`" for each in same)
    remedy = same[0].remedy.replace("have it: remove it", "have them: remove them")
    return replace(same[0], what=f"unknown keys {keys}", remedy=remedy)


def _count_broken_ids(values: Iterable[PackProblem]) -> dict[Path, int]:
    """Return the number of records with a wrong or missing id by the path of their parent."""
    broken: dict[Path, int] = defaultdict(int)
    for each in values:
        if each.path[-1:] == ("id",) and len(each.path) >= 3:
            broken[each.path[:-3]] += 1
    return broken


def _choose_at_same_place(
    values: Sequence[PackProblem], records: Sequence[PackProblem]
) -> tuple[list[PackProblem], list[PackProblem]]:
    """Of two problems at one place keep the one that names what to write, else that of the value.

    A value inside a list is at the place of the list.
    """
    named = {each.path for each in records if _NAMED.search(each.remedy)}
    kept = [each for each in values if each.is_at_key or each.path not in named]
    taken = {each.path[:end] for each in kept for end in range(1, len(each.path) + 1)}
    return kept, [each for each in records if each.path not in taken]


def _leave_out_dangling(
    records: Iterable[PackProblem], broken: Mapping[Path, int]
) -> list[PackProblem]:
    """Leave out references to unknown ids that the ids of records explain, which are broken too."""
    records = list(records)
    unknown: dict[Path, set[object]] = defaultdict(set)
    for each in records:
        if each.cause is not None and each.cause.parent is not None:
            unknown[each.cause.parent].add(each.cause.text)
    explained = {parent for parent, ids in unknown.items() if len(ids) <= broken.get(parent, 0)}
    return [each for each in records if each.cause is None or each.cause.parent not in explained]


def _join_equal(problems: Sequence[PackProblem]) -> list[PackProblem]:
    """Return problems with the same cause as one, at the first of their places."""
    places: dict[object, int] = defaultdict(int)
    for each in problems:
        places[each.cause] += 1
    kept = []
    for each in problems:
        count = places.pop(each.cause, 0) if each.cause is not None else 1
        if count:
            what = each.what if count == 1 else f"{each.what} (in {count:,} places)"
            kept.append(replace(each, what=what))
    return kept
