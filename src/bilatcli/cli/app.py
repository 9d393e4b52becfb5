"""The Typer app: the whole command line, made from the catalogue of views and their options.

It reads a command line and returns the request; `__main__` carries it out. Help is printed by Typer itself.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from shlex import join
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from bilatcli.cli.command import Command
from bilatcli.cli.commands import COMMANDS
from bilatcli.errors import UsageError
from bilatcli.fuzzy import nearest
from bilatcli.query.options import Option
from bilatcli.query.request import Request
from bilatcli.views.base import View
from bilatcli.views.catalog import CATALOGUE

_ABOUT = (
    "Dated, cited facts on the relations between two countries, offline.\n\n"
    "Type countries as they come to mind: names, codes, capitals, peoples, in any order and joined in any way. "
    "Words that are left over filter the facts.\n\n"
    "  bilatcli summary azerbaijan pakistan\n\n"
    "  bilatcli military az pk jf-17 --json"
)


def read(argv: Sequence[str]) -> Request | None:
    """Return the request that a command line makes, or None where Typer has answered it (`--help`).

    Raises UsageError for what cannot be understood.
    """
    command = typer.main.get_command(_app())
    try:
        result = command.main(
            args=list(argv) or ["--help"], prog_name="bilatcli", standalone_mode=False
        )
    except TyperException as error:
        raise _usage(error, argv) from None
    return result if isinstance(result, Request) else None


def _usage(error: TyperException, argv: Sequence[str]) -> UsageError:
    """What Typer found, in one line; a word in the place of a view is answered with what may have been meant."""
    first = next((word for word in argv if not word.startswith("-")), None)
    names = [*(view.name for view in CATALOGUE), *COMMANDS]
    if first is None or (first in names and argv[0] == first):
        said = error.format_message().strip().rstrip(".").replace("'", "`")
        return UsageError(
            f"{said[:1].lower()}{said[1:]}: see `bilatcli {first + ' ' if first else ''}--help`"
        )
    others = list(argv)
    others.remove(first)
    if first in names:
        return UsageError(
            f"options stand behind the view: write `{join(['bilatcli', first, *others])}`"
        )
    near = nearest(first, names, cutoff=70)
    meant = [near, *others] if near else ["summary", *argv]
    return UsageError(f"there is no view `{first}`: did you mean `{join(['bilatcli', *meant])}`?")


def _app() -> typer.Typer:
    app = typer.Typer(
        help=_ABOUT,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def main(
        *,
        version: Annotated[
            bool,
            typer.Option("--version", help="Print the version; with --json also packs and index."),
        ] = False,
    ) -> None:
        """Take the options that stand before a view; the front door answers --version where it stands alone."""
        if version:
            raise UsageError(
                "--version stands alone, or with --json and --data: write `bilatcli --version`"
            )

    for view in CATALOGUE:
        app.command(view.name, help=view.help, options_metavar="[OPTIONS]")(_command(view))
    for each in COMMANDS.values():
        app.command(each.name, help=each.help)(_order(each))
    return app


def _order(command: Command) -> Callable[..., Request]:
    """The function whose signature tells Typer what a command takes."""

    def read_one(words: list[str] | None = None, **options: Any) -> Request:
        return command.order(words, **options)

    argument = typer.Argument(
        metavar=command.words, show_default=False, help=command.about, hidden=not command.words
    )
    return _signed(read_one, [_positional(argument), *map(_parameter, command.options)])


def _signed(
    command: Callable[..., Request], parameters: list[inspect.Parameter]
) -> Callable[..., Request]:
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what typer reads
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def _command(view: View) -> Callable[..., Request]:
    """The function whose signature tells Typer what a view takes."""

    def command(words: list[str] | None = None, **options: Any) -> Request:
        return Request(view.name, words or (), **options)

    return _signed(command, [_words(view), *map(_parameter, view.options)])


_HELP = {
    "WORDS": "Countries in any spelling, order and joint; words left over filter the facts.",
    "WORDS FROM TO": "Countries and filter, as elsewhere; then two dates (YYYY, YYYY-MM or YYYY-MM-DD).",
    "WORDS-OR-IDS": "Countries, as elsewhere; or ids of facts and sources, with `-` one a line of standard input.",
    "TEXT": "Words that facts must say, all of them, in any order; designations in any spelling.",
    "NAME": "A name, code, capital or people; `-` reads one a line from standard input.",
    "ID": "The id of a fact, as in az-pk/recognition-1991 or recognition-1991; or of a source.",
}

_SHOWN = range(1, 7)
"""So many choices are listed in the help; more would drown it, and are told when one is wrong."""


def _words(view: View) -> inspect.Parameter:
    about = _HELP.get(view.words)
    return _positional(
        typer.Argument(metavar=view.words, show_default=False, help=about, hidden=not view.words)
    )


def _positional(argument: Any) -> inspect.Parameter:
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Parameter(
        "words", kind, default=None, annotation=Annotated[list[str] | None, argument]
    )


def _parameter(option: Option) -> inspect.Parameter:
    taken: Any = bool if option.is_flag else list[str] | None if option.repeats else str | None
    metavar = "|".join(option.choices) if len(option.choices) in _SHOWN else option.metavar
    declared = typer.Option(
        *(flag for flag in (option.flag, option.short) if flag),
        help=option.help,
        metavar=None if option.is_flag else metavar,
        show_default=False,
    )
    default = False if option.is_flag else None
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(
        option.key, kind, default=default, annotation=Annotated[taken, declared]
    )
