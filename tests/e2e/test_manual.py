"""The manual page is correct and complete."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from bilatcli.cli import app, commands
from support import ROOT

PAGE = ROOT / "man" / "bilatcli.1"


def test_page_is_valid() -> None:
    """Mandoc has nothing to report, not even on style."""
    if shutil.which("mandoc") is None:
        pytest.skip("mandoc is not installed")
    command = ["mandoc", "-T", "lint", "-W", "all", str(PAGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_page_has_all_help() -> None:
    """All commands, options and their help are on the page, as the terminal shows it."""
    if shutil.which("mandoc") is None:
        pytest.skip("mandoc is not installed")
    command = ["mandoc", "-T", "utf8", "-O", "width=500", str(PAGE)]
    shown = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    # Bold and underlined letters are struck twice.
    plain = " ".join(re.sub(".\b", "", shown).split())
    for declared in commands.list_declarations():
        texts = [declared.help, *(app.option_help(option) for option in declared.options)]
        texts += [option.flag for option in declared.options]
        texts += [f"$ {example}" for example in declared.examples]
        assert [text for text in texts if " ".join(text.split()) not in plain] == []
