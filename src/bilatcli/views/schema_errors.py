"""The document in place of an answer, as a type."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bilatcli.views.schema_names import Part


class Candidate(Part):
    """A possible meaning, with the command that asks for it."""

    id: str
    name: str
    command: str
    score: float | None


class Problem(Part):
    """A problem in a pack. Lines and columns count from 1; line 0 stands for the whole file."""

    file: str
    line: int
    column: int
    what: str
    remedy: str


class ErrorInfo(Part):
    """Why there is no answer; `line` is the number of the question in a batch."""

    kind: Literal[
        "usage",
        "environment",
        "pack",
        "no-such-country",
        "ambiguous",
        "nothing-recorded",
        "no-such-record",
    ]
    message: str
    line: int | None
    candidates: list[Candidate]
    problems: list[Problem]


class Error(Part):
    """The document in place of an answer."""

    schema_: Literal["bilatcli/error@1"] = Field(alias="schema")
    error: ErrorInfo
