"""Shell completion: find and print how the last word of a command line may go on."""

from __future__ import annotations

from bilatcli.cli import write_stdout
from bilatcli.cli.commands import COMMANDS, list_declarations, load_declaration
from bilatcli.fields import FIELDS
from bilatcli.index import Statement
from bilatcli.normalization import normalize
from bilatcli.query.options import MATRIX, NAME_OPTIONS
from bilatcli.views import VIEWS, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bilatcli.cli.command import Command
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.query.options import Option

    Completion = tuple[str, str]
    """The completed word, and its meaning."""

MAX_COMPLETIONS = 40

_MAIN_KINDS = ("name", "alias", "native", "capital")
"""Kinds of names that are always offered. Others are offered only for a country without these."""

_LAST = "\U0010ffff"
"""The last character: a prefix ends before the prefix with this appended."""

COUNTRIES_BY_NAME = Statement(
    "complete_all_countries", "SELECT name, code FROM country ORDER BY name LIMIT :most"
)
RELATIONS = Statement(
    "complete_all_relations", "SELECT id, name FROM relation ORDER BY id LIMIT :most"
)
NAMES = Statement(
    "complete_countries",
    """
    SELECT n.normalized, c.name, n.kind FROM name n JOIN country c ON c.code = n.code
    WHERE n.normalized >= :typed AND n.normalized < :last AND n.kind <> 'translation'
        AND substr(n.normalized, length(n.normalized)) <> '-'
    """,
)
"""The names of countries in English and in their own languages."""
IDS = Statement(
    "complete_ids",
    """
    SELECT id, status AS meaning FROM fact WHERE id >= :typed AND id < :last
    UNION ALL SELECT slug, id FROM fact WHERE slug >= :typed AND slug < :last
    UNION ALL SELECT id, 'source' FROM source WHERE id >= :typed AND id < :last
    UNION ALL SELECT relation || '/' || data_table || '-' || key, 'fact' FROM table_row
    WHERE relation = SUBSTR(:typed, 1, 5) AND LENGTH(:typed) > 5
        AND relation || '/' || data_table || '-' || key >= :typed
        AND relation || '/' || data_table || '-' || key < :last
    UNION SELECT event, 'event' FROM fact WHERE event >= :typed AND event < :last LIMIT :most
    """,
)
ISSUES = Statement(
    "complete_issues", "SELECT slug FROM issue WHERE slug >= :typed AND slug < :last"
)


def print_completions(words: Sequence[str], environment: Environment) -> int:
    """Print the completions of the last word, one per line, each with its meaning after a tab."""
    from bilatcli.index.store import open_index

    opened: list[Index] = []

    def open_for_completions() -> Index:
        opened.append(open_index(environment))
        return opened[-1]

    try:
        found = complete(words, open_for_completions)
    finally:
        for index in opened:
            index.close()
    write_stdout([f"{offer}\t{meaning}\n" for offer, meaning in found], environment)
    return 0


def complete(words: Sequence[str], open_index: Callable[[], Index]) -> list[Completion]:
    """Return completions of the last word; none if it is the path of a file.

    `words` follow the name of the program; the last may be empty. The index is only opened for
    countries and ids.
    """
    *before, typed = words or [""]
    if not before:
        return _filter(typed, ((each.name, each.help) for each in list_declarations()))
    if before[0] not in (*VIEWS, *COMMANDS):
        return []
    return _complete_argument(load_declaration(before[0]), before, typed, open_index)


