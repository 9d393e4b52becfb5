"""Parse the command lines that `fast_args` does not: help, unusual spellings and mistakes.

The parser is built from the declarations of views and commands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from shlex import join
from typing import Any

import click

from bilatcli.cli.command import COUNTRIES_HELP, Command, Invocation
from bilatcli.cli.commands import COMMANDS, list_declarations, load_declaration
from bilatcli.cli.routing import MIN_COMMAND_SCORE, suggest_command
from bilatcli.environment import Environment
from bilatcli.errors import UsageError
from bilatcli.fuzzy import find_nearest
from bilatcli.query.options import CORPUS_OPTIONS, Option
from bilatcli.query.request import Request
from bilatcli.views import VIEWS, View

ABOUT = """\
Cited facts about relations between countries, offline.

Name countries by name, code, capital or demonym, in any order. Other words filter the facts."""
EXAMPLES = (
    "bilatcli summary azerbaijan pakistan",
    "bilatcli military az pk jf-17 --json",
    "bilatcli stances kashmir",
    "bilatcli cite az pk --style bibtex > refs.bib",
)
GROUPS = ("Look up", "Cite", "Share", "Author", "Set up")
"""The headings of the commands in the general help, in order."""
VIEW_GROUPS = {"cite": "Cite"}
"""The headings of views; all others are under the first heading."""
WORDS_HELP = {
    "WORDS": COUNTRIES_HELP,
    "WORDS FROM TO": "Countries and a filter, then two dates (YYYY, YYYY-MM or YYYY-MM-DD).",
    "WORDS-OR-IDS": "Countries and a filter, or ids of facts and sources; `-` reads ids from "
    "standard input, one per line.",
    "TEXT": "Words to find, all of them, in any order; model numbers in any spelling.",
    "NAME": "Name, code, capital or demonym of a country; `-` reads names from standard input, "
    "one per line.",
    "ID": "Id of a fact (az-pk/recognition-1991 or recognition-1991), of a source or of an event.",
}
"""The help on the words of a view, by their placeholder."""

_ANY_VIEW = "facts"
"""The view that takes all kinds of words, and most options."""

MAX_HELP_WIDTH = 100
"""Maximum columns of a help text."""


def parse(argv: Sequence[str], environment: Environment) -> Request | str:
    """Return the request that a command line makes, or the help that it asks for.

    Raises UsageError for an invalid command line.
    """
    try:
        return _parse(argv or ["--help"], environment)
    except _HelpRequested as requested:
        return requested.text
    except click.ClickException as error:
        raise _to_usage_error(error, argv, environment) from None


def _parse(argv: Sequence[str], environment: Environment) -> Request:
    app = App(environment)
    request: Request = app.main(list(argv), prog_name="bilatcli", standalone_mode=False)
    return request


class _HelpRequested(Exception):
    """Ends the parsing of a command line that asks for help."""

    def __init__(self, text: str) -> None:
        self.text = text


def _show_help(context: click.Context, _: click.Parameter, is_given: bool) -> None:
    if is_given:
        raise _HelpRequested(context.get_help() + "\n")


def _reject_version(_: click.Context, __: click.Parameter, is_given: bool) -> None:
    if is_given:
        choices = ", ".join(option.flag for option in CORPUS_OPTIONS)
        raise UsageError(
            f"--version goes alone, or with --json and any of {choices}",
            hint="run `bilatcli --version`",
        )


def _make_flag(*flags: str, help: str, callback: Any) -> click.Option:
    return click.Option(
        flags, is_flag=True, is_eager=True, expose_value=False, help=help, callback=callback
    )


class App(click.Group):
    """All commands; each is built when its help or its parser is needed."""

    def __init__(self, environment: Environment) -> None:
        version = _make_flag(
            "--version",
            help="Show the version; with --json also the packs and the index.",
            callback=_reject_version,
        )
        super().__init__(
            "bilatcli",
            help=ABOUT,
            params=[version, _make_flag("-h", "--help", help="Show help.", callback=_show_help)],
            add_help_option=False,
            subcommand_metavar="COMMAND WORDS... [OPTIONS]",
            options_metavar="",
            context_settings={"terminal_width": min(environment.width, MAX_HELP_WIDTH)},
        )
        self._environment = environment

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return [*VIEWS, *COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is none of this name."""
        if cmd_name not in (*VIEWS, *COMMANDS):
            return None
        return _Command(load_declaration(cmd_name), self._environment)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their help, by group, and examples."""
        for group in GROUPS:
            members = [each for each in list_declarations() if _group_of(each) == group]
            with formatter.section(group):
                formatter.write_dl([(each.name, each.help) for each in members])
        _write_examples(EXAMPLES, formatter)


def _group_of(declared: View | Command) -> str:
    if isinstance(declared, Command):
        return declared.group
    return VIEW_GROUPS.get(declared.name, GROUPS[0])


class _Command(click.Command):
    """One view or command."""

    def __init__(self, declared: View | Command, environment: Environment) -> None:
        self._declared = declared
        self._environment = environment
        params = [
            click.Argument(["words"], nargs=-1, type=click.UNPROCESSED),
            *map(_make_option, declared.options),
            _make_flag("-h", "--help", help="Show help.", callback=_show_help),
        ]
        super().__init__(
            declared.name, params=params, callback=self._make_request, add_help_option=False
        )

    def _make_request(self, words: Sequence[str], **options: Any) -> Request:
        given = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in options.items()
        }
        if isinstance(self._declared, Command):
            return Invocation(self._declared, words, given, environment=self._environment)
        return Request(self._declared.name, words, self._environment, **given)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows the name of the command in its usage line."""
        return [*filter(None, [self._declared.words]), "[OPTIONS]"]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, its words, options and examples."""
        declared = self._declared
        formatter.write_text(declared.help)
        formatter.write_paragraph()
        self.format_usage(ctx, formatter)
        if declared.words:
            with formatter.section("Words"):
                formatter.write_dl([(declared.words, words_help(declared))])
        self.format_options(ctx, formatter)
        _write_examples(declared.examples, formatter)


def words_help(declared: View | Command) -> str:
    """Return the help on the words of a view or command."""
    if isinstance(declared, Command):
        return declared.words_help
    return WORDS_HELP[declared.words]


def option_help(option: Option) -> str:
    """Return the help on an option, with the values that it takes.

    >>> from bilatcli.query.options import COLOR
    >>> option_help(COLOR).endswith("(auto, always, never)")
    True
    """
    return f"{option.help} ({', '.join(option.choices)})" if option.choices else option.help


def _make_option(option: Option) -> click.Option:
    flags = [flag for flag in (option.short, option.flag) if flag]
    if option.is_flag:
        return click.Option(flags, is_flag=True, help=option_help(option))
    return click.Option(
        flags,
        help=option_help(option),
        metavar=option.metavar,
        multiple=option.is_repeatable,
        type=click.UNPROCESSED,
    )


def format_definitions(meanings: Mapping[str, str], environment: Environment) -> str:
    """Return words and their meanings in two columns, as the help of a command has them."""
    formatter = click.HelpFormatter(width=min(environment.width, MAX_HELP_WIDTH))
    with formatter.indentation():
        formatter.write_dl(list(meanings.items()))
    return formatter.getvalue()


def _write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    if examples:
        with formatter.section("Examples"):
            for example in examples:
                formatter.write(f"{'':>{formatter.current_indent}}$ {example}\n")


def _to_usage_error(
    error: click.ClickException, argv: Sequence[str], environment: Environment
) -> UsageError:
    """Return the error for an invalid command line, with a corrected one."""
    first, *others = argv or [""]
    if first in VIEWS or first in COMMANDS:
        return _to_argument_error(error, first)
    if first.startswith("-"):
        corrected = _move_words_first(argv)
        if corrected == list(argv):
            return _to_argument_error(error, None)
        return UsageError(
            "options go after the command", hint=f"run `{join(['bilatcli', *corrected])}`"
        )
    near = suggest_command(first)
    if near is None:
        return _find_option_error(error, argv, environment)
    return UsageError(
        f"unknown command `{first}`", hint=f"did you mean `{join(['bilatcli', near, *others])}`?"
    )


def _find_option_error(
    unknown: click.ClickException, argv: Sequence[str], environment: Environment
) -> UsageError:
    """Return the error for words without a command, whose options have kept them from a view.

    `unknown` says that the first word is not a command.
    """
    try:
        _parse([_ANY_VIEW, *argv], environment)
    except click.ClickException as error:
        return _to_argument_error(error, _ANY_VIEW)
    except _HelpRequested:
        return _to_argument_error(unknown, None)
    return UsageError("name a command", hint=f"run `{join(['bilatcli', _ANY_VIEW, *argv])}`")


def _move_words_first(argv: Sequence[str]) -> list[str]:
    """Return a command line with its words before its options and their values."""
    with_values = {
        flag
        for each in list_declarations()
        for option in each.options
        if not option.is_flag
        for flag in (option.flag, option.short)
    }
    words: list[str] = []
    options: list[str] = []
    is_value = False
    for argument in argv:
        is_word = not is_value and not argument.startswith("-")
        (words if is_word else options).append(argument)
        is_value = not is_value and argument in with_values
    return words + options


def _to_argument_error(error: click.ClickException, command: str | None) -> UsageError:
    """Return the error for an invalid argument of a command, or of none."""
    hint = f"see `bilatcli {command} --help`" if command else "see `bilatcli --help`"
    if isinstance(error, click.NoSuchOption):
        flags = [option.flag for option in load_declaration(command).options] if command else []
        near = find_nearest(error.option_name, flags, cutoff=MIN_COMMAND_SCORE)
        return UsageError(
            f"no such option `{error.option_name}`",
            hint=f"did you mean `{near}`?" if near else hint,
        )
    message = error.format_message().strip().rstrip(".").replace("'", "`")
    return UsageError(f"{message[:1].lower()}{message[1:]}", hint=hint)
