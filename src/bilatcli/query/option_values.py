"""Read the options of a request: those of a command line, and plain data."""

from __future__ import annotations

from posixpath import splitext

from bilatcli.errors import UsageError
from bilatcli.query.options import (
    AS_OF,
    CITATIONS,
    COLOR,
    EXCHANGE_STYLES,
    FORMAT,
    FROM,
    LIMIT,
    MEASURE,
    MENTIONS,
    OUTPUT,
    SINCE,
    SORT,
    SOURCES,
    STATUS,
    STYLE,
    STYLED_FORMAT,
    TO,
    TOPIC,
    UNTIL,
    VERIFICATION,
    get_text,
    parse_choice,
    parse_day,
    parse_format,
    parse_int,
)
from bilatcli.query.request import CITED, Request

EXTENSIONS = {
    ".json": "json",
    ".jsonl": "ndjson",
    ".ndjson": "ndjson",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".txt": "table",
}
"""The format of an answer by the extension of its file."""
STYLED_EXTENSIONS = {".txt": "text", ".md": "markdown", ".html": "html"}
"""The format of a bibliography by the extension of its file."""
STYLE_EXTENSIONS = {".bib": "bibtex", ".ris": "ris"}
"""The style of sources by the extension of their file, in the view `cite`."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilatcli.environment import Environment
    from bilatcli.query.options import Option


def read_options(request: Request, options: Mapping[str, object]) -> None:
    """Set the options that are given. Raises UsageError for an invalid value."""
    request.all = bool(options.get("all"))
    request.chart = bool(options.get("chart"))
    request.verified = bool(options.get("verified"))
    request.matrix = bool(options.get("matrix"))
    request.curated = bool(options.get("curated"))
    request.elsewhere = bool(options.get("elsewhere"))
    request.edition = bool(options.get("edition"))
    request.receipt = bool(options.get("receipt"))
    request.raw = bool(options.get("raw"))
    request.country = get_text(options, "country")
    request.topic = parse_choice(TOPIC, options)
    request.measure = parse_choice(MEASURE, options)
    _read_kind_options(request, options)
    request.limit = parse_int(LIMIT, options)
    request.as_of = parse_day(AS_OF, options, last=True, environment=request.environment)
    request.since = parse_day(SINCE, options, last=False, environment=request.environment)
    request.until = parse_day(UNTIL, options, last=True, environment=request.environment)
    request.check_dates()
    request.index = get_text(options, "index")
    data = options.get("data")
    request.data = tuple(data) if isinstance(data, list) else ()
    request.no_user_packs = bool(options.get("no_user_packs"))
    request.sort = parse_choice(SORT, options)
    _read_display_options(request, options)
    form = _parse_form(request.view, options)
    request.style, request.format, request.citations, request.fields = form


def _read_kind_options(request: Request, options: Mapping[str, object]) -> None:
    """Set which facts are included. Raises UsageError if two options contradict each other."""
    request.status = parse_choice(STATUS, options)
    request.from_ = get_text(options, FROM.key)
    request.to = get_text(options, TO.key)
    request.mentions = get_text(options, MENTIONS.key)
    request.verification = parse_choice(VERIFICATION, options)
    if request.verified and request.verification not in (None, CITED):
        raise UsageError(
            f"`verified` means `{CITED}`, but `verification` is `{request.verification}`",
            hint="give one of them",
            options=("verified", "verification"),
        )


def _read_display_options(request: Request, options: Mapping[str, object]) -> None:
    """Set what says how an answer is shown, and where."""
    request.no_pager = bool(options.get("no_pager"))
    request.all_rows = bool(options.get("all_rows"))
    request.brief = bool(options.get("brief"))
    request.sources = parse_choice(SOURCES, options)
    request.ids = bool(options.get("ids"))
    request.force = bool(options.get("force"))
    request.output = get_text(options, "output")
    request.color = parse_choice(COLOR, options) or "auto"


def _parse_form(
    view: str, options: Mapping[str, object]
) -> tuple[str | None, str | None, str | None, list[str] | None]:
    """Return the style, the format, the citations and the fields of an answer, None by default.

    Raises UsageError if they contradict each other or the file that is written.
    """
    style, format = parse_output_format(view, parse_style(options), options)
    citations = parse_citations(format, options)
    return style, format, citations, parse_fields(style, options)


def parse_style(options: Mapping[str, object]) -> str | None:
    """Return the style of sources, in lower case unless it is the path of a file, or None."""
    style = get_text(options, STYLE.key)
    return style if style is None or style.endswith(".csl") else style.lower()


def convert_value(option: Option, value: object) -> str | bool:
    """Return the value of an option as the command line gives it. Raises UsageError."""
    if option.is_flag:
        if isinstance(value, bool):
            return value
        raise UsageError(f"`{option.key}` must be true or false")
    if option.is_number and type(value) is int:
        return str(value)
    if isinstance(value, str):
        return value
    raise UsageError(f"`{option.key}` must be {'a number' if option.is_number else 'text'}")


def parse_output_format(
    view: str, style: str | None, options: Mapping[str, object]
) -> tuple[str | None, str | None]:
    """Return the style and the format that `format`, `json`, the style or the file sets.

    Raises UsageError if they differ, or if the extension of the file is not supported.
    """
    format = _parse_given_format(style, options)
    target = get_text(options, OUTPUT.key)
    if target is None or target == "-":
        return style, format
    extension = splitext(target)[1].lower()
    if view == "cite" and style is None and format is None and extension in STYLE_EXTENSIONS:
        return STYLE_EXTENSIONS[extension], None
    return _parse_extension(target, style, format)


def _parse_extension(
    target: str, style: str | None, format: str | None
) -> tuple[str | None, str | None]:
    """Return the style and the format, by the extension of a file unless they are given.

    Raises UsageError for an extension of another format, or of none.
    """
    extension = splitext(target)[1].lower()
    known = STYLED_EXTENSIONS if style is not None else EXTENSIONS
    if style in EXCHANGE_STYLES or (extension == "" and format is not None):
        return style, format
    if extension not in known:
        raise UsageError(
            f"unsupported format of an answer: {extension or target}",
            hint=f"use {', '.join(known)}",
        )
    if format not in (None, known[extension]):
        raise UsageError(
            f"the extension of `{target}` contradicts `format` {format}",
            hint="change one, or leave `format` out",
            options=("format",),
        )
    return style, known[extension]


def _parse_given_format(style: str | None, options: Mapping[str, object]) -> str | None:
    if style is None:
        return parse_format(FORMAT, options)
    if options.get("json") or get_text(options, "format") == "json":
        if style != "csl-json":
            raise UsageError(
                f"JSON and `style` `{style}` are two output formats",
                hint="remove one of them, or use the style csl-json",
                options=("style",),
            )
        return parse_format(FORMAT, options)
    if style in EXCHANGE_STYLES and get_text(options, "format"):
        raise UsageError(
            f"`format` and `style` `{style}` are two output formats",
            hint="remove one of them",
            options=("format", "style"),
        )
    return parse_format(STYLED_FORMAT, options)


def parse_citations(format: str | None, options: Mapping[str, object]) -> str | None:
    """Return how Markdown cites sources, or None. Raises UsageError for another format."""
    citations = parse_choice(CITATIONS, options)
    if citations is not None and format != "markdown":
        raise UsageError(
            "`citations` applies to Markdown only",
            hint="set `format` to markdown",
            options=("citations", "format"),
        )
    return citations


def parse_fields(style: str | None, options: Mapping[str, object]) -> list[str] | None:
    """Return the fields to print, each once, or None. Raises UsageError if there are none."""
    text = get_text(options, "fields")
    if text is None:
        return None
    if style is not None:
        raise UsageError(
            "`style` and `fields` cannot be combined",
            hint="a style prints all fields of a source",
            options=("style", "fields"),
        )
    fields = list(dict.fromkeys(field.strip() for field in text.split(",") if field.strip()))
    if not fields:
        raise UsageError(
            "`fields` is empty",
            hint="give fields separated by commas, such as `id,date,text`",
            options=("fields",),
        )
    return fields


def make_request(
    view: str,
    words: object,
    options: Mapping[str, object],
    allowed: Sequence[Option],
    *,
    environment: Environment | None = None,
) -> Request:
    """Return a request from plain data, as Python, a batch or an assistant gives it.

    `words` is a text or a list of texts. A value of None counts as not given. Raises UsageError
    for a key that is not one of the `allowed` options, and for a value of the wrong type.
    """
    by_key = {option.key: option for option in allowed}
    for key in sorted(options):
        if key not in by_key:
            from bilatcli.fuzzy import did_you_mean

            hint = did_you_mean(key, ["words", *sorted(by_key)])
            raise UsageError(f"`{view}` has no option `{key}`", hint=hint)
    pieces = words if isinstance(words, list | tuple) else [words]
    # A bool is an int, but not a word.
    if not all(isinstance(piece, str) or type(piece) is int for piece in pieces):
        raise UsageError("`words` must be text, or a list of texts")
    values = {
        key: convert_value(by_key[key], value)
        for key, value in options.items()
        if value is not None
    }
    return Request(view, [str(piece) for piece in pieces], environment, **values)
