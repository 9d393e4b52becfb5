"""Parse JSON with the C part of the standard `json` module: importing all of it takes long."""

from __future__ import annotations

from _json import make_scanner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Types:
    """What the values of JSON become, for `make_scanner`."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float


_scan: Any = make_scanner(_Types)  # type: ignore[arg-type]


def parse_json(text: str) -> Any:
    """Return the value of a compact JSON text, as `text.to_json` writes it.

    Raises ValueError if it is not one.

    >>> parse_json('{"code":"AZ","scores":[98.5,1,null]}')
    {'code': 'AZ', 'scores': [98.5, 1, None]}
    """
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        raise ValueError("this is not JSON") from None
    if end != len(text):
        raise ValueError("this is not JSON")
    return value
