"""The settings of renderers, from the options of a request and the terminal."""

from __future__ import annotations

from bilatcli.render.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.environment import Environment
    from bilatcli.query.request import Request


def make_settings(request: Request, environment: Environment, format: str) -> Settings:
    """Return the settings for renderers. Only a table needs the size of the terminal.

    A file has neither the colours nor the height of the terminal on which it is made.
    """
    is_table = format == "table"
    is_screen = environment.is_terminal and not request.writes_file
    return Settings(
        width=environment.width if is_table else 0,
        height=environment.height if is_table and is_screen else 0,
        has_colour=request.color == "always"
        or (request.color == "auto" and is_screen and environment.has_colour),
        is_raw=request.raw,
        has_ids=request.ids,
        is_brief=request.brief,
        is_sorted=request.sort is not None,
        sources=request.sources or "short",
        limit=request.limit,
        has_all_rows=request.all_rows,
    )
