"""The settings of renderers, from the options of a request and the terminal."""

from __future__ import annotations

from bilatcli.render.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.environment import Environment
    from bilatcli.query.request import Request


def make_settings(request: Request, environment: Environment, format: str) -> Settings:
    """Return the settings for renderers. Only a table needs the size of the terminal."""
    is_table = format == "table"
    return Settings(
        width=environment.width if is_table else 0,
        height=environment.height if is_table and environment.is_terminal else 0,
        has_colour=request.color == "always"
        or (request.color == "auto" and environment.has_colour),
        is_raw=request.raw,
        has_ids=request.ids,
        is_brief=request.brief,
        is_sorted=request.sort is not None,
        sources=request.sources or "short",
        limit=request.limit,
        has_all_rows=request.all_rows,
    )
