"""A question by its parts, words and options by their keys: how batch lines, Python and assistants ask."""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.query.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilatcli.query.options import Option


def request(
    view: str, words: object, given: Mapping[str, object], taken: Sequence[Option]
) -> Request:
    """Return the question that a view is asked: one text of words or several, and values of the options `taken`.

    None is a value that was not given. Raises UsageError for a key that is none of theirs, and for a value that its
    option does not have.
    """
    known = {option.key: option for option in taken}
    unknown = sorted(set(given).difference(known))
    if unknown:
        there = ", ".join(["words", *sorted(known)])
        raise UsageError(f"`{unknown[0]}` is no key of a question to `{view}`: there are {there}")
    options = {key: _value(known[key], value) for key, value in given.items() if value is not None}
    pieces = words if isinstance(words, list | tuple) else [words]
    if not all(isinstance(piece, str | int) for piece in pieces):
        raise UsageError("`words` must be text, or a list of texts")
    return Request(view, [str(piece) for piece in pieces], **options)


def _value(option: Option, value: object) -> str | bool:
    """A value as `Request` takes it; a number is the text of one there."""
    if option.is_flag:
        if isinstance(value, bool):
            return value
        raise UsageError(f"`{option.key}` must be true or false")
    if option.is_number and type(value) is int:
        return str(value)
    if isinstance(value, str):
        return value
    raise UsageError(f"`{option.key}` must be {'a number' if option.is_number else 'text'}")
