"""Plain questions: command lines that are read from the catalogue alone, without a library."""

from __future__ import annotations

from bilatcli.query import Request
from bilatcli.views import BATCH, PLAIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


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
    from bilatcli.command import Order

    return None if words else Order(BATCH, (), **options)


def parts(argv: Sequence[str]) -> tuple[list[str], dict[str, object]] | None:
    """Return the words and the options, by their keys, of a plain command line, or None where it is none.

    >>> parts(["facts", "az", "--topic", "trade", "--all"])
    (['az'], {'topic': 'trade', 'all': True})
    """
    if not argv or argv[0] not in PLAIN:
        return None
    known = {option.flag: option for option in PLAIN[argv[0]]}
    words: list[str] = []
    options: dict[str, object] = {}
    data: list[str] = []
    rest = iter(argv[1:])
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
        options[option.key] = data if option.repeats else True if option.is_flag else value
    return words, options
