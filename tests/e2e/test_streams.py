"""The command as a process: terminals, pipes, encodings, closed streams and interruption."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support import COMMAND, DATA, Run, make_environ, started

pty = pytest.importorskip("pty")

SMALL = DATA / "small.toml"
HISTORY = ["facts", "az", "pk", "--topic", "history"]
SAFE_SPACES = "\n\u00a0\u2007\u202f\u3000"


@pytest.fixture
def environ(home: Path, cache: Path) -> dict[str, str]:
    """Return the environment variables of the commands."""
    return make_environ(home, cache)


def run_script(script: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, in which `bilatcli` is the installed command."""
    script = script.replace("bilatcli ", f"{shlex.quote(str(COMMAND))} ")
    return subprocess.run(
        ["bash", "-c", script], env=environ, capture_output=True, text=True, check=False
    )


def run_on_terminal(argv: list[str], environ: dict[str, str]) -> str:
    """Return what the command writes on a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    variables = {"TERM": "xterm", "COLUMNS": "80", "BILATCLI_PAGER": "cat", **environ}
    chunks = []
    command: list[str | Path] = [COMMAND, *argv]
    with started(command, env=variables, stdout=theirs, stderr=subprocess.PIPE) as process:
        os.close(theirs)
        try:
            while chunk := os.read(ours, 65536):
                chunks.append(chunk)
        except OSError:
            pass  # On Linux this says that nothing writes to the terminal any more.
        finally:
            os.close(ours)
        _, err = process.communicate()
        assert (process.returncode, err) == (0, b"")
    text = b"".join(chunks).decode().replace("\r\n", "\n")
    # Rich draws the numbers of its hyperlinks by lot.
    return re.sub("\x1b]8;id=[0-9]+;", "\x1b]8;;", text)


def test_terminal(environ: dict[str, str], run_command: Run) -> None:
    """On a terminal the answer is a table in colour, unless an option or a variable forbids it."""
    table = run_command(*HISTORY, "--format", "table", env={"COLUMNS": "80"}).out
    coloured = run_on_terminal(HISTORY, environ)
    assert "\x1b" not in table
    assert "\x1b[1m" in coloured
    assert run_on_terminal([*HISTORY, "--color", "never"], environ) == table
    assert run_on_terminal(HISTORY, {**environ, "NO_COLOR": "1"}) == table
    assert run_on_terminal(HISTORY, {**environ, "TERM": "dumb"}) == table
    always = [*HISTORY, "--color", "always"]
    assert run_on_terminal(always, {**environ, "NO_COLOR": "1"}) == coloured
    assert run_on_terminal(HISTORY, {**environ, "NO_COLOR": ""}) == coloured
    assert run_on_terminal([*HISTORY, "--json"], environ) == run_command(*HISTORY, "--json").out


LONG = ["stances", "kashmir", "--all-rows"]


def make_pager(folder: Path, script: str) -> str:
    """Return the command of a pager that is a script of the shell."""
    file = folder / "a pager"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return shlex.quote(str(file))


def test_pager(environ: dict[str, str], tmp_path: Path) -> None:
    """A long answer on a terminal goes to the pager; a short one, or `--no-pager`, does not."""
    pager = make_pager(tmp_path, "echo PAGED with $LESS; sed -n 1,3p")
    with_pager = {**environ, "LINES": "24", "BILATCLI_PAGER": pager}
    plain = run_on_terminal(LONG, {**environ, "LINES": "24"})
    paged = run_on_terminal(LONG, with_pager)
    assert paged.splitlines() == ["PAGED with FRX", *plain.splitlines()[:3]]
    assert run_on_terminal(["resolve", "az"], with_pager).count("PAGED") == 0
    assert run_on_terminal([*LONG, "--no-pager"], with_pager) == plain


@pytest.mark.parametrize("command", ["true", "sh -c 'head -c 1; exit 3'"])
def test_pager_that_is_closed_early(environ: dict[str, str], command: str) -> None:
    """A pager that does not read all is no error."""
    run_on_terminal(LONG, {**environ, "LINES": "24", "BILATCLI_PAGER": command})


def test_interrupted_pager(environ: dict[str, str], tmp_path: Path) -> None:
    """Ctrl-C is for the pager: the command goes on until the pager ends."""
    pager = make_pager(tmp_path, "trap '' INT; kill -INT $PPID; cat > /dev/null; echo END")
    text = run_on_terminal(LONG, {**environ, "LINES": "24", "BILATCLI_PAGER": pager})
    assert text == "END\n"


def test_batch_on_a_terminal(environ: dict[str, str]) -> None:
    """On a terminal each answer is written before the next question is read."""
    ours, theirs = pty.openpty()
    command: list[str | Path] = [COMMAND, "batch"]
    with started(command, env=environ, stdin=subprocess.PIPE, stdout=theirs) as process:
        os.close(theirs)
        assert process.stdin is not None
        for _ in range(2):
            process.stdin.write(b"resolve az\n")
            process.stdin.flush()
            seen = b""
            while b"\n" not in seen:
                seen += os.read(ours, 4096)
            assert b"bilatcli/resolve@1" in seen
        process.stdin.close()
        assert process.wait() == 0
    os.close(ours)


@pytest.mark.parametrize("format", ["json", "tsv", "table"])
def test_closed_pipe(environ: dict[str, str], format: str) -> None:
    """`| head -1` gets its line, and nothing is reported."""
    done = run_script(f"bilatcli stances kashmir --all --format {format} | head -1", environ)
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)


def test_closed_pipe_of_a_batch(environ: dict[str, str]) -> None:
    """If nothing reads the answers of a batch, it ends without a word."""
    script = "yes 'facts az pk' | head -2000 | bilatcli batch | head -1 | cut -c1-30"
    done = run_script(script, environ)
    assert (done.stdout, done.stderr) == ('{"schema":"bilatcli/facts@1","\n', "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize(
    "command",
    ["list", "facts az pk --json", "--version", "schema", "facts korea --json", "--help"],
)
def test_full_disk(environ: dict[str, str], command: str) -> None:
    """If standard output cannot be written, one line says so, and the exit code is 2."""
    done = run_script(f"bilatcli {command} > /dev/full", environ)
    message = "bilatcli: standard output cannot be written (no space left on device)\n"
    assert (done.returncode, done.stderr) == (2, message)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize("command", ["list", "facts korea --json", "facts --bogus"])
def test_closed_streams(environ: dict[str, str], closed: str, command: str) -> None:
    """A stream that is closed from the start does not lead to a traceback."""
    done = run_script(f"bilatcli {command} {closed}", environ)
    assert "Traceback" not in done.stderr
    assert done.returncode in ((2,) if command == "facts --bogus" else (0, 1, 2))


def test_module(environ: dict[str, str], run_command: Run) -> None:
    """`python -m bilatcli` is the same program."""
    command = [sys.executable, "-m", "bilatcli", "list", "--json"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    result = run_command("list", "--json")
    assert (done.returncode, done.stdout, done.stderr) == (result.code, result.out, result.err)


@pytest.mark.parametrize(
    "argument", [b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x1b[31m", b"a\nb", b"{}"], ids=ascii
)
def test_arguments_that_are_not_utf8(environ: dict[str, str], argument: bytes) -> None:
    """Bytes that are not UTF-8 are quoted safely."""
    command = [os.fsencode(COMMAND), b"facts", argument, b"--json"]
    done = subprocess.run(command, env=environ, capture_output=True, check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["kind"] == "no-such-country"
    message = done.stderr.decode()
    assert message.startswith("bilatcli: no country is called `")
    assert all(each.isprintable() or each in SAFE_SPACES for each in message)


def test_pack_whose_name_is_not_utf8(environ: dict[str, str], tmp_path: Path) -> None:
    """A pack is read whatever bytes its name has."""
    name = os.fsencode(tmp_path) + b"/\xff.toml"
    shutil.copy(os.fsencode(SMALL), name)
    command = [os.fsencode(COMMAND), b"list", b"--curated", b"--data", name]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\nis-mn\t" in done.stdout


def test_interrupt(environ: dict[str, str]) -> None:
    """Ctrl-C ends a run with exit code 130 and without a word."""
    command: list[str | Path] = [COMMAND, "batch"]
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with started(command, env=environ, **streams) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"military az pk\n")
        process.stdin.flush()
        # It has answered, and waits for the next line.
        assert process.stdout.readline().startswith(b'{"schema":"bilatcli/military@1"')
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")


MEMORY_OF_A_BATCH = """
import resource, sys
from bilatcli.cli.commands.batch import answer_lines
from bilatcli.environment import Environment
from bilatcli.index.store import open_index
lines = ("military az pk\\n" for _ in range(int(sys.argv[1])))
assert sum(1 for _ in answer_lines(lines, open_index(Environment()))) == int(sys.argv[1])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_of_a_batch(environ: dict[str, str]) -> None:
    """Ten times the questions take no more memory."""

    def measure(questions: str) -> int:
        command = [sys.executable, "-c", MEMORY_OF_A_BATCH, questions]
        return int(subprocess.run(command, env=environ, capture_output=True, check=True).stdout)

    measure("1")
    assert measure("1000") < 1.2 * measure("100")
