"""Command lines without a command: find the view that answers their words."""

from __future__ import annotations

from shlex import join

from bilatcli.cli import write_notes
from bilatcli.cli.commands import COMMANDS
from bilatcli.cli.fast_args import split_arguments
from bilatcli.query.options import (
    CORPUS_OPTIONS,
    OUTPUT_OPTIONS,
    PARTY_OPTIONS,
    STATUS,
    TOPIC,
    VERIFICATION,
)
from bilatcli.query.request import Request, is_newest
from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.environment import Environment
    from bilatcli.views import View

MIN_COMMAND_SCORE = 70.0
"""Minimum similarity (0 to 100) of a word to a command that it may be a misspelling of."""

_KIND_KEYS = frozenset(option.key for option in (TOPIC, VERIFICATION, STATUS, *PARTY_OPTIONS))
_CORPUS_KEYS = frozenset(option.key for option in CORPUS_OPTIONS)


def route(argv: Sequence[str], environment: Environment) -> Sequence[str]:
    """Return a command line with the view that answers it, and write a note on it.

    A command line that has a command, or begins with a misspelt one, stays as it is. So does one
    for `latest`, unless its words need another view; `facts latest` is `latest`.
    """
    if len(argv) > 1 and argv[0] == "facts" and is_newest(argv[1]):
        routed = ["latest", *argv[2:]]
    else:
        view = _find_view(argv, environment)
        if view is None:
            return argv
        routed = [view, *argv]
    write_notes([f"answered by `{join(['bilatcli', *routed])}`"], environment)
    return routed


def _find_view(argv: Sequence[str], environment: Environment) -> str | None:
    is_latest = list(argv[:1]) == ["latest"]
    if not argv or argv[0].startswith("-") or (_is_command(argv[0]) and not is_latest):
        return None
    found = split_arguments(argv, OUTPUT_OPTIONS) or _split_by_all_views(argv)
    if found is None or found[0] == ["latest"]:
        return None
    from bilatcli.index.store import open_index
    from bilatcli.query.route import find_route

    words, options = found
    corpus = {key: options[key] for key in _CORPUS_KEYS if key in options}
    request = Request("facts", words, environment, **corpus)
    environment.has_user_packs = not request.no_user_packs
    index = open_index(environment, request.data, engine=request.index)
    try:
        route = find_route(request, index)
    finally:
        index.close()
    is_misspelt = not route.is_first_named and suggest_command(argv[0]) is not None
    if route.view == "latest" if is_latest else is_misspelt:
        return None
    return next(
        (name for name in (route.view, "facts", "search") if _answers(VIEWS[name], options)),
        route.view,
    )


def _is_command(word: str) -> bool:
    return word in VIEWS or word in COMMANDS


def _split_by_all_views(argv: Sequence[str]) -> tuple[list[str], dict[str, object]] | None:
    """Return words and options, if each option is one of any view. This imports all views."""
    return split_arguments(argv, [option for view in VIEWS.values() for option in view.options])


def _answers(view: View, options: Iterable[str]) -> bool:
    """Return True if a view takes some options; facts of a kind are more than a summary shows."""
    if view.name == "summary" and not _KIND_KEYS.isdisjoint(options):
        return False
    return {option.key for option in view.options}.issuperset(options)


def suggest_command(word: str) -> str | None:
    """Return the view or command that a word may be a misspelling of, or None."""
    from bilatcli.fuzzy import find_nearest

    return find_nearest(word, [*VIEWS, *COMMANDS], cutoff=MIN_COMMAND_SCORE)
