"""Packs on disk: read TOML into records, or raise every problem at once, each with its place and what to do."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import tomli

from bilatcli import vocabulary
from bilatcli.errors import PackError, Problem
from bilatcli.fuzzy import nearest
from bilatcli.packs import country_models, integrity, models
from bilatcli.packs.country_models import Attributes, Country, Translations
from bilatcli.packs.models import Pack

Finding = tuple[integrity.Path, bool, str, str]
"""Where in a file, whether the key there is meant rather than its value, what is wrong, what to do."""

MAX_BYTES = 64 * 1024 * 1024
"""A pack larger than this is refused: a file that size is hardly a pack, and reading it would take gigabytes."""
MAX_MARKS = 1_000_000
"""The same for a pack with more of the marks that values and keys come with (`=`, `,`, `[`, `{`, `.`): one may be of
nothing else, and each may cost a kilobyte."""
MAX_PREFIXES = 50_000_000
"""The same for a pack whose keys, by the dots of its lines, may have beginnings of more parts: tomli keeps them all."""
MAX_PROBLEMS = 10_000
"""A pack in which more is wrong is told to be none, instead of each value."""
MAX_DIGITS = 4_300
"""A whole number of more digits is refused, by Python itself."""
MAX_DEPTH = 32
"""Where what cannot be read is nested deeper, that is why; in a pack values are not even four deep."""

_MARKS = (b"=", b",", b"[", b"{", b".")
_HARMLESS = 200
"""A line of as many bytes is no key of more than a hundred parts: of these MAX_MARKS allows no more than will do."""

_TYPES = {
    "string_type": ("text", "put it in quotes"),
    "bool_type": ("true or false", "write it without quotes"),
    "int_type": ("a whole number", "write it without quotes and without a fraction"),
    "tuple_type": ("a list", "put it in [ ]"),
    "date_type": ("a date", "write it as 2026-11-23, without quotes"),
    "model_type": ("a table", "begin it with a [header] of its own"),
    "model_attributes_type": ("a table", "begin it with a [header] of its own"),
}


def load(path: str | os.PathLike[str]) -> Pack:
    """Return the pack in the file `path`.

    Raises PackError with all that is wrong with it: the file itself, its TOML, its values, what they refer to.
    """
    return _load(models.Pack, path)


def read(text: str, path: str | os.PathLike[str]) -> Pack:
    """Return the pack that `text` is, which stands or may stand in the file `path`; raises PackError as `load` does."""
    return _read(models.Pack, text, path)


def load_countries(path: str | os.PathLike[str]) -> tuple[Country, ...]:
    """Return the countries in the file `path`; raises PackError as `load` does."""
    return _load(country_models.CountryList, path).country


def load_translations(path: str | os.PathLike[str]) -> tuple[Translations, ...]:
    """Return the names of countries in many languages in the file `path`; raises PackError as `load` does."""
    return _load(country_models.TranslationList, path).country


def load_attributes(path: str | os.PathLike[str]) -> tuple[Attributes, ...]:
    """Return the attributes of countries in the file `path`; raises PackError as `load` does."""
    return _load(country_models.AttributeList, path).country


def load_words(path: str | os.PathLike[str]) -> list[str]:
    """Return the words in the file `path`, one a line, without lines that begin with `#`; raises as `load` does."""
    return [line for line in read_text(path).splitlines() if line and not line.startswith("#")]


def _load(kind: type[models.Read], path: str | os.PathLike[str]) -> models.Read:
    return _read(kind, read_text(path), path)


def _read(kind: type[models.Read], text: str, path: str | os.PathLike[str]) -> models.Read:
    try:
        raw = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise _broken(
            path, f"this is not TOML ({error.msg.lower()})", "mend it here", **place
        ) from None
    except (RecursionError, ValueError):
        raise _excessive(text, path) from None
    record, refused = models.parse(kind, raw)
    if refused is not None and refused.error_count() > MAX_PROBLEMS:
        raise _hopeless(path)
    errors = [] if refused is None else refused.errors(include_url=False)
    findings = [told for each in errors if (told := _told(kind, raw, each)) is not None]
    if kind is models.Pack:
        more = islice(integrity.findings(raw), MAX_PROBLEMS + 1)
        findings += [(where, False, what, remedy) for where, what, remedy in more]
    if len(findings) > MAX_PROBLEMS:
        raise _hopeless(path)
    if record is None or findings:
        raise PackError(_placed(text, path, findings))
    return record


def _excessive(text: str, path: str | os.PathLike[str]) -> PackError:
    """The error of a number too long or of values nested too deep for anything to be made of them."""
    from bilatcli.packs.positions import Positions

    line, column = Positions(text).of_excess(MAX_DIGITS, MAX_DEPTH)
    what = f"this TOML cannot be read (a number of more than {MAX_DIGITS:,} digits, or values {MAX_DEPTH} deep)"
    return _broken(path, what, "make it simpler", line=line, column=column)


def _hopeless(path: str | os.PathLike[str]) -> PackError:
    return _broken(
        path, f"this has more than {MAX_PROBLEMS:,} problems", "begin a pack with `bilatcli new`"
    )


def _broken(path: str | os.PathLike[str], what: str, remedy: str, **place: int) -> PackError:
    return PackError([Problem(what, remedy, file=os.fspath(path), **place)])


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a file, without a byte order mark; a problem of the file as a whole is a PackError."""
    file = Path(path)
    try:
        if file.is_dir():
            raise _broken(path, "this is a folder", "give the packs in it, files that end in .toml")
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _broken(
            path, f"this cannot be read ({(error.strerror or 'error').lower()})", "check the path"
        ) from None
    content = content.removeprefix(BOM_UTF8)
    _require_bounds(content, path)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise _broken(
            path, "this is not UTF-8", "save the file as UTF-8", **_at(content, error.start)
        ) from None
    if not text.strip():
        raise _broken(path, "this is empty", "begin a pack with a [pack] table")
    return text


