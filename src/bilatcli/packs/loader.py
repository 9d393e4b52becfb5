"""Load packs: turn TOML files into records, or raise all problems with their places."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from bilatcli.error_details import PackError, Problem
from bilatcli.files import open_to_read
from bilatcli.packs import integrity, validation
from bilatcli.packs.causes import keep_causes
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
from bilatcli.packs.syntax import parse_toml
from bilatcli.packs.text_file import MAX_BYTES, read_text

if TYPE_CHECKING:
    from bilatcli.packs.table_reader import TableData

MAX_PROBLEMS = 10_000
"""Maximum number of problems that are reported one by one: a file with more is not a pack."""

_PACK_HEADER = re.compile(
    r"""^[ \t]*(?:\[[ \t]*["']?pack["']?[ \t]*(?:\.|\]|\r?$)|\[\[[ \t]*relation[ \t]*[.\]])""",
    re.MULTILINE,
)
"""A header that only a pack has, whole or cut off."""

_Record = TypeVar("_Record", bound=Record)


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
    raw = parse_toml(text, path)
    tables: Sequence[TableData] = ()
    problems: list[PackProblem] = []
    in_files: list[Problem] = []
    if "table" in raw:
        from bilatcli.packs.table_reader import read_tables

        tables, problems, in_files = read_tables(raw, path)
    return _validate(Pack, raw, text, path, problems, in_files), tables


def is_pack(path: str | os.PathLike[str]) -> bool:
    """Return False if a file is TOML without any of the tables of a pack.

    A file that cannot be read may be a pack, one without content is not. One with an error in its
    TOML is a pack if it has a header of one.
    """
    try:
        with open_to_read(path) as stream:
            content = stream.read(MAX_BYTES)
    except (OSError, ValueError):
        return True
    # In UTF-16, each second byte of a header is 0.
    text = content.replace(b"\0", b"").decode(errors="replace").lstrip("\ufeff\ufffd")
    try:
        raw = parse_toml(text, path)
    except PackError:
        return _PACK_HEADER.search(text) is not None
    # Other files have `[source.NAME]`, as Cargo's settings, or `[[source]]`, as a Pipfile.
    lists = [raw[key] for key in ("source", "relation", "table") if isinstance(raw.get(key), list)]
    records = [each for records in lists for each in records if isinstance(each, dict)]
    return isinstance(raw.get("pack"), dict | list) or any("id" in each for each in records)


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
    return _validate(model, parse_toml(text, path), text, path)


def _validate(
    model: type[_Record],
    raw: dict[str, Any],
    text: str,
    path: str | os.PathLike[str],
    others: Sequence[PackProblem] = (),
    in_files: Sequence[Problem] = (),
) -> _Record:
    """Return a raw file as a record.

    Raises PackError with its problems, the `others`, and those `in_files` of its tables.
    """
    record, problems = None, []
    try:
        record = model.model_validate(raw)
    except ValidationError as error:
        if error.error_count() > MAX_PROBLEMS:
            raise _too_many_problems(path) from None
        problems = validation.to_problems(model, raw, error)
    if model is Pack:
        between = [*others, *islice(integrity.find_problems(raw), MAX_PROBLEMS + 1)]
        problems = keep_causes(problems, between)
    if len(problems) > MAX_PROBLEMS:
        raise _too_many_problems(path)
    if record is None or problems or in_files:
        located = locate_problems(problems, text, path) if problems else []
        raise PackError([*located, *in_files], pack=os.fspath(path))
    return record


def _too_many_problems(path: str | os.PathLike[str]) -> PackError:
    what = f"the file has more than {MAX_PROBLEMS:,} problems"
    return file_error(path, what, "start a pack with `bilatcli new`")
