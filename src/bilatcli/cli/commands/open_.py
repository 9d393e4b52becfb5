"""`open`: open a source in the browser."""

from __future__ import annotations

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.errors import EXIT_EMPTY
from bilatcli.query.options import CORPUS_OPTIONS, Option
from bilatcli.query.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment

ARCHIVED = Option("archived", "Open the archived copy.")
SCHEMES = ("https://", "http://")
"""The beginnings of addresses that a browser may open."""


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Open the first source of a record that has an address; print it if there is no browser.

    Raises NoSuchRecord for an unknown id.
    """
    from bilatcli.index.store import open_index
    from bilatcli.views import VIEWS
    from bilatcli.views import run as run_view

    index = open_index(environment, invocation.data, engine=invocation.index)
    try:
        request = Request("show", invocation.words, environment)
        sources = run_view(VIEWS["show"], request, index).load()["sources"]
    finally:
        index.close()
    address = _find_address(sources, is_archived=invocation.has(ARCHIVED))
    if address is None:
        what = "archived copy" if invocation.has(ARCHIVED) else "address"
        return CommandResult(notes=[f"no source of this record has an {what}"], code=EXIT_EMPTY)
    if _open_browser(address):
        return CommandResult(notes=[f"opened {address}"])
    return CommandResult([f"{address}\n"])


def _find_address(sources: Sequence[Mapping[str, Any]], *, is_archived: bool) -> str | None:
    """Return the first address of sources, or of their archived copies."""
    addresses = (source.get("archive_location" if is_archived else "URL") for source in sources)
    return next((each for each in addresses if each and each.startswith(SCHEMES)), None)


def _open_browser(address: str) -> bool:
    """Open an address in the browser; return False if there is none."""
    import webbrowser

    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


COMMAND = Command(
    "open",
    "Open a source in the browser, or print its address if there is no browser.",
    run=run,
    group="Cite",
    words="ID",
    words_help="Id of a source, or of a fact: its first source with an address is opened.",
    max_words=1,
    options=(ARCHIVED, *CORPUS_OPTIONS),
    examples=("bilatcli open azernews-200281", "bilatcli open azernews-200281 --archived"),
)
