"""Many questions or names, one a line: each is answered in order and in flat memory, whatever their number."""

from __future__ import annotations

from itertools import islice

from bilatcli.cli import fast_args
from bilatcli.errors import BilatcliError, UsageError
from bilatcli.query import asking
from bilatcli.query.request import Request
from bilatcli.render import render
from bilatcli.views.catalog import VIEWS, run
from bilatcli.views.document import error_text
from bilatcli.views.resolve import resolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bilatcli.index.store import Index

STREAMED = ("tsv", "csv", "ndjson", "json")
"""Formats that can be written while names still come in."""

_ELSEWHERE = ("citations", "color", "data", "format", "index", "json", "raw")
"""Options that are given once, to `batch` itself, or mean nothing where every answer is JSON."""


def answers(lines: Iterable[str], index: Index) -> Iterator[str]:
    """Yield a line with a document for each line; where there is no answer, an `error` document with its number."""
    for number, line in enumerate(lines, 1):
        try:
            request = _request(line)
            if request.style is not None:
                raise UsageError(
                    "a batch is answered by documents: leave --style out, they have `sources` as CSL-JSON"
                )
            yield run(VIEWS[request.view], request, index).text(newline="", end="\n")
        except BilatcliError as error:
            yield error_text(error, line=number, newline="") + "\n"


def resolutions(
    lines: Iterable[str], index: Index, request: Request, *, size: int
) -> Iterator[tuple[str, bool]]:
    """Yield what `size` lines at a time were read as, in the format asked for, and whether any was a country.

    One answer a line, in order, blank lines included. Raises UsageError for a format that would have to see them all.
    """
    format = request.format or "tsv"
    if format not in STREAMED:
        raise UsageError(
            f"names from standard input cannot be a {format}: there are {', '.join(STREAMED)}"
        )
    names = (line.rstrip("\r\n") for line in lines)
    if format == "json":
        yield from _one_document(names, index, request, size)
        return
    is_first = True
    while (chunk := list(islice(names, size))) or is_first:
        document = resolved(chunk, request, index)
        text = render(document, format, is_raw=request.raw)
        yield (
            (text if is_first or format == "ndjson" else text.split("\n", 1)[1]),
            not document.is_empty,
        )
        is_first = False


def _one_document(
    names: Iterator[str], index: Index, request: Request, size: int
) -> Iterator[tuple[str, bool]]:
    """The same as one JSON document, of which no more than `size` rows are in memory."""
    yield resolved([], request, index).text().removesuffix("]}"), False
    between = "\n"
    while chunk := list(islice(names, size)):
        document = resolved(chunk, request, index)
        yield between + ",\n".join(document.elements), not document.is_empty
        between = ",\n"
    yield ("\n]}\n" if between != "\n" else "]}\n"), False


def _request(line: str) -> Request:
    """The question in a line: a command line without `bilatcli`, or a JSON object of its view, words and options."""
    line = line.strip()
    if line.startswith("{"):
        return _from_json(line)
    argv = _split(line) if "'" in line or '"' in line or "\\" in line else line.split()
    if not argv:
        raise UsageError("the line is empty: ask a question, such as `military az pk jf-17`")
    request = fast_args.read(fast_args.spelt_out(argv))
    if request is None or request.view not in VIEWS:
        raise UsageError(
            f"`{line}` is no question: write VIEW WORDS… [OPTIONS], with a view of {', '.join(VIEWS)}"
        )
    return request


def _split(line: str) -> list[str]:
    from shlex import split

    try:
        return split(line)
    except ValueError:
        # An apostrophe is no quotation mark where nothing closes it: côte d'ivoire.
        return line.split()


def _from_json(line: str) -> Request:
    from json import JSONDecodeError, loads

    try:
        asked = loads(line)
    except (JSONDecodeError, RecursionError) as error:
        why = error.msg.lower() if isinstance(error, JSONDecodeError) else "nested too deep"
        raise UsageError(f"the line is no JSON object ({why}): close it, or write words") from None
    view = VIEWS.get(str(asked.pop("view", "")))
    if view is None:
        raise UsageError(f'the object names no view: give "view", one of {", ".join(VIEWS)}')
    words = asked.pop("words", "")
    if isinstance(asked.get("fields"), list):
        asked["fields"] = ",".join(map(str, asked["fields"]))
    return asking.request(
        view.name, words, asked, [each for each in view.options if each.key not in _ELSEWHERE]
    )
