"""`new`: create a commented pack on two countries, to be filled in."""

from __future__ import annotations

from bilatcli import resources, vocabulary
from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.environment import STANDARD_STREAM
from bilatcli.errors import UsageError
from bilatcli.files import atomic_write, require_extension
from bilatcli.index import Statement
from bilatcli.query import interpret as queries
from bilatcli.query.options import DATA, FORCE, NO_USER_PACKS, OUTPUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query

CURATED_RELATION = Statement(
    "new_curated_relation", "SELECT name FROM relation WHERE id = :id AND coverage = 'curated'"
)

GUESSED_KINDS = ("fuzzy", "former", "part", "member")
"""The kinds of names that are read as a country, but do not name it exactly."""


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Write a new pack; raises UsageError if the file exists."""
    from bilatcli.index.store import local_index

    require_extension(invocation.value(OUTPUT) or "", (".toml",), "pack")
    index = local_index(environment, invocation.data)
    try:
        query = _find_pair(invocation, index)
        (id,) = query.pairs
        known = index.rows(CURATED_RELATION, {"id": id})
    finally:
        index.close()
    target = invocation.value(OUTPUT) or f"{id}.toml"
    text = _fill_skeleton(query, "PACK" if target == STANDARD_STREAM else target, environment.today)
    notes = query.notes()
    if known:
        notes.append(
            f"{known[0]['name']} is already covered; your facts will be added to those of "
            f"`bilatcli facts {id}`"
        )
    if target == STANDARD_STREAM:
        return CommandResult([text], notes=notes)
    atomic_write(target, text, force=invocation.has(FORCE))
    next_step = f"add sources and facts, then run `bilatcli check {target}`"
    return CommandResult(notes=[*notes, f"created {target}; {next_step}"])


def _find_pair(invocation: Invocation, index: Index) -> Query:
    """Return the two countries; raises a BilatcliError for another number, or for other words.

    A name must be exact: a file is not created from a guess.
    """
    query = queries.interpret(invocation, index)
    queries.require_country(query, index)
    for match in query.countries:
        if match.kind in GUESSED_KINDS:
            codes = [code.lower() for code in query.codes]
            raise UsageError(
                f"`{match.input}` is not the exact name of a country",
                hint=f"if you mean {match.name}, write `{invocation.command(codes)}`",
            )
    others = [*query.typed_words, *query.unused]
    if others:
        raise UsageError(
            f"`{' '.join(others)}` is not a country",
            hint="name two countries, as in `bilatcli new azerbaijan turkey`",
        )
    if len(query.codes) != 2:
        raise UsageError(
            f"a relation has two countries, not {len(query.codes)}",
            hint="name two countries, as in `bilatcli new az tr`",
        )
    return query


def _fill_skeleton(query: Query, file: str, today: str) -> str:
    """Return the text of a new pack: what is known filled in, the rest as commented examples."""
    from shlex import quote
    from string import Template

    from bilatcli.text import make_printable

    named = sorted({match.code: match.name for match in query.countries}.items())
    return Template(resources.read_text("cli", "commands", "skeleton.toml")).substitute(
        id=query.pairs[0],
        file=quote(make_printable(file)),
        countries="–".join(name for _, name in named),
        codes=", ".join(f'"{code}"' for code, _ in named),
        today=today,
        longest=vocabulary.MAX_TEXT_LENGTH,
        reliabilities=" ".join(vocabulary.RELIABILITIES),
        topics=" ".join(vocabulary.TOPICS),
        statuses=" ".join(vocabulary.STATUSES),
        verifications=" ".join(vocabulary.VERIFICATIONS),
        kinds=" ".join(vocabulary.KINDS),
        stages=" ".join(vocabulary.STAGES),
    )


COMMAND = Command(
    "new",
    "Create a commented pack on two countries, ready to fill in.",
    run=run,
    group="Author",
    words="WORDS",
    words_help="Names or codes of two countries.",
    options=(OUTPUT, FORCE, DATA, NO_USER_PACKS),
    examples=("bilatcli new kenya uganda", "bilatcli new kenya uganda -o notes.toml"),
    takes_countries=True,
)
