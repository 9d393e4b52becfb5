"""`publish`: publish the index to PostgreSQL or a compatible database."""

from __future__ import annotations

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.errors import UsageError
from bilatcli.index.store import local_index, require_postgres
from bilatcli.query.options import DATA, NO_USER_PACKS
from bilatcli.text import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment
    from bilatcli.index.publish import Publication


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Publish the index, and report what has changed.

    Raises UsageError for an invalid address, EnvironmentFault if the server does not answer or
    denies access.
    """
    if not invocation.words:
        raise UsageError(
            "no database is given",
            hint="name one, as in `bilatcli publish postgresql://USER@HOST/DATABASE`",
        )
    require_postgres()
    from bilatcli.index.postgres import PostgresWriter
    from bilatcli.index.publish import publish

    index = local_index(environment, invocation.data)
    try:
        with PostgresWriter(invocation.words[0]) as writer:
            publication = publish(index, writer, environment.on_progress)
    finally:
        index.close()
    return CommandResult(notes=[f"`{writer.shown}` {describe(publication)}"])


def describe(publication: Publication) -> str:
    """Return what publishing has changed, as the end of a sentence."""
    if publication.is_empty:
        return "is up to date"
    facts = plural(publication.facts_written, "fact")
    written = f"{plural(publication.packs_written, 'pack')} with {facts}"
    removed = f", lost {plural(publication.packs_removed, 'pack')}"
    return (
        f"received {written}{removed if publication.packs_removed else ''}; "
        f"it has {plural(publication.packs, 'pack')}"
    )


COMMAND = Command(
    "publish",
    "Publish the index to PostgreSQL or a compatible database; uploads only changes.",
    run=run,
    group="Share",
    words="ADDRESS",
    words_help="Address of the database: postgresql://USER@HOST/DATABASE.",
    max_words=1,
    options=(DATA, NO_USER_PACKS),
    examples=("bilatcli publish postgresql://desk@db.example/facts",),
)
