"""`help`: show the help of a command, or explain words that answers use."""

from __future__ import annotations

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment

WORDS = "words"
"""The topic of help that is not a command."""

STATUS_MEANINGS = {
    "current": "holds today",
    "historical": "held once, or happened and is over",
    "planned": "announced, but has not happened yet",
    "superseded": "replaced by a newer fact; hidden unless you add --all",
    "disputed": "contested: other sources or facts contradict it",
}
VERIFICATION_MEANINGS = {
    "cited": "supported by two independent sources, or by one that is official, academic or a "
    "reference work; --verified keeps only these",
    "single-source-claim": "supported by one source of any other kind",
    "conflicting": "sources disagree; the note of the fact says how",
    "citation-needed": "claimed, but no source was found for it",
}
RELIABILITY_MEANINGS = {
    "official": "a government or an international organisation",
    "academic": "a scholarly work",
    "reference": "an encyclopedia, handbook or the like",
    "news": "a newspaper, agency or broadcaster",
    "dataset": "a published data set",
    "advocacy": "an organisation with a stake in the matter",
    "weak": "less dependable, such as a blog or a copy of unknown origin",
}
COVERAGE_MEANINGS = {
    "curated": "written by an editor",
    "outline": "generated from a reference work such as The World Factbook",
}


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Return the general help, that of a command, or the meanings of words."""
    if invocation.words == [WORDS]:
        return CommandResult([explain_words(environment)])
    from bilatcli.cli.app import parse

    text = parse([*invocation.words, "--help"], environment)
    return CommandResult([text] if isinstance(text, str) else [])


def explain_words(environment: Environment) -> str:
    """Return the meanings of the words for the standing of a fact and of a source."""
    from bilatcli.cli.app import format_definitions
    from bilatcli.render.standing import MEANINGS

    sections = (
        ("In tables: what is uncertain about a fact", MEANINGS),
        ("Status: whether a fact holds", STATUS_MEANINGS),
        ("Verification: how well a fact is supported", VERIFICATION_MEANINGS),
        ("Coverage: how a fact came about", COVERAGE_MEANINGS),
        ("Reliability of a source", RELIABILITY_MEANINGS),
    )
    return "\n".join(
        f"{heading}:\n{format_definitions(meanings, environment)}" for heading, meanings in sections
    )


def _list_topics() -> Iterable[str]:
    from bilatcli.cli.commands import COMMANDS
    from bilatcli.views import VIEWS

    return (*VIEWS, *COMMANDS, WORDS)


COMMAND = Command(
    "help",
    "Show the help of a command; `help words` explains the words of answers.",
    run=run,
    group="Set up",
    words="COMMAND",
    words_help="A command, or `words`.",
    max_words=1,
    examples=("bilatcli help facts", "bilatcli help words"),
    word_choices=_list_topics,
)
