"""`mcp`: serve the views as tools for AI assistants, by the Model Context Protocol."""

from __future__ import annotations

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.errors import BilatcliError, EnvironmentFault, UsageError
from bilatcli.query.options import CORPUS_OPTIONS
from bilatcli.version import __version__
from bilatcli.views import VIEWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mcp import types
    from mcp.server.context import ServerRequestContext
    from mcp.server.lowlevel import Server

    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment
    from bilatcli.index.store import Index
    from bilatcli.views import View


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Serve on the standard streams until the client closes them.

    Raises EnvironmentFault if the SDK is missing, PackError for an invalid pack.
    """
    from bilatcli.index.store import open_index

    _require_sdk()
    if environment.stdout is None or not environment.stdin:
        raise EnvironmentFault("standard input or output is closed; the server needs both")
    if environment.is_interactive:
        raise UsageError(
            "`bilatcli mcp` is started by an assistant's program",
            hint="register it there, as docs/assistants.md says",
        )
    index = open_index(environment, invocation.data, engine=invocation.index)
    try:
        _serve(index, environment)
    finally:
        index.close()
    return CommandResult()


def _require_sdk() -> None:
    try:
        # The first release that has this is the first that is supported.
        from mcp import MCPError  # noqa: F401
    except ImportError:
        raise EnvironmentFault(
            "`mcp` needs version 2.0 or newer of the SDK `mcp`",
            hint="run `pip install 'bilatcli[mcp]'`",
        ) from None


def _serve(index: Index, environment: Environment) -> None:
    """Answer on the standard streams until the client closes them."""
    import asyncio

    from mcp.server.stdio import stdio_server

    from bilatcli.cli.commands.mcp_stdio import StdioTransport

    async def serve() -> None:
        server, transport = make_server(index), StdioTransport(environment)
        # The SDK only iterates over the one, and writes to the other.
        stdin: Any = transport.lines()
        stdout: Any = transport
        async with stdio_server(stdin, stdout) as (requests, responses):
            await server.run(requests, responses, server.create_initialization_options())

    try:
        asyncio.run(serve())
    except BaseExceptionGroup as group:
        error: BaseException = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from None


def make_server(index: Index) -> Server[Any]:
    """Return the server, whose tools answer from an index."""
    from mcp import MCPError, types
    from mcp.server.lowlevel import Server

    from bilatcli.cli.commands.mcp_tools import INSTRUCTIONS

    tools = [_make_tool(view) for view in VIEWS.values()]

    async def list_tools(
        _: ServerRequestContext[Any], __: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools)

    async def call_tool(
        _: ServerRequestContext[Any], call: types.CallToolRequestParams
    ) -> types.CallToolResult:
        view = VIEWS.get(call.name)
        if view is None:
            raise MCPError(
                types.INVALID_PARAMS,
                f"unknown tool `{call.name}`; choose from {', '.join(VIEWS)}",
            )
        return _call_tool(view, call.arguments or {}, index)

    return Server(
        "bilatcli",
        version=__version__,
        title="Relations between countries",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _make_tool(view: View) -> types.Tool:
    from json import loads

    from mcp import types

    from bilatcli.cli.commands.mcp_tools import input_schema
    from bilatcli.cli.commands.schema import read_schema

    return types.Tool(
        name=view.name,
        description=f"{view.help} {view.tool_hint}".strip(),
        input_schema=input_schema(view),
        output_schema=loads(read_schema(view.name)),
        annotations=types.ToolAnnotations(
            read_only_hint=True, idempotent_hint=True, open_world_hint=False
        ),
    )


def _call_tool(view: View, arguments: Mapping[str, object], index: Index) -> types.CallToolResult:
    """Return the document both as text and as data: some clients pass on only one of the two."""
    from json import loads

    from mcp import types

    from bilatcli.cli.commands.mcp_tools import call_view, error_result

    try:
        text, notes = call_view(view, arguments, index)
    except BilatcliError as error:
        content = types.TextContent(text=error_result(error))
        return types.CallToolResult(content=[content], is_error=True)
    return types.CallToolResult(
        content=[types.TextContent(text=each) for each in (text, *notes)],
        structured_content=loads(text),
    )


COMMAND = Command(
    "mcp",
    "Serve the views as tools for AI assistants (Model Context Protocol).",
    run=run,
    group="Set up",
    max_words=0,
    options=CORPUS_OPTIONS,
    examples=("bilatcli mcp --data notes.toml",),
)
