"""The types of values in a pack, with their checks and the errors for wrong values.

A wrong value raises an error that carries its own hint; `loader` adds the place in the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, Strict
from pydantic_core import PydanticCustomError

from bilatcli import urls, vocabulary
from bilatcli.packs import edtf
from bilatcli.packs.keys import Shown

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_URL = re.compile(r"https?://[^\s/?#]+[^\s]*")
_CODE = re.compile(r"[A-Z]{2}")


def validation_error(what: str, remedy: str, *, cause: str = "") -> PydanticCustomError:
    """Return the error for a wrong value: the problem and what to do.

    Errors of several values with the same `cause` are one to an editor.
    """
    return PydanticCustomError("pack", "{what}", {"what": what, "remedy": remedy, "cause": cause})


def is_web_address(address: str) -> bool:
    """Return True if an address is a full `http` or `https` URL."""
    return _URL.fullmatch(address) is not None


def _check_slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        remedy = "use lower-case letters, digits and single hyphens"
        raise validation_error(f"`{value}` is not an id", remedy, cause=value)
    return value


def _check_country(value: str) -> str:
    if value not in vocabulary.COUNTRY_CODES:
        # Countries are loaded as records, which have the types of this module.
        from bilatcli.packs.bundled_countries import suggest_code

        what = f"`{value}` is not a country code"
        raise validation_error(what, suggest_code(value), cause=value)
    return value


def _check_actor(value: str) -> str:
    return _check_country(value) if _CODE.fullmatch(value) else _check_not_blank(value)


def _check_date(value: str) -> str:
    try:
        return edtf.parse_date(value).text
    except ValueError as error:
        hint = "write YYYY, YYYY-MM or YYYY-MM-DD, followed by `?` or `~` if it is uncertain"
        raise validation_error(str(error), hint) from None


def _check_url(value: str) -> str:
    if not is_web_address(value):
        raise validation_error(
            f"`{value}` is not a web address", "write it in full, starting with http:// or https://"
        )
    if urls.has_credentials(value):
        raise validation_error(
            f"`{value}` contains a user name or password", "remove the part before `@`"
        )
    return value


def _check_not_blank(value: str) -> str:
    if not value.strip():
        raise validation_error("the text is empty", "fill it in, or remove the key")
    return value


def _check_length(value: str) -> str:
    if len(value) > vocabulary.MAX_TEXT_LENGTH:
        raise validation_error(
            f"the text has {len(value)} characters",
            f"shorten it to {vocabulary.MAX_TEXT_LENGTH}, or split it into two facts",
        )
    return _check_not_blank(value)


def _check_unique(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) == len(values):
        return values
    for position, value in enumerate(values):
        if value in values[:position]:
            raise validation_error(f"`{value}` is listed twice", "list it once")
    return values


Slug = Annotated[
    str,
    AfterValidator(_check_slug),
    Field(json_schema_extra={"pattern": f"^{_SLUG.pattern}$"}),
    Shown("id"),
]
CountryCode = Annotated[
    str,
    AfterValidator(_check_country),
    Field(json_schema_extra={"pattern": "^[A-Z]{2}$"}),
    Shown("word"),
]
Actor = Annotated[str, AfterValidator(_check_actor), Shown("actor")]
Edtf = Annotated[
    str,
    AfterValidator(_check_date),
    Field(description="EDTF date, as ISO 8601-2:2019 writes it"),
    Shown("date"),
]
Text = Annotated[str, AfterValidator(_check_not_blank), Field(json_schema_extra={"minLength": 1})]
Url = Annotated[
    str,
    AfterValidator(_check_url),
    Field(json_schema_extra={"pattern": "^https?://"}),
    Shown("address"),
]
Statement = Annotated[
    str,
    AfterValidator(_check_length),
    Field(json_schema_extra={"maxLength": vocabulary.MAX_TEXT_LENGTH}),
]
Dollars = Annotated[int, Field(ge=0, le=10**15, description="US dollars, whole"), Shown("money")]
Share = Annotated[int | float, Field(ge=0, le=100), Shown("share")]
Quantity = Annotated[int, Field(ge=0, le=10**9)]
Latitude = Annotated[int | float, Field(ge=-90, le=90)]
Longitude = Annotated[int | float, Field(ge=-180, le=180)]

FROM_LIST = Strict(strict=False)
"""Lets a list of TOML become a tuple, in models that otherwise convert no type."""

Texts = Annotated[tuple[Text, ...], FROM_LIST, AfterValidator(_check_unique)]
Actors = Annotated[tuple[Actor, ...], FROM_LIST, AfterValidator(_check_unique), Shown("actors")]
Countries = Annotated[
    tuple[CountryCode, ...], FROM_LIST, AfterValidator(_check_unique), Shown("actors")
]
FactIds = Annotated[tuple[Slug, ...], FROM_LIST, AfterValidator(_check_unique)]
SourceIds = Annotated[tuple[Slug, ...], FROM_LIST, AfterValidator(_check_unique), Shown("ids")]

if TYPE_CHECKING:
    # mypy accepts no variables in Literal. To it, a word of a closed list is a str.
    SourceType = str
    Reliability = str
    Topic = str
    PlainTopic = str
    FigureTopic = str
    Coverage = str
    Status = str
    Verification = str
    Kind = str
    Stage = str
    Measure = str
    NameKind = str
else:
    SourceType = Literal[vocabulary.SOURCE_TYPES]
    Reliability = Literal[vocabulary.RELIABILITIES]
    Topic = Literal[vocabulary.TOPICS]
    PlainTopic = Literal[vocabulary.PLAIN_TOPICS]
    FigureTopic = Literal[vocabulary.FIGURE_TOPICS]
    Coverage = Literal[vocabulary.COVERAGES]
    Status = Literal[vocabulary.STATUSES]
    Verification = Literal[vocabulary.VERIFICATIONS]
    Kind = Literal[vocabulary.KINDS]
    Stage = Literal[vocabulary.STAGES]
    Measure = Literal[vocabulary.MEASURES]
    NameKind = Literal[vocabulary.NAME_KINDS]
