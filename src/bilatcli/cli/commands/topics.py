"""`topics`: list the topics of facts."""

from __future__ import annotations

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment

MEANINGS = {
    "recognition": "recognition of states and of governments",
    "diplomacy": "relations, embassies, visits, talks and agreements",
    "politics": "declarations, partnerships and work in organisations",
    "stance": "positions on issues, such as Kashmir",
    "military": "arms, exercises, agreements and wars",
    "trade": "trade, investment and economic agreements",
    "transport": "routes, flights, railways and ports",
    "energy": "oil, gas, electricity and pipelines",
    "humanitarian": "aid, relief and development",
    "education": "scholarships, universities and science",
    "culture": "culture, tourism, sport and media",
    "history": "what happened before today's states, and how they remember it",
    "geography": "borders, distances and capitals",
}
"""The subject of the facts on each topic."""


def run(_: Invocation, environment: Environment) -> CommandResult:
    """Return each topic with its meaning: in two columns, or in a pipe with a tab between."""
    if not environment.is_terminal:
        return CommandResult(f"{topic}\t{meaning}\n" for topic, meaning in MEANINGS.items())
    from bilatcli.cli.app import format_definitions

    text = format_definitions(MEANINGS, environment)
    return CommandResult([text], notes=["`bilatcli facts az pk --topic trade` lists the facts"])


COMMAND = Command(
    "topics",
    "List the topics of facts, for --topic.",
    run=run,
    group="Look up",
    max_words=0,
    examples=("bilatcli topics",),
)
