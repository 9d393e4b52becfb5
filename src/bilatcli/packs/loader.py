"""Load packs: turn TOML files into records, or raise all problems with their places."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import tomli
from pydantic import ValidationError

from bilatcli.errors import PackError, Problem
from bilatcli.packs import integrity, validation
from bilatcli.packs.country_models import (
    AttributeList,
    Attributes,
    Country,
    CountryList,
    TranslationList,
    Translations,
)
from bilatcli.packs.membership_models import MembershipList
from bilatcli.packs.models import Pack
from bilatcli.packs.problems import PackProblem, file_error, locate_problems
from bilatcli.packs.record import Record
from bilatcli.packs.subject_models import SubjectList
from bilatcli.packs.text_file import read_text

if TYPE_CHECKING:
    from bilatcli.packs.table_reader import TableData

MAX_PROBLEMS = 10_000
"""Maximum number of problems that are reported one by one: a file with more is not a pack."""
MAX_DIGITS = 4_300
"""Maximum digits of a whole number: Python converts no more."""
MAX_DEPTH = 32
"""Maximum depth of nested values; those of a pack are less than four deep."""

_Record = TypeVar("_Record", bound=Record)

_SYNTAX_ERRORS = {
    "Illegal character '\\n'": ("a text is not closed", "add the closing quotation mark"),
    "Unterminated string": ("a text is not closed", "add the closing quotation mark"),
    "Invalid date or datetime": ("this is not a real date", "correct it"),
    "Cannot overwrite a value": ("this key is already set", "remove one of the two"),
}
"""Frequent messages of tomli as a problem and its remedy."""


def load_pack(path: str | os.PathLike[str]) -> Pack:
    """Return the pack in a file.

    Raises PackError with all problems: of the file itself, its TOML, its values and their
    references, and of the files of its tables.
    """
    return load_pack_with_tables(path)[0]


def parse_pack(text: str, path: str | os.PathLike[str]) -> Pack:
    """Return the pack in `text`, the content of `path`. Raises PackError as `load_pack` does."""
    return _parse_pack(text, path)[0]


def load_pack_with_tables(path: str | os.PathLike[str]) -> tuple[Pack, Sequence[TableData]]:
    """Return the pack in a file and its tables. Raises PackError as `load_pack` does."""
    return _parse_pack(read_text(path), path)


def _parse_pack(text: str, path: str | os.PathLike[str]) -> tuple[Pack, Sequence[TableData]]:
    raw = _parse_toml(text, path)
    tables: Sequence[TableData] = ()
    problems: list[Problem] = []
    if "table" in raw:
        from bilatcli.packs.table_reader import read_tables

        tables, problems = read_tables(raw, text, path)
    return _validate(Pack, raw, text, path, problems), tables


def is_pack(path: str | os.PathLike[str]) -> bool:
    """Return False if a file is TOML without any of the tables of a pack.

    A file that cannot be read may be a pack. One with an error in its TOML is one if it has a
    `[pack]`.
    """
    try:
        text = read_text(path)
    except PackError:
        return True
    try:
        raw = _parse_toml(text, path)
    except PackError:
        return "[pack" in text
    return not raw.keys().isdisjoint(Pack.model_fields)


def load_countries(path: str | os.PathLike[str]) -> tuple[Country, ...]:
    """Return the countries in a file. Raises PackError as `load_pack` does."""
    return _parse(CountryList, read_text(path), path).country


def load_translations(path: str | os.PathLike[str]) -> tuple[Translations, ...]:
    """Return the translated names of countries in a file. Raises PackError as `load_pack` does."""
    return _parse(TranslationList, read_text(path), path).country


def load_attributes(path: str | os.PathLike[str]) -> tuple[Attributes, ...]:
    """Return the attributes of countries in a file. Raises PackError as `load_pack` does."""
    return _parse(AttributeList, read_text(path), path).country


def load_memberships(path: str | os.PathLike[str]) -> MembershipList:
    """Return the organisations and corrections in a file. Raises PackError as `load_pack` does."""
    return _parse(MembershipList, read_text(path), path)


def load_subjects(path: str | os.PathLike[str]) -> SubjectList:
    """Return the subjects and places in a file. Raises PackError as `load_pack` does."""
    return _parse(SubjectList, read_text(path), path)


def load_words(path: str | os.PathLike[str]) -> list[str]:
    """Return the words in a file, one per line, without `#` comments.

    Raises PackError as `load_pack` does.
    """
    return [line for line in read_text(path).splitlines() if line and not line.startswith("#")]


def locate(path: str | os.PathLike[str], problems: Iterable[PackProblem]) -> list[Problem]:
    """Return problems of the file `path` with the line and column of each."""
    return locate_problems(problems, read_text(path), path)


def _parse(model: type[_Record], text: str, path: str | os.PathLike[str]) -> _Record:
    return _validate(model, _parse_toml(text, path), text, path)


def _validate(
    model: type[_Record],
    raw: dict[str, Any],
    text: str,
    path: str | os.PathLike[str],
    others: Sequence[Problem] = (),
) -> _Record:
    """Return a raw file as a record. Raises PackError with its problems and the `others`."""
    record, problems = None, []
    try:
        record = model.model_validate(raw)
    except ValidationError as error:
        if error.error_count() > MAX_PROBLEMS:
            raise _too_many_problems(path) from None
        problems = validation.to_problems(model, raw, error)
    if model is Pack:
        problems += islice(integrity.find_problems(raw), MAX_PROBLEMS + 1)
    if len(problems) > MAX_PROBLEMS:
        raise _too_many_problems(path)
    if record is None or problems or others:
        located = locate_problems(problems, text, path) if problems else []
        raise PackError([*located, *others], pack=os.fspath(path))
    return record


def _parse_toml(text: str, path: str | os.PathLike[str]) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        unknown = f"this is not valid TOML ({error.msg.lower()})", "correct the syntax"
        what, remedy = _SYNTAX_ERRORS.get(error.msg, unknown)
        raise file_error(path, what, remedy, line=error.lineno, column=error.colno) from None
    except (RecursionError, ValueError):
        raise _too_complex(text, path) from None


def _too_complex(text: str, path: str | os.PathLike[str]) -> PackError:
    """Return the error for a number with too many digits, or for values nested too deeply."""
    from bilatcli.packs.positions import Positions

    line, column = Positions(text).find_excess(MAX_DIGITS, MAX_DEPTH)
    limits = f"a number of more than {MAX_DIGITS:,} digits, or values {MAX_DEPTH} deep"
    what = f"this TOML cannot be read ({limits})"
    return file_error(path, what, "simplify it", line=line, column=column)


def _too_many_problems(path: str | os.PathLike[str]) -> PackError:
    what = f"the file has more than {MAX_PROBLEMS:,} problems"
    return file_error(path, what, "start a pack with `bilatcli new`")
