"""The cells of a table: a text becomes a value of the type of its column, or an error says why."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from bilatcli.fuzzy import did_you_mean
from bilatcli.packs import edtf
from bilatcli.packs.templates import OPTIONAL_MARK
from bilatcli.vocabulary import COUNTRY_CODES

MAX_SHOWN_LENGTH = 40
"""Maximum characters of a cell that a message quotes."""
MAX_DIGITS = 15
"""Maximum digits of a number: a JSON reader may keep no more."""

_INTEGER = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class CellError(ValueError):
    """A wrong cell: the problem and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def parse_cell(kind: str, text: str, sources: Collection[str]) -> Any:
    """Return the value of a cell, or None if it is empty and may be. Raises CellError.

    `kind` is the type of its column, `sources` are the ids of the sources of the pack.

    >>> parse_cell("integer", "12", ()), parse_cell("date?", "", ())
    (12, None)
    """
    plain = kind.removesuffix(OPTIONAL_MARK)
    if not text.strip():
        if plain != kind:
            return None
        raise CellError(
            "the cell is empty", f"fill it in, or let the column be `{kind}{OPTIONAL_MARK}`"
        )
    if plain == "source":
        return _parse_source(text, sources)
    return _PARSERS[plain](text)


def quote_cell(text: str) -> str:
    """Return the beginning of a cell for a message."""
    return text if len(text) <= MAX_SHOWN_LENGTH else f"{text[:MAX_SHOWN_LENGTH]}…"


def parse_country(text: str) -> str:
    """Return the code of a country. Raises CellError if the text is not one."""
    if text in COUNTRY_CODES:
        return text
    from bilatcli.packs.bundled_countries import suggest_code

    raise CellError(f"`{quote_cell(text)}` is not a country code", suggest_code(text))


def _parse_text(text: str) -> str:
    if text != text.strip():
        raise CellError("the text begins or ends with a space", "remove the space")
    return text


def _parse_integer(text: str) -> int:
    if not _INTEGER.fullmatch(text) or len(text) > MAX_DIGITS:
        raise CellError(
            f"`{quote_cell(text)}` is not a whole number", "write digits only, as in 1234"
        )
    return int(text)


def _parse_number(text: str) -> int | float:
    if not _NUMBER.fullmatch(text) or len(text) > MAX_DIGITS + 2:
        raise CellError(
            f"`{quote_cell(text)}` is not a number", "write digits and a point, as in 1234.5"
        )
    return float(text) if "." in text else int(text)


def _parse_dollars(text: str) -> int:
    """Return an amount of US dollars, rounded to whole ones."""
    return round(_parse_number(text))


def _parse_year(text: str) -> str:
    if len(text) != 4 or len(edtf.split_calendar_date(text)) != 1:
        raise CellError(f"`{quote_cell(text)}` is not a year", "write four digits")
    return _parse_date(text)


def _parse_date(text: str) -> str:
    try:
        return edtf.parse_date(text).text
    except ValueError as error:
        remedy = "write YYYY, YYYY-MM or YYYY-MM-DD, followed by `?` or `~` if it is uncertain"
        raise CellError(str(error), remedy) from None


def _parse_source(text: str, sources: Collection[str]) -> str:
    if text not in sources:
        remedy = did_you_mean(text, sources, otherwise="add a [[source]] with this id")
        raise CellError(f"no source has the id `{quote_cell(text)}`", remedy)
    return text


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "text": _parse_text,
    "integer": _parse_integer,
    "number": _parse_number,
    "usd": _parse_dollars,
    "year": _parse_year,
    "date": _parse_date,
    "country": parse_country,
}
