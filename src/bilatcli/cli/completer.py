"""Completion: what may follow on a command line that is being typed, for bash, zsh and fish."""

from __future__ import annotations

from bilatcli.fields import ROWS
from bilatcli.query.options import COUNTRY, DATA, MATRIX
from bilatcli.text import normalize
from bilatcli.views.catalog import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bilatcli.cli.command import Command
    from bilatcli.index.store import Index
    from bilatcli.query.options import Option
    from bilatcli.views.base import View

    Offer = tuple[str, str]

MOST = 40
"""More offers than this help nobody."""

_USUAL = ("name", "alias", "native", "capital")
"""Kinds of names that are all offered; of a country that has none of them, one of another kind is."""

_LAST = "\U0010ffff"


def offers(words: Sequence[str], open_index: Callable[[], Index]) -> list[Offer]:
    """Return what the last of `words` may become, each with what it means; nothing where a file is meant.

    `words` are those of the command line behind the command's name; the last may be empty. The index is only opened
    where countries or ids are meant.
    """
    *before, typed = words or [""]
    view = VIEWS.get(before[0]) if before else None
    if view is None:
        from bilatcli.cli.commands import COMMANDS

        if not before:
            return _matching(
                typed,
                [(each.name, each.help) for kind in (VIEWS, COMMANDS) for each in kind.values()],
            )
        return (
            _of_command(COMMANDS[before[0]], before, typed, open_index)
            if before[0] in COMMANDS
            else []
        )
    options = {option.flag: option for option in view.options}
    flag, equals, value = typed.partition("=")
    last, value = (
        (options[flag], value) if equals and flag in options else (options.get(before[-1]), typed)
    )
    if last is not None and not last.is_flag:
        offered = (
            _named(value, open_index())
            if last is COUNTRY
            else _values(_rows(view, before), last, value)
        )
        return [(f"{flag}={offer}", meaning) for offer, meaning in offered] if equals else offered
    if typed.startswith("-"):
        return _matching(typed, ((option.flag, option.help) for option in view.options))
    return _words(view, typed, open_index()) if view.words else []


def _of_command(
    command: Command, before: Sequence[str], typed: str, open_index: Callable[[], Index]
) -> list[Offer]:
    """The options of a command and their values, and the words that it takes; else a file is meant."""
    valued = (option for option in command.options if not option.is_flag)
    last = next((option for option in valued if before[-1] in (option.flag, option.short)), None)
    if last is not None:
        return _matching(typed, ((offer, "") for offer in last.offers))
    if typed.startswith("-"):
        return _matching(typed, ((option.flag, option.help) for option in command.options))
    if command.takes_countries:
        return _countries(typed, open_index())[:MOST]
    return _matching(typed, ((offer, "") for offer in command.offers()))


def _matching(typed: str, offers: Iterable[Offer]) -> list[Offer]:
    return [offer for offer in offers if offer[0].startswith(typed)][:MOST]


def _rows(view: View, before: Sequence[str]) -> str:
    """What the rows of a view's document are, with these options."""
    if MATRIX.flag in before:
        return "cells"
    return {"list": "relations", "cite": "sources", "resolve": "names"}.get(view.name, "facts")


def _named(typed: str, index: Index) -> list[Offer]:
    """Countries; before a letter is typed, those with the first names."""
    if normalize(typed):
        return _countries(typed, index)[:MOST]
    known = index.rows("SELECT name, code FROM country ORDER BY name LIMIT :most", {"most": MOST})
    return [(normalize(name).replace(" ", "-"), code) for name, code in known]


def _values(rows: str, option: Option, typed: str) -> list[Offer]:
    if option is DATA:
        return []
    if option.key != "fields":
        return _matching(typed, ((offer, "") for offer in option.offers))
    given, comma, begun = typed.rpartition(",")
    keys = [
        (column.key, column.heading) for column in ROWS[rows] if column.key not in given.split(",")
    ]
    return [(f"{given}{comma}{key}", heading) for key, heading in _matching(begun, keys)]


def _words(view: View, typed: str, index: Index) -> list[Offer]:
    """Countries under any of their names, and the ids of facts and sources where the view takes ids."""
    found = _ids(typed, index) if "ID" in view.words else []
    if "WORDS" in view.words or view.words == "NAME":
        found += _issues(typed, index) if view.name == "stances" and typed else []
        found += _countries(typed, index)
    return found[:MOST]


def _ids(typed: str, index: Index) -> list[Offer]:
    statement = """SELECT id, status FROM fact WHERE id >= :typed AND id < :last
        UNION ALL SELECT slug, id FROM fact WHERE slug >= :typed AND slug < :last
        UNION ALL SELECT id, 'source' FROM source WHERE id >= :typed AND id < :last
        UNION SELECT event, 'event' FROM fact WHERE event >= :typed AND event < :last LIMIT :most"""
    asked = {"typed": typed, "last": typed + _LAST, "most": MOST}
    return [(id, what) for id, what in index.rows(statement, asked)]


def _countries(typed: str, index: Index) -> list[Offer]:
    """Names as they are compared, a hyphen for each space, so that no shell has to quote them."""
    begun = normalize(typed)
    if not begun:
        rows = index.rows(
            "SELECT r.id, r.name FROM relation r ORDER BY r.id LIMIT :most", {"most": MOST}
        )
        return [(id, name) for id, name in rows]
    statement = """SELECT n.normalized, c.name, n.kind FROM name n JOIN country c ON c.code = n.code
        WHERE n.normalized >= :typed AND n.normalized < :last"""
    rows = index.rows(statement, {"typed": begun, "last": begun + _LAST})
    usual = [(folded, name) for folded, name, kind in rows if kind in _USUAL]
    known = {name for _, name in usual}
    rest = {
        name: folded
        for folded, name, kind in reversed(rows)
        if kind != "code" and name not in known
    }
    return [
        (folded.replace(" ", "-"), name)
        for folded, name in sorted([*usual, *((f, n) for n, f in rest.items())])
    ]


def _issues(typed: str, index: Index) -> list[Offer]:
    asked = {"typed": typed, "last": typed + _LAST}
    return [
        (slug, "issue")
        for (slug,) in index.rows(
            "SELECT slug FROM issue WHERE slug >= :typed AND slug < :last", asked
        )
    ]
