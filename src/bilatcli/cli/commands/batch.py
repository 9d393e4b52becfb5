"""`batch`: answer many questions, one per line, in order and in constant memory."""

from __future__ import annotations

from itertools import count

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.cli.fast_args import add_command, parse_fast
from bilatcli.errors import EXIT_EMPTY, EXIT_ERROR, BilatcliError, UsageError
from bilatcli.query.option_values import make_request
from bilatcli.query.options import CITATIONS, CORPUS_OPTIONS, OUTPUT_OPTIONS
from bilatcli.query.request import Request
from bilatcli.views import VIEWS
from bilatcli.views import run as run_view
from bilatcli.views.document import error_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index

MAX_QUESTION_LENGTH = 1_000_000
"""Maximum characters of a question."""

_COMMON_OPTIONS = frozenset(option.key for option in (*OUTPUT_OPTIONS, CITATIONS)) - {"fields"}
"""Keys of options that `batch` itself takes, or that mean nothing for JSON."""


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Return an answer for each line of standard input, as soon as it is read.

    The exit code is 2 if a line is an error, else 0 if a line found something, else 1.
    """
    from bilatcli.index.store import open_index

    result = CommandResult(code=EXIT_EMPTY, is_json=True)

    def answers() -> Iterator[str]:
        index = open_index(environment, invocation.data, engine=invocation.index)
        try:
            yield from answer_lines(environment.stdin, index, environment, result=result)
        finally:
            index.close()

    result.pieces = answers()
    return result


def answer_lines(
    lines: Iterable[str],
    index: Index,
    environment: Environment | None = None,
    *,
    result: CommandResult | None = None,
) -> Iterator[str]:
    """Yield a document for each line, or an error document with the number of the line.

    The exit code of the `result` becomes that of the batch.
    """
    result = result or CommandResult()
    iterator = iter(lines)
    for number in count(1):
        try:
            # Reading a line may fail too, if it is far too long.
            line = next(iterator, None)
            if line is None:
                return
            request = parse_line(line, environment)
            document = run_view(VIEWS[request.view], request, index)
            if result.code == EXIT_EMPTY and not document.is_empty:
                result.code = 0
            yield document.text(newline="", end="\n")
        except BilatcliError as error:
            if error.exit_code == EXIT_ERROR:
                result.code = EXIT_ERROR
            yield error_text(error, line=number, newline="") + "\n"


def parse_line(line: str, environment: Environment | None = None) -> Request:
    """Return the question in a line; raises UsageError if there is none.

    A line is a command line without `bilatcli`, or a JSON object of view, words and options.
    """
    if len(line) > MAX_QUESTION_LENGTH:
        raise UsageError(f"the line has more than {MAX_QUESTION_LENGTH:,} characters")
    line = line.strip()
    parse = _parse_json if line.startswith("{") else _parse_command_line
    request = parse(line, environment)
    if request.style is not None:
        raise UsageError(
            "a batch returns documents, which have `sources` as CSL-JSON",
            hint="leave `style` out",
            options=["style"],
        )
    return request


def _parse_command_line(line: str, environment: Environment | None) -> Request:
    argv = add_command(_split(line))
    if not argv:
        raise UsageError(
            "the line is empty", hint="write a question, such as `military az pk jf-17`"
        )
    request = parse_fast(argv, environment) if argv[0] in VIEWS else None
    if request is None:
        raise UsageError(
            f"not a question: `{line}`",
            hint=f"write VIEW WORDS... [OPTIONS]; views are {', '.join(VIEWS)}",
        )
    return request


def _split(line: str) -> list[str]:
    """Return the words of a line; quotation marks hold words together if they are in pairs."""
    if not set(line).isdisjoint("'\"\\"):
        from shlex import split

        try:
            return split(line)
        except ValueError:
            # An apostrophe, as in: côte d'ivoire.
            pass
    return line.split()


def _parse_json(line: str, environment: Environment | None) -> Request:
    from json import JSONDecodeError, loads

    try:
        given = loads(line)
    except JSONDecodeError as error:
        raise UsageError(f"the line is not a JSON object ({error.msg.lower()})") from None
    except ValueError:
        raise UsageError("the line has a number with too many digits") from None
    except RecursionError:
        raise UsageError("the line is not a JSON object (nested too deeply)") from None
    view = given.pop("view", None)
    if not isinstance(view, str) or view not in VIEWS:
        raise UsageError("the object names no view", hint=f'"view" is one of {", ".join(VIEWS)}')
    fields = given.get("fields")
    if isinstance(fields, list) and all(isinstance(field, str) for field in fields):
        given["fields"] = ",".join(fields)
    options = [each for each in VIEWS[view].options if each.key not in _COMMON_OPTIONS]
    words = given.pop("words", "")
    return make_request(view, words, given, options, environment=environment)


COMMAND = Command(
    "batch",
    "Answer questions from standard input, one per line, each with one line of JSON.",
    run=run,
    group="Look up",
    max_words=0,
    options=CORPUS_OPTIONS,
    examples=("bilatcli batch < questions.txt > answers.jsonl",),
)
