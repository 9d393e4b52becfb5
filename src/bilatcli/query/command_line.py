"""The command line that asks what a request asks."""

from __future__ import annotations

from shlex import join

from bilatcli.query.options import (
    AS_OF,
    CHART,
    COUNTRY,
    CURATED,
    EDITION,
    ELSEWHERE,
    FROM,
    INDEX,
    LIMIT,
    MATRIX,
    MEASURE,
    MENTIONS,
    NO_USER_PACKS,
    SINCE,
    SORT,
    STATUS,
    STYLE,
    TO,
    TOPIC,
    UNTIL,
    VERIFICATION,
    VERIFIED,
)
from bilatcli.urls import remove_password

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilatcli.query.request import Request


def write_command(request: Request, words: Sequence[str], changes: Mapping[str, str | None]) -> str:
    """Return the command line of a request with other words, and `changes` of options.

    A change to None leaves an option out.
    """
    parts = ["bilatcli", request.view, *filter(None, words), *request.dates]
    for option, value in (
        (TOPIC, request.topic),
        (MEASURE, request.measure),
        (COUNTRY, request.country),
        (VERIFICATION, request.verification),
        (STATUS, request.status),
        (FROM, request.from_),
        (TO, request.to),
        (MENTIONS, request.mentions),
        (LIMIT, request.limit),
        (SORT, request.sort),
        (STYLE, request.style),
    ):
        asked = changes.get(option.key, value)
        parts += [] if asked is None else [option.flag, str(asked)]
    parts += ["--all"] if request.all else []
    parts += [
        option.flag
        for option in (VERIFIED, MATRIX, CURATED, ELSEWHERE, EDITION, CHART, NO_USER_PACKS)
        if getattr(request, option.key)
    ]
    for option in (AS_OF, SINCE, UNTIL):
        parts += [option.flag, day] if (day := getattr(request, option.key)) else []
    parts += [part for path in request.data for part in ("--data", path)]
    if request.index:
        parts += [INDEX.flag, remove_password(request.index)]
    return join(parts)
