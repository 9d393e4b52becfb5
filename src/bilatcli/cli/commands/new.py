"""The command `new`: a pack on two countries to begin with, commented, in a file that is not there yet."""

from __future__ import annotations

from bilatcli import resources, vocabulary
from bilatcli.cli.command import Order, Reply
from bilatcli.errors import UsageError
from bilatcli.files import STANDARD_OUTPUT, write
from bilatcli.query import request as queries
from bilatcli.query.options import DATA, FORCE, Option
from bilatcli.query.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.query.request import Query

OUTPUT = Option("output", "The file to write; - is standard output.", metavar="FILE", short="-o")
OPTIONS = (OUTPUT, FORCE, DATA)


def answer(order: Order, environment: Environment) -> Reply:
    """Write the beginning of a pack, and say where it is; raises UsageError where a file is there already."""
    from bilatcli.index.store import local_index

    index = local_index(environment, order.data)
    try:
        query = _pair(order, index)
        (id,) = query.pairs
        known = index.rows("SELECT name FROM relation WHERE id = ? AND coverage = 'curated'", (id,))
    finally:
        index.close()
    target = order.value(OUTPUT) or f"{id}.toml"
    text = _skeleton(query, "PACK" if target == STANDARD_OUTPUT else target, environment.today)
    notes = query.notes()
    if known:
        notes.append(
            f"{known[0][0]} is recorded already: facts of your pack join those that `bilatcli facts {id}` shows"
        )
    if target == STANDARD_OUTPUT:
        return Reply([text], notes=notes)
    write(target, text, force=order.has(FORCE))
    return Reply(
        notes=[
            *notes,
            f"`{target}` begins a pack: write sources and facts, then `bilatcli check {target}`",
        ]
    )


def _pair(order: Order, index: Index) -> Query:
    """The two countries; raises a BilatcliError where they are not just two, or other words are left over."""
    query = queries.understand(Request(order.view, order.words), index)
    queries.require_country(query, index)
    left = [*query.words, *query.unused]
    if left:
        raise UsageError(
            f"`{' '.join(left)}` is no country: name two, as in `bilatcli new azerbaijan turkey`"
        )
    if len(query.codes) != 2:
        raise UsageError(
            f"a relation has two countries, not {len(query.codes)}: name two, as in `bilatcli new az tr`"
        )
    return query


def _skeleton(query: Query, file: str, today: str) -> str:
    """The text of a new pack: what is certain as it stands, examples of the rest as comments."""
    from shlex import quote
    from string import Template

    from bilatcli.text import printable

    with open(
        resources.package_path("cli", "commands", "skeleton.toml"), encoding="utf-8"
    ) as template:
        text = Template(template.read())
    named = sorted({match.code: match.name for match in query.countries}.items())
    return text.substitute(
        id=query.pairs[0],
        file=quote(printable(file)),
        countries="–".join(name for _, name in named),
        codes=", ".join(f'"{code}"' for code, _ in named),
        today=today,
        longest=vocabulary.MAX_TEXT,
        reliabilities=" ".join(vocabulary.RELIABILITIES),
        topics=" ".join(vocabulary.TOPICS),
        statuses=" ".join(vocabulary.STATUSES),
        verifications=" ".join(vocabulary.VERIFICATIONS),
        kinds=" ".join(vocabulary.KINDS),
        stages=" ".join(vocabulary.STAGES),
    )
