"""The commands that are no views."""

from __future__ import annotations

from bilatcli.cli.command import Command, Order, Reply
from bilatcli.cli.commands import check, completion, export, import_, map, mcp, new, report, schema
from bilatcli.errors import UsageError
from bilatcli.index import publish
from bilatcli.views.catalog import BATCH, PLAIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilatcli.environment import Environment
    from bilatcli.query.request import Request


def _batch(order: Order, environment: Environment) -> Reply:
    """Answer questions from standard input, each at once."""
    import gc

    from bilatcli.cli.commands.batch import answers
    from bilatcli.index.store import open_index

    def lines() -> Iterator[str]:
        index = open_index(environment, order.data, engine=order.index)
        # Answers hold no circles, so there is little to look for.
        gc.set_threshold(50_000)
        gc.enable()
        try:
            yield from answers(environment.stdin, index)
        finally:
            index.close()

    return Reply(lines(), is_json=True)


def _completion(order: Order, _: Environment) -> Reply:
    if not order.words:
        raise UsageError(f"name a shell: there are {', '.join(completion.SHELLS)}")
    return Reply([completion.script(order.words[0])])


def _schema(order: Order, _: Environment) -> Reply:
    if order.words:
        return Reply([schema.text(order.words[0])], is_json=True)
    return Reply(f"{name}\n" for name in schema.names())


CATALOGUE = (
    Command(
        "map",
        "Where the countries lie, with their capitals, those that their facts name, and what is in dispute.",
        answer=map.answer,
        words="WORDS",
        about="Countries in any spelling, order and joint; other words are ones that facts must have.",
        options=map.OPTIONS,
        takes_countries=True,
    ),
    Command(
        "report",
        "All that is known as one page to send, HTML or Markdown: map, facts, stances, figures, doubts, sources.",
        answer=report.answer,
        words="WORDS",
        about="Countries in any spelling, order and joint; other words are ones that facts must have.",
        options=report.OPTIONS,
        takes_countries=True,
    ),
    Command(
        "check",
        "Question packs: what loading refuses, and what an editor would doubt, each with its place.",
        answer=check.answer,
        words="FILE...",
        about="Packs, or folders of packs.",
        options=check.OPTIONS,
    ),
    Command(
        "new",
        "Begin a pack on two countries: a commented file to fill in.",
        answer=new.answer,
        words="WORDS",
        about="Two countries in any spelling, order and joint.",
        options=new.OPTIONS,
        takes_countries=True,
    ),
    Command(
        "import",
        "Put references of BibTeX, RIS or CSL-JSON into a pack as sources, but those that it has.",
        answer=import_.answer,
        words="FILE... PACK",
        about="Files of references, - for standard input; then the pack.",
        options=import_.OPTIONS,
    ),
    Command(
        "export",
        "Write all facts, sources, relations and countries as tables that other programs read.",
        answer=export.answer,
        words="DIR|FILE",
        about="A folder for csv, jsonl or parquet, with a file a table; a file for sqlite.",
        most=1,
        options=export.OPTIONS,
    ),
    Command(
        "publish",
        "Put the index into a PostgreSQL, or what speaks its language, for many to ask; only what has changed.",
        answer=publish.answer,
        words="ADDRESS",
        about="Where it is, as postgresql://USER@HOST/DATABASE.",
        most=1,
        options=publish.OPTIONS,
    ),
    Command(
        BATCH,
        "Answer questions from standard input, one a line, by one JSON document a line.",
        answer=_batch,
        most=0,
        options=PLAIN[BATCH],
    ),
    Command(
        "mcp",
        "Offer the views as tools to an assistant's program (Model Context Protocol, on standard input and output).",
        answer=mcp.answer,
        most=0,
        options=mcp.OPTIONS,
    ),
    Command(
        "completion",
        "Print what makes bash, zsh or fish complete.",
        answer=_completion,
        words="bash|zsh|fish",
        most=1,
        offers=lambda: completion.SHELLS,
    ),
    Command(
        "schema",
        "JSON Schema of a pack or of a document; without NAME, their names.",
        answer=_schema,
        words="NAME",
        most=1,
        offers=schema.names,
    ),
)

COMMANDS = {command.name: command for command in CATALOGUE}


def carry_out(request: Request, environment: Environment) -> Reply:
    """Return the answer to an order; raises a BilatcliError where there is none."""
    if not isinstance(request, Order):
        raise TypeError(request.view)
    return COMMANDS[request.view].answer(request, environment)
