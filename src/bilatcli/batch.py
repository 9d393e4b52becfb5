"""Many questions, one a line: each is answered by one JSON document a line, in order, in flat memory."""

from __future__ import annotations

from bilatcli import plain
from bilatcli.documents import error_text
from bilatcli.errors import BilatcliError, UsageError
from bilatcli.query import Request
from bilatcli.views import VIEWS, run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bilatcli.index import Index

_ELSEWHERE = ("color", "data", "format", "json")
"""Options that are given once, to `batch` itself, or mean nothing where every answer is JSON."""


def answers(lines: Iterable[str], index: Index) -> Iterator[str]:
    """Yield a document for each line; where there is no answer an `error` document with the number of the line."""
    for number, line in enumerate(lines, 1):
        try:
            request = _request(line)
            yield run(VIEWS[request.view], request, index).text(newline="")
        except BilatcliError as error:
            yield error_text(error, line=number, newline="")


def _request(line: str) -> Request:
    """The question in a line: a command line without `bilatcli`, or a JSON object of its view, words and options."""
    line = line.strip()
    if line.startswith("{"):
        return _from_json(line)
    argv = _split(line) if "'" in line or '"' in line or "\\" in line else line.split()
    if not argv:
        raise UsageError("the line is empty: ask a question, such as `military az pk jf-17`")
    request = plain.read(plain.spelt_out(argv))
    if request is None:
        raise UsageError(f"`{line}` is no question: write VIEW WORDS… [OPTIONS], with a view of {', '.join(VIEWS)}")
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
    except JSONDecodeError as error:
        raise UsageError(f"the line is no JSON object ({error.msg.lower()}): close it, or write words") from None
    view = VIEWS.get(str(asked.pop("view", "")))
    if view is None:
        raise UsageError(f'the object names no view: give "view", one of {", ".join(VIEWS)}')
    options = {option.key for option in view.options}.difference(_ELSEWHERE)
    unknown = sorted(set(asked) - options - {"words"})
    if unknown:
        raise UsageError(f"`{unknown[0]}` is no key of a question: there are view, words, {', '.join(sorted(options))}")
    words = asked.pop("words", "")
    if isinstance(asked.get("fields"), list):
        asked["fields"] = ",".join(map(str, asked["fields"]))
    return Request(view.name, [str(word) for word in words] if isinstance(words, list) else [str(words)], **asked)