def _complete_argument(
    command: View | Command, before: Sequence[str], typed: str, open_index: Callable[[], Index]
) -> list[Completion]:
    """Return the options of a command, values of the option before, or words."""
    options = {
        flag: option for option in command.options for flag in (option.flag, option.short) if flag
    }
    flag, equals, value = typed.partition("=")
    if equals and flag in options and not options[flag].is_flag:
        found = _option_values(command, options[flag], before, value, open_index)
        return [(f"{flag}={completed}", meaning) for completed, meaning in found]
    previous = options.get(before[-1])
    if previous is not None and not previous.is_flag:
        return _option_values(command, previous, before, typed, open_index)
    if typed.startswith("-"):
        return _filter(typed, ((option.flag, option.help) for option in command.options))
    if isinstance(command, View):
        return _view_words(command, typed, open_index()) if command.words else []
    if command.takes_countries:
        return _countries(typed, open_index())[:MAX_COMPLETIONS]
    return _filter(typed, ((word, "") for word in command.word_choices()))


def _filter(typed: str, completions: Iterable[Completion]) -> list[Completion]:
    return [each for each in completions if each[0].startswith(typed)][:MAX_COMPLETIONS]


def _option_values(
    command: View | Command,
    option: Option,
    before: Sequence[str],
    typed: str,
    open_index: Callable[[], Index],
) -> list[Completion]:
    if option in NAME_OPTIONS:
        return _countries_by_name(typed, open_index())
    if option.key != "fields":
        return _filter(typed, ((offer, "") for offer in option.suggestions))
    given, comma, begun = typed.rpartition(",")
    keys = [
        (column.key, column.heading)
        for column in FIELDS[_rows_of(command.name, before)]
        if column.key not in given.split(",")
    ]
    return [(f"{given}{comma}{key}", heading) for key, heading in _filter(begun, keys)]


def _rows_of(view: str, before: Sequence[str]) -> str:
    """Return the name of the rows in a view's document, with the options before."""
    if MATRIX.flag in before:
        return "cells"
    if view in FIELDS:
        return view
    return {"list": "relations", "cite": "sources", "resolve": "names"}.get(view, "facts")


def _view_words(view: View, typed: str, index: Index) -> list[Completion]:
    """Return names of countries, and ids or issues if the view takes them."""
    found = _ids(typed, index) if "ID" in view.words else []
    if "WORDS" in view.words or view.words == "NAME":
        found += _issues(typed, index) if view.name == "stances" and typed else []
        found += _countries(typed, index)
    return found[:MAX_COMPLETIONS]


def _ids(typed: str, index: Index) -> list[Completion]:
    rows = index.rows(IDS, {**_range(typed), "most": MAX_COMPLETIONS})
    return [(row["id"], row["meaning"]) for row in rows]


def _issues(typed: str, index: Index) -> list[Completion]:
    return [(row["slug"], "issue") for row in index.rows(ISSUES, _range(typed))]


def _countries_by_name(typed: str, index: Index) -> list[Completion]:
    """Return countries; before a letter is typed, the first by name."""
    if normalize(typed):
        return _countries(typed, index)[:MAX_COMPLETIONS]
    rows = index.rows(COUNTRIES_BY_NAME, {"most": MAX_COMPLETIONS})
    return [(_hyphenate(normalize(row["name"])), row["code"]) for row in rows]


def _countries(typed: str, index: Index) -> list[Completion]:
    """Return normalized names of countries; before a letter is typed, ids of relations."""
    begun = normalize(typed)
    if not begun:
        rows = index.rows(RELATIONS, {"most": MAX_COMPLETIONS})
        return [(row["id"], row["name"]) for row in rows]
    rows = index.rows(NAMES, _range(begun))
    main = [(row["normalized"], row["name"]) for row in rows if row["kind"] in _MAIN_KINDS]
    known = {name for _, name in main}
    others = {
        row["name"]: row["normalized"]
        for row in reversed(rows)
        if row["kind"] != "code" and row["name"] not in known
    }
    found = sorted([*main, *((normalized, name) for name, normalized in others.items())])
    return [(_hyphenate(normalized), name) for normalized, name in found]


def _hyphenate(normalized: str) -> str:
    """Return a name without spaces, which no shell has to quote."""
    return normalized.replace(" ", "-")


def _range(prefix: str) -> dict[str, object]:
    return {"typed": prefix, "last": prefix + _LAST}
