"""Parse simple command lines without a library, for a fast start; `app` parses all others.

`main` itself parses those without options.
"""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.query.request import Request, is_newest
from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.environment import Environment
    from bilatcli.query.options import Option


def add_command(argv: Sequence[str]) -> Sequence[str]:
    """Return a command line with its command: the id of a fact alone means `show`.

    `version` alone means `--version`.

    >>> add_command(["az-pk/recognition-1991"])
    ['show', 'az-pk/recognition-1991']
    """
    if list(argv) == ["version"]:
        return ["--version"]
    is_id = len(argv) > 0 and argv[0][2:3] == "-" and argv[0][5:6] == "/"
    return ["show", *argv] if is_id else argv


def parse_fast(argv: Sequence[str], environment: Environment | None = None) -> Request | None:
    """Return the request that a command line makes, or None if it is not a simple one.

    Dates such as `last year` need the `environment`. Raises UsageError for a value that an option
    does not take.
    """
    name = argv[0] if argv else ""
    if name in VIEWS:
        found = split_arguments(argv[1:], VIEWS[name].options)
        if found is None or asks_for_newest(name, found[0]):
            return None
        return Request(name, found[0], environment, **found[1])
    return _parse_command(name, argv[1:], environment)


def asks_for_newest(name: str, words: Sequence[str]) -> bool:
    """Return True for `facts latest`, and for `latest` with words, which another view may answer.

    >>> asks_for_newest("facts", ["latest"]), asks_for_newest("facts", ["az", "latest"])
    (True, False)
    """
    return bool(words) and (name == "latest" or (name == "facts" and is_newest(" ".join(words))))


def _parse_command(
    name: str, argv: Sequence[str], environment: Environment | None
) -> Request | None:
    """Return the invocation of a command that is not a view, or None."""
    from bilatcli.cli.command import Invocation
    from bilatcli.cli.commands import COMMANDS, load_command

    if name not in COMMANDS:
        return None
    command = load_command(name)
    found = split_arguments(argv, command.options)
    return None if found is None else Invocation(command, *found, environment=environment)


def parse_version(argv: Sequence[str]) -> Request | None:
    """Return the request for the version as JSON, with its packs; None for another command line.

    >>> parse_version(["--version", "--json", "--data", "own.toml"]).data
    ('own.toml',)
    """
    if "--version" not in argv[:2]:
        return None
    from bilatcli.query.options import CORPUS_OPTIONS, JSON

    others = [each for each in argv if each != "--version"]
    found = split_arguments(others, (JSON, *CORPUS_OPTIONS))
    if found is None or found[0] or not found[1].pop(JSON.key, False):
        return None
    return Request("version", (), **found[1])


def split_arguments(
    argv: Sequence[str], options: Sequence[Option]
) -> tuple[list[str], dict[str, object]] | None:
    """Return words, and values of options by their keys; None if an argument may be neither.

    >>> from bilatcli.query.options import ALL, TOPIC
    >>> split_arguments(["az", "--topic", "trade", "--all"], (TOPIC, ALL))
    (['az'], {'topic': 'trade', 'all': True})
    """
    known = {flag: option for option in options for flag in (option.flag, option.short)}
    words: list[str] = []
    # A value that is missing at the end is an error before two values that differ are.
    values: list[tuple[Option, str]] = []
    rest = iter(argv)
    for argument in rest:
        if not argument.startswith("-") or argument == "-":
            words.append(argument)
            continue
        flag, equals, value = argument.partition("=")
        option = known.get(flag)
        if option is None or (equals and (option.is_flag or flag == option.short)):
            return None
        if not option.is_flag and not equals:
            value = next(rest, "--")
            if value.startswith("-") and value != "-":
                return None
        values.append((option, value))
    given: dict[str, object] = {}
    for option, value in values:
        add_value(given, option, value)
    return words, given


def add_value(given: dict[str, object], option: Option, value: str) -> None:
    """Add the value of an option to those that are given, or True for a flag.

    Of two values of an option that says how an answer is printed, the last one counts. Raises
    UsageError for two values of any other option, unless it is repeatable.
    """
    if option.is_repeatable:
        values = given.setdefault(option.key, [])
        if isinstance(values, list):
            values.append(value)
        return
    if option.is_flag:
        given[option.key] = True
        return
    from bilatcli.query.options import PRESENTATION_OPTIONS

    keys = {each.key for each in PRESENTATION_OPTIONS}
    if given.get(option.key, value) != value and option.key not in keys:
        raise UsageError(
            f"`{option.key}` has two values, `{given[option.key]}` and `{value}`",
            hint="give one of them",
            options=(option.key,),
        )
    given[option.key] = value
