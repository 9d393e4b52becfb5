"""Completion: what is offered, and that real shells offer it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bilatcli.cli.commands import COMMANDS, completion
from bilatcli.query.options import FORMATS
from bilatcli.views.catalog import VIEWS
from bilatcli.vocabulary import TOPICS
from support import COMMAND, Run


def offered(run: Run, *words: str) -> list[str]:
    """What the installed command offers for the last of the words."""
    result = run("--complete", *words)
    assert (result.code, result.err) == (0, "")
    return [line.split("\t")[0] for line in result.out.splitlines()]


def test_commands(run: Run) -> None:
    """The first word is a view or another command."""
    assert offered(run, "") == [*VIEWS, *COMMANDS]
    assert offered(run, "s") == ["summary", "stances", "search", "show", "schema"]


def test_options_and_their_values(run: Run) -> None:
    """Options are those of the view, and what an option takes is offered behind it and behind its equals sign."""
    assert offered(run, "facts", "az", "--to") == ["--topic"]
    assert offered(run, "list", "--to") == []
    assert offered(run, "facts", "--topic", "") == list(TOPICS)
    assert offered(run, "facts", "--format", "") == list(FORMATS)
    assert offered(run, "facts", "--topic=tra") == ["--topic=trade", "--topic=transport"]
    assert offered(run, "facts", "--fields", "id,te") == ["id,text"]
    assert offered(run, "facts", "--data", "") == []


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("azer", "azerbaijan"),
        ("Côte", "cote-d-ivoire"),
        ("south-k", "south-korea"),
        ("Bak", "baku"),
        ("Azərb", "azerbaycan"),
    ],
)
def test_countries(run: Run, typed: str, wanted: str) -> None:
    """Countries are offered under any of their names, as one word that no shell has to quote and the tool reads."""
    assert wanted in offered(run, "facts", typed)
    assert run("summary", wanted).code in (0, 1)
    assert "no country is called" not in run("summary", wanted).err


def test_ids_and_issues(run: Run) -> None:
    """Facts are offered by either id where a view takes ids, sources too, and issues where it is about stances."""
    assert "az-pk/recognition-1991" in offered(run, "show", "az-pk/recog")
    assert "recognition-1991" in offered(run, "cite", "recog")
    assert "azernews-200281" in offered(run, "show", "azernews-2002")
    assert offered(run, "stances", "kash")[0] == "kashmir"
    assert offered(run, "facts", "recog") == []


def test_every_shell_has_a_script(run: Run) -> None:
    """`completion SHELL` prints what that shell has to run."""
    for shell in completion.SHELLS:
        assert run("completion", shell).out == completion.script(shell)
    refused = run("completion", "tcsh")
    assert (refused.code, refused.err) == (
        2,
        "bilatcli: there is no completion for `tcsh`: there are bash, fish, zsh\n",
    )


def in_shell(shell: str, script: str) -> str:
    """What a real shell prints for a script, with the installed command first on its path."""
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not here")
    script = f'export PATH="{COMMAND.parent}:$PATH"; {script}'
    return subprocess.run(
        [path, "-c", script], capture_output=True, text=True, check=True, timeout=60
    ).stdout


def test_bash() -> None:
    """Bash offers what the command offers."""
    script = """
        source <(bilatcli completion bash)
        COMP_WORDS=(bilatcli facts azerbai); COMP_CWORD=2; _bilatcli; echo "$COMPREPLY"
    """
    assert in_shell("bash", script) == "azerbaijan\n"


def test_fish() -> None:
    """Fish offers what the command offers, with what it means."""
    script = 'bilatcli completion fish | source; complete -C "bilatcli facts azerbai"'
    assert in_shell("fish", script).startswith("azerbaijan\tAzerbaijan")


def test_zsh(tmp_path: Path) -> None:
    """Zsh completes a word at a tab, in a terminal of its own."""
    script = f"""
        zmodload zsh/zpty
        zpty z zsh -f -i
        zpty -w z 'PATH="{COMMAND.parent}:$PATH"; autoload -U compinit && compinit -u -d {tmp_path}/dump'
        zpty -w z 'eval "$(bilatcli completion zsh)"; PS1=; echo rea''dy'
        zpty -r z seen '*ready*'
        zpty -n -w z $'bilatcli facts azerbai\\t'
        zpty -r -m z seen '*azerbaijan*' && print found
        zpty -d z
    """
    assert in_shell("zsh", script).endswith("found\n")
