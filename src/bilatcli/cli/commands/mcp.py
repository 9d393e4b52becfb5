"""`mcp`: serve the views as tools for AI assistants, by the Model Context Protocol."""

from __future__ import annotations

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.cli.commands.mcp_reply import DEFAULT_CEILING, MIN_CEILING
from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.query.options import CORPUS_OPTIONS, Option, parse_int
from bilatcli.text import to_json
from bilatcli.version import __version__

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

    Context = ServerRequestContext[Any]

JSON_TYPE = "application/json"

MAX_REPLY = Option(
    "max_reply",
    f"Maximum characters of a reply, its two copies together (default: {DEFAULT_CEILING:,}).",
    metavar="N",
    is_number=True,
)


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
        _serve(index, environment, read_ceiling(invocation))
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


def read_ceiling(invocation: Invocation) -> int:
    """Return the maximum characters of a reply; raises UsageError for too few."""
    ceiling = parse_int(MAX_REPLY, invocation.given) or DEFAULT_CEILING
    if ceiling < MIN_CEILING:
        raise UsageError(
            f"`{MAX_REPLY.key}` cannot be {ceiling}",
            hint=f"a reply takes at least {MIN_CEILING} characters",
            options=(MAX_REPLY.key,),
        )
    return ceiling


def _serve(index: Index, environment: Environment, ceiling: int) -> None:
    """Answer on the standard streams until the client closes them."""
    import asyncio

    from mcp.server.stdio import stdio_server

    from bilatcli.cli.commands.mcp_stdio import StdioTransport

    async def serve() -> None:
        server, transport = make_server(index, ceiling), StdioTransport(environment)
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


def make_server(index: Index, ceiling: int = DEFAULT_CEILING) -> Server[Any]:
    """Return the server, whose tools answer from an index with replies up to a ceiling."""
    from mcp.server.lowlevel import Server

    from bilatcli.cli.commands.mcp_tools import INSTRUCTIONS

    return Server(
        "bilatcli",
        version=__version__,
        title="Relations between countries",
        instructions=INSTRUCTIONS,
        **_handle_tools(index, ceiling),
        **_handle_prompts(),
        **_handle_resources(index),
    )


def _handle_tools(index: Index, ceiling: int) -> dict[str, Any]:
    from mcp import MCPError, types

    from bilatcli.cli.commands.mcp_tools import TOOLS

    tools = [_make_tool(view) for view in TOOLS.values()]

    async def list_tools(_: Context, __: types.PaginatedRequestParams | None) -> Any:
        return types.ListToolsResult(tools=tools)

    async def call_tool(_: Context, call: types.CallToolRequestParams) -> Any:
        view = TOOLS.get(call.name)
        if view is None:
            names = ", ".join(TOOLS)
            raise MCPError(types.INVALID_PARAMS, f"unknown tool `{call.name}`; choose from {names}")
        return _call_tool(view, call.arguments or {}, index, ceiling)

    return {"on_list_tools": list_tools, "on_call_tool": call_tool}


def _make_tool(view: View) -> types.Tool:
    from mcp import types

    from bilatcli.cli.commands.mcp_tools import OUTPUT_SCHEMA, input_schema

    return types.Tool(
        name=view.name,
        description=f"{view.help} {view.tool_hint}".strip(),
        input_schema=input_schema(view),
        output_schema=OUTPUT_SCHEMA,
        annotations=types.ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )


def _call_tool(
    view: View, arguments: Mapping[str, object], index: Index, ceiling: int
) -> types.CallToolResult:
    """Return the reply both as text and as data: some clients pass on only one of the two."""
    from mcp import types

    from bilatcli.cli.commands.mcp_tools import answer_call

    reply = answer_call(view, arguments, index, ceiling)
    return types.CallToolResult(
        content=[types.TextContent(text=to_json(reply))],
        structured_content=reply,
        is_error=reply["outcome"] in ("not-understood", "failed"),
    )


def _handle_prompts() -> dict[str, Any]:
    from mcp import MCPError, types

    from bilatcli.cli.commands.mcp_prompts import PROMPTS, fill_prompt

    async def list_prompts(_: Context, __: types.PaginatedRequestParams | None) -> Any:
        return types.ListPromptsResult(
            prompts=[
                types.Prompt(
                    name=prompt.name,
                    description=prompt.help,
                    arguments=[
                        types.PromptArgument(name=name, description=help, required=is_required)
                        for name, help, is_required in prompt.arguments
                    ],
                )
                for prompt in PROMPTS.values()
            ]
        )

    async def get_prompt(_: Context, asked: types.GetPromptRequestParams) -> Any:
        try:
            text = fill_prompt(asked.name, asked.arguments or {})
        except UsageError as error:
            raise MCPError(types.INVALID_PARAMS, error.message) from None
        content = types.TextContent(text=text)
        return types.GetPromptResult(
            description=PROMPTS[asked.name].help,
            messages=[types.PromptMessage(role="user", content=content)],
        )

    return {"on_list_prompts": list_prompts, "on_get_prompt": get_prompt}


def _handle_resources(index: Index) -> dict[str, Any]:
    from mcp import MCPError, types

    from bilatcli.cli.commands.mcp_resources import list_resources, read_resource

    async def list_all(_: Context, __: types.PaginatedRequestParams | None) -> Any:
        return types.ListResourcesResult(
            resources=[
                types.Resource(name=name, uri=uri, description=help, mime_type=JSON_TYPE)
                for name, uri, help in list_resources()
            ]
        )

    async def read(_: Context, asked: types.ReadResourceRequestParams) -> Any:
        try:
            text = read_resource(asked.uri, index)
        except UsageError as error:
            raise MCPError(types.INVALID_PARAMS, error.message) from None
        content = types.TextResourceContents(uri=asked.uri, text=text, mime_type=JSON_TYPE)
        return types.ReadResourceResult(contents=[content])

    return {"on_list_resources": list_all, "on_read_resource": read}


COMMAND = Command(
    "mcp",
    "Serve the views as tools for AI assistants (Model Context Protocol).",
    run=run,
    group="Set up",
    max_words=0,
    options=(MAX_REPLY, *CORPUS_OPTIONS),
    examples=("bilatcli mcp --data notes.toml",),
)