def _require_bounds(content: bytes, path: str | os.PathLike[str]) -> None:
    """Raise PackError, with the place where it goes too far, for a file that would take gigabytes or hours to read."""
    if len(content) > MAX_BYTES:
        what = f"this is larger than {MAX_BYTES >> 20} MiB"
        raise _broken(path, what, "split it into several packs", **_at(content, MAX_BYTES))
    if sum(map(content.count, _MARKS)) > MAX_MARKS:
        marks = re.finditer(b"[%s]" % re.escape(b"".join(_MARKS)), content)
        last = next(islice(marks, MAX_MARKS, None)).start()
        what = f"this has more than {MAX_MARKS:,} values"
        raise _broken(path, what, "split it into several packs", **_at(content, last))
    lines = content.split(b"\n")
    dots = [line.count(b".") for line in lines if len(line) > _HARMLESS]
    if sum(each * each for each in dots) > 2 * MAX_PREFIXES:
        most = max(dots)
        number = next(number for number, line in enumerate(lines, 1) if line.count(b".") == most)
        what = f"this may be a key of {most + 1:,} parts, of which a pack has three"
        raise _broken(path, what, "break the line, or take it out", line=number, column=1)


def _at(content: bytes, offset: int) -> dict[str, int]:
    """Line and column of a byte."""
    before = content[:offset].split(b"\n")
    return {"line": len(before), "column": len(before[-1].decode(errors="replace")) + 1}


def _told(kind: type[models.Record], raw: Any, error: Any) -> Finding | None:
    """One finding of pydantic's as (path, whether the key is meant, what, remedy); None for what another one says."""
    path = _without_tags(error["loc"])
    name = path[-1] if path else ""
    match error["type"]:
        case "missing":
            return path, False, f"`{name}` is missing", "add it"
        case "extra_forbidden":
            remedy = _unknown_key(kind, raw, error["loc"], str(name))
            return (path, True, f"unknown key `{name}`", remedy) if remedy else None
        case unfit if unfit in _TYPES:
            wanted, remedy = _TYPES[unfit]
            return (
                path,
                False,
                f"{_named(path)} must be {wanted}, not {_kind(error['input'])}",
                remedy,
            )
        case "pack":
            return path, False, f"{_named(path)}: {error['ctx']['what']}", error["ctx"]["remedy"]
        case _:
            return (
                path,
                False,
                f"{_named(path)}: {error['msg'][:1].lower()}{error['msg'][1:]}",
                "correct the value",
            )


def _without_tags(location: tuple[str | int, ...]) -> integrity.Path:
    """The path of a finding without the tags that pydantic puts behind the position of a fact."""
    return tuple(
        part
        for position, part in enumerate(location)
        if not (position >= 2 and part in models.FACT_TYPES and location[position - 2] == "fact")
    )


def _named(path: integrity.Path) -> str:
    """The last key of a path, by which a person finds a value."""
    keys = [part for part in path if isinstance(part, str)]
    return f"`{keys[-1]}`" if keys else "the file"


def _kind(value: Any) -> str:
    kinds = {
        str: "text",
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        list: "a list",
    }
    return kinds.get(type(value), "a table" if isinstance(value, dict) else "a date or time")


def _unknown_key(
    kind: type[models.Record], raw: Any, location: tuple[str | int, ...], name: str
) -> str | None:
    """What to do about a key that its table does not have; None where its topic is wrong, which says it all."""
    owner = _owner(kind, location)
    near = nearest(name, owner.model_fields, cutoff=70)
    if near:
        return f"did you mean `{near}`?"
    if issubclass(owner, models.Fact):
        others = [tag for tag, kind in models.FACT_TYPES.items() if name in kind.model_fields]
        if others and _topic_is_wrong(raw, location):
            return None
        if others:
            return f"only {' and '.join(others)} facts have it: take it out, or change the topic"
    return f"take it out; known are {', '.join(owner.model_fields)}"


def _topic_is_wrong(raw: Any, location: tuple[str | int, ...]) -> bool:
    table = raw
    for part in _without_tags(location)[:-1]:
        table = table[part]
    return table.get("topic") not in vocabulary.TOPICS


def _owner(kind: type[models.Record], location: tuple[str | int, ...]) -> type[models.Record]:
    """The type of the record that a finding stands in."""
    for part in reversed(location[:-1]):
        if part in models.FACT_TYPES:
            return models.FACT_TYPES[str(part)]
        if part in _TABLES:
            return _TABLES[str(part)]
    return kind


_TABLES: dict[str, type[models.Record]] = {
    "pack": models.Header,
    "source": models.Source,
    "relation": models.Relation,
    "country": country_models.Country,
    "names": country_models.Name,
}


def placed(path: str | os.PathLike[str], findings: Sequence[Finding]) -> list[Problem]:
    """Return the findings on the file `path` with line and column, which are only looked for now."""
    return _placed(read_text(path), path, findings)


def _placed(text: str, path: str | os.PathLike[str], findings: Sequence[Finding]) -> list[Problem]:
    from bilatcli.packs.positions import Positions

    positions = Positions(text)
    problems = []
    for where, is_key, what, remedy in findings:
        line, column = positions.of(where, key=is_key)
        problems.append(Problem(what, remedy, file=os.fspath(path), line=line, column=column))
    return problems
