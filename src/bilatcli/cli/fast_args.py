"""Plain questions: command lines that are read from the catalogue alone, without a library."""

from __future__ import annotations

from bilatcli.query.options import DATA, JSON
from bilatcli.query.request import Request
from bilatcli.views.catalog import BATCH, PLAIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.query.options import Option


def spelt_out(argv: Sequence[str]) -> Sequence[str]:
    """Return a command line with its view: a fact's id alone asks for that fact.

    >>> spelt_out(["az-pk/recognition-1991"])
    ['show', 'az-pk/recognition-1991']
    """
    is_id = len(argv) > 0 and argv[0][2:3] == "-" and argv[0][5:6] == "/"
    return ["show", *argv] if is_id else argv


def read(argv: Sequence[str]) -> Request | None:
    """Return the request that a command line makes, or None for whatever is not quite sure to be a plain question.

    Raises UsageError for a value that its option does not have.
    """
    found = parts(argv)
    if found is None:
        return None
    words, options = found
    if argv[0] != BATCH:
        return Request(argv[0], words, **options)
    from bilatcli.cli.command import Order

    return None if words else Order(BATCH, (), **options)


def parts(argv: Sequence[str]) -> tuple[list[str], dict[str, object]] | None:
    """Return the words and the options, by their keys, of a plain command line, or None where it is none.

    >>> parts(["facts", "az", "--topic", "trade", "--all"])
    (['az'], {'topic': 'trade', 'all': True})
    """
    return _parts(argv[1:], PLAIN[argv[0]]) if argv and argv[0] in PLAIN else None


def asks_of_version(argv: Sequence[str]) -> list[str] | None:
    """Return the paths of packs of one's own where a command line asks for the version as JSON, else None.

    >>> asks_of_version(["--version", "--json", "--data", "own.toml"])
    ['own.toml']
    """
    if "--version" not in argv[:2]:
        return None
    words, options = _parts([each for each in argv if each != "--version"], (JSON, DATA)) or (
        ["-"],
        {},
    )
    data = options.get("data", [])
    return data if options.get("json") and not words and isinstance(data, list) else None


def _parts(
    argv: Sequence[str], options: Sequence[Option]
) -> tuple[list[str], dict[str, object]] | None:
    """The words and the values of options, by their keys, or None where one is not quite sure to be what it seems."""
    known = {option.flag: option for option in options}
    words: list[str] = []
    given: dict[str, object] = {}
    data: list[str] = []
    rest = iter(argv)
    for argument in rest:
        if not argument.startswith("-") or argument == "-":
            words.append(argument)
            continue
        flag, equals, value = argument.partition("=")
        option = known.get(flag)
        if option is None or (option.is_flag and equals):
            return None
        if not option.is_flag and not equals:
            value = next(rest, "-")
            if value.startswith("-"):
                return None
        if option.repeats:
            data.append(value)
        given[option.key] = data if option.repeats else True if option.is_flag else value
    return words, given
