"""Command lines without a command: find the view that answers their words."""

from __future__ import annotations

from shlex import join

from bilatcli.cli import write_notes
from bilatcli.cli.commands import COMMANDS
from bilatcli.cli.fast_args import split_arguments
from bilatcli.query.options import CORPUS_OPTIONS, OUTPUT_OPTIONS
from bilatcli.query.request import Request
from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.environment import Environment
    from bilatcli.views import View

MIN_COMMAND_SCORE = 70.0
"""Minimum similarity (0 to 100) of a word to a command that it may be a misspelling of."""

_CORPUS_KEYS = frozenset(option.key for option in CORPUS_OPTIONS)


def route(argv: Sequence[str], environment: Environment) -> Sequence[str]:
    """Return a command line with the view that answers it, and write a note on it.

    A command line that has a command, or begins with a misspelt one, stays as it is.
    """
    view = _find_view(argv, environment)
    if view is None:
        return argv
    routed = [view, *argv]
    write_notes([f"answered by `{join(['bilatcli', *routed])}`"], environment)
    return routed


def _find_view(argv: Sequence[str], environment: Environment) -> str | None:
    if not argv or argv[0].startswith("-") or argv[0] in VIEWS or argv[0] in COMMANDS:
        return None
    found = split_arguments(argv, OUTPUT_OPTIONS) or _split_by_all_views(argv)
    if found is None:
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
    if not route.is_first_named and suggest_command(argv[0]) is not None:
        return None
    return next(
        (name for name in (route.view, "facts", "search") if _takes(VIEWS[name], options)),
        route.view,
    )


def _split_by_all_views(argv: Sequence[str]) -> tuple[list[str], dict[str, object]] | None:
    """Return words and options, if each option is one of any view. This imports all views."""
    return split_arguments(argv, [option for view in VIEWS.values() for option in view.options])


def _takes(view: View, options: Iterable[str]) -> bool:
    return {option.key for option in view.options}.issuperset(options)


def suggest_command(word: str) -> str | None:
    """Return the view or command that a word may be a misspelling of, or None."""
    from bilatcli.fuzzy import find_nearest

    return find_nearest(word, [*VIEWS, *COMMANDS], cutoff=MIN_COMMAND_SCORE)
