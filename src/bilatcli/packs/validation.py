"""pydantic's validation errors as problems of a pack, in the terms of its editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args

from bilatcli import vocabulary
from bilatcli.fuzzy import did_you_mean, find_nearest
from bilatcli.packs import country_models, models, subject_models, table_models
from bilatcli.packs.bundled_countries import suggest_code
from bilatcli.packs.problems import Cause, PackProblem
from bilatcli.packs.record import Record

if TYPE_CHECKING:
    from pydantic import ValidationError

    from bilatcli.packs.positions import Path

MIN_SIMILARITY = 70
"""Minimum similarity of a suggestion, 0 to 100: a wrong guess would hide the allowed words."""

ONLY = "only"
"""How the remedy for a key of another topic begins."""

_TEXT = ("text", "put it in quotes")
_TABLE = ("a table", "start it with its own [header]")
_EXPECTED = {
    "string_type": _TEXT,
    "bool_type": ("true or false", "write it without quotes"),
    "int_type": ("a whole number", "write it without quotes and without a fraction"),
    "number_type": ("a number", "write it without quotes"),
    "tuple_type": ("a list", "put it in [ ]"),
    "date_type": ("a date", "write it as 2026-11-23, without quotes"),
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
}
"""For each of pydantic's type errors, what a value must be and the remedy."""

_NUMBER_TAGS = (("int",), ("float",))

_TOML_TYPES = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a table",
}

_TABLES: dict[str, type[Record]] = {
    "pack": models.Header,
    "expect": models.Expect,
    "floor": models.Floor,
    "gaps": models.Gaps,
    "passages": models.Passage,
    "source": models.Source,
    "relation": models.Relation,
    "table": table_models.Table,
    "country": country_models.Country,
    "names": country_models.Name,
    "subject": subject_models.Subject,
    "place": subject_models.Places,
}
"""The record of each kind of table, by the key that it has in the file."""


def to_problems(model: type[Record], raw: Any, error: ValidationError) -> list[PackProblem]:
    """Return the problems that pydantic found in `raw`, a file's content."""
    problems = (_to_problem(model, raw, each) for each in error.errors(include_url=False))
    # A value that is neither a whole number nor one with a fraction is an error of both types.
    return list(dict.fromkeys(problem for problem in problems if problem is not None))


def _to_problem(model: type[Record], raw: Any, error: Any) -> PackProblem | None:
    """Return one error as a problem, or None if another error explains it."""
    path, value = _without_tags(error["loc"]), error["input"]
    keys = [part for part in path if isinstance(part, str)]
    name = f"`{keys[-1]}`" if keys else "the file"
    kind = "number_type" if error["loc"][-1:] in _NUMBER_TAGS else error["type"]
    match kind:
        case "missing":
            return PackProblem(path, f"{name} is missing", "add it")
        case "extra_forbidden":
            remedy = _unknown_key_remedy(model, raw, error["loc"])
            return (
                None
                if remedy is None
                else PackProblem(path, f"unknown key {name}", remedy, is_at_key=True)
            )
        case "literal_error" if isinstance(value, str):
            words = _allowed_words(model, error["loc"])
            otherwise = f"use one of {', '.join(words)}"
            remedy = did_you_mean(value, words, otherwise=otherwise, cutoff=MIN_SIMILARITY)
            return PackProblem(path, f"{name}: `{value}` is not an allowed value", remedy)
        case "pack":
            context = error["ctx"]
            cause = Cause(context["cause"]) if context["cause"] else None
            what = f"{name}: {context['what']}"
            return PackProblem(path, what, context["remedy"], cause=cause)
        case kind if kind in _EXPECTED or kind == "literal_error":
            expected, remedy = _EXPECTED.get(kind, _TEXT)
            remedy = _find_type_remedy(path, value) or remedy
            found = _TOML_TYPES.get(type(value), "a date or time")
            return PackProblem(path, f"{name} must be {expected}, not {found}", remedy)
        case _:
            message = f"{error['msg'][:1].lower()}{error['msg'][1:]}"
            return PackProblem(path, f"{name}: {message}", "correct the value")


def _find_type_remedy(path: Path, value: object) -> str | None:
    """Return the remedy for a header with too few or many brackets, or a country as a number."""
    keys = [part for part in path if isinstance(part, str)]
    if isinstance(value, dict) and keys[-1:] in (["source"], ["relation"], ["fact"], ["table"]):
        return f"write `[[{'.'.join(keys)}]]`"
    if isinstance(value, list) and path == ("pack",):
        return "write `[pack]`"
    if isinstance(value, int) and keys[-1:] in (["countries"], ["partners"]):
        return suggest_code(f"{value:03}")
    return None


def _without_tags(location: Sequence[str | int]) -> Path:
    """Return the path of an error without the tags that pydantic adds.

    They are for the type of a fact, and for the type of a number.
    """
    path = tuple(
        part
        for position, part in enumerate(location)
        if not (position >= 2 and part in models.FACT_TYPES and location[position - 2] == "fact")
    )
    return path[:-1] if path[-1:] in _NUMBER_TAGS else path


def _record_at(model: type[Record], location: Sequence[str | int]) -> type[Record]:
    """Return the type of the record that holds the last key of a location."""
    for part in reversed(location[:-1]):
        if part in models.FACT_TYPES:
            return models.FACT_TYPES[str(part)]
        if part in _TABLES:
            return _TABLES[str(part)]
    return model


def _allowed_words(model: type[Record], location: Sequence[str | int]) -> Sequence[str]:
    """Return the words that the key at a location allows."""
    key = str(location[-1])
    if key == "topic":
        # A fact with an unknown topic is taken for a plain one, which allows only some topics.
        return vocabulary.TOPICS
    return _literal_words(_record_at(model, location).model_fields[key].annotation)


def _literal_words(annotation: Any) -> list[str]:
    """Return the words of the Literal in an annotation."""
    return [
        word
        for argument in get_args(annotation)
        for word in ([argument] if isinstance(argument, str) else _literal_words(argument))
    ]


def _unknown_key_remedy(model: type[Record], raw: Any, location: Sequence[str | int]) -> str | None:
    """Return the remedy for an unknown key; None if a wrong topic explains it."""
    name, record = str(location[-1]), _record_at(model, location)
    near = find_nearest(name, record.model_fields, cutoff=MIN_SIMILARITY)
    if near:
        return f"did you mean `{near}`?"
    if issubclass(record, models.Fact):
        tags = [tag for tag, type in models.FACT_TYPES.items() if name in type.model_fields]
        if tags and not _has_known_topic(raw, location):
            return None
        if tags:
            return f"{ONLY} {' and '.join(tags)} facts have it: remove it, or change the topic"
    return f"remove it; known keys are {', '.join(record.model_fields)}"


def _has_known_topic(raw: Any, location: Sequence[str | int]) -> bool:
    table = raw
    for part in _without_tags(location)[:-1]:
        table = table[part]
    return table.get("topic") in vocabulary.TOPICS
