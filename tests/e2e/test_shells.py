"""Real shells offer what the command offers."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from support import COMMAND, make_environ


@pytest.fixture
def environ(home: Path, cache: Path) -> dict[str, str]:
    """Return an environment in which the installed command is the first on the path."""
    variables = make_environ(home, cache)
    return {**variables, "PATH": f"{COMMAND.parent}:{variables['PATH']}"}


def run_shell(shell: str, script: str, environ: dict[str, str]) -> str:
    """Return what a shell prints for a script."""
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    command = [path, "-c", script]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout


def test_bash(environ: dict[str, str]) -> None:
    """Bash offers countries."""
    script = """
        source <(bilatcli completion bash)
        COMP_WORDS=(bilatcli facts azerbai); COMP_CWORD=2; _bilatcli; echo "$COMPREPLY"
    """
    assert run_shell("bash", script, environ) == "azerbaijan\n"


@pytest.mark.parametrize(
    ("words", "expected"), [("--topic = tra", "trade transport"), ("--format = js", "json")]
)
def test_value_after_an_equals_sign_in_bash(
    environ: dict[str, str], words: str, expected: str
) -> None:
    """Bash offers what follows the equals sign, at which it splits words."""
    script = f"""
        source <(bilatcli completion bash)
        COMP_WORDS=(bilatcli facts az {words}); COMP_CWORD=5; _bilatcli; echo "${{COMPREPLY[*]}}"
    """
    assert run_shell("bash", script, environ) == f"{expected}\n"


def test_fish(environ: dict[str, str]) -> None:
    """Fish offers countries with their meanings."""
    script = 'bilatcli completion fish | source; complete -C "bilatcli facts azerbai"'
    assert run_shell("fish", script, environ).startswith("azerbaijan\tAzerbaijan")


def test_zsh(environ: dict[str, str], tmp_path: Path) -> None:
    """Zsh completes a word at a tab, in a terminal of its own."""
    script = f"""
        zmodload zsh/zpty
        zpty z zsh -f -i
        zpty -w z 'autoload -U compinit && compinit -u -d {tmp_path}/dump'
        zpty -w z 'eval "$(bilatcli completion zsh)"; PS1=; echo rea''dy'
        zpty -r z seen '*ready*'
        zpty -n -w z $'bilatcli facts azerbai\\t'
        zpty -r -m z seen '*azerbaijan*' && print found
        zpty -d z
    """
    assert run_shell("zsh", script, environ).endswith("found\n")
