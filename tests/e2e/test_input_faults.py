"""Faults of what the command is given: packs, a configuration file, a pool of a server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import which

import pytest
from wcwidth import wcswidth

from fault_support import QUESTION, Place, fault
from mcp_support import requests
from postgres_server import Server, open_pool
from support import COMMAND, IS_ROOT

POSIX = pytest.mark.skipif(os.name != "posix", reason="files are made as on POSIX")

HEAD = """[pack]
name = "own"
title = "Own"
licence = "CC0-1.0"
updated = 2026-11-23

[[source]]
id = "s"
type = "book"
title = "A book of {text}"
reliability = "weak"

[[relation]]
id = "fj-td"
countries = ["FJ", "TD"]

[[relation.fact]]
id = "f"
topic = "culture"
text = "Fiji sent {text} to Chad."
date = "2020"
status = "historical"
actors = ["FJ"]
sources = ["s"]
verification = "single-source-claim"
"""


def write_pack(place: Place, text: str) -> Path:
    """Write a pack with a text in its source and its fact, and return its path."""
    path = place.home / "own.toml"
    path.write_text(HEAD.replace("{text}", text), "utf-8")
    return path


# --- files that are something else


def make_pipe(path: Path) -> None:
    """Make a named pipe, which has no writer."""
    os.mkfifo(path)


def make_unreadable(path: Path) -> None:
    """Make a file that its owner may not read."""
    path.write_text("[pack]", "utf-8")
    path.chmod(0)


OTHER_FILES: dict[str, Callable[[Path], object]] = {
    "nothing but a form feed": lambda path: path.write_bytes(b"\f"),
    "nothing but zeros": lambda path: path.write_bytes(bytes(1000)),
    "UTF-16": lambda path: path.write_text("[pack]\n", "utf-16"),
    "Latin-1": lambda path: path.write_bytes(b'title = "\xe9"'),
    "a lone continuation byte": lambda path: path.write_bytes(b"\x80"),
    "random bytes": lambda path: path.write_bytes(bytes(range(255, -1, -1)) * 100),
    "a text that is not closed": lambda path: path.write_text('[pack]\nname = """', "utf-8"),
    "10,000 brackets": lambda path: path.write_text("a = " + "[" * 10_000, "utf-8"),
    "a key of 10,000 parts": lambda path: path.write_text(f"a{'.a' * 10_000} = 1", "utf-8"),
    "an endless device": lambda path: path.symlink_to("/dev/zero"),
    "a named pipe": make_pipe,
    "a folder": lambda path: path.mkdir(),
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "not readable": make_unreadable,
}


def make_file(kind: str, path: Path) -> None:
    """Make what is in the place of a file."""
    if kind == "not readable" and IS_ROOT:
        pytest.skip("root may read every file")
    path.parent.mkdir(parents=True, exist_ok=True)
    OTHER_FILES[kind](path)


@fault("a pack in the data folder is not a text, or not a pack", "correct answer, and one line")
@POSIX
@pytest.mark.parametrize("kind", OTHER_FILES)
def test_packs_that_are_no_text(place: Place, right: bytes, kind: str) -> None:
    """What is no pack is left out and named, and is never waited for."""
    path = place.home / ".local" / "share" / "bilatcli" / "other.toml"
    make_file(kind, path)
    done = place.ask()
    assert (done.returncode, done.stdout) == (0, right)
    assert done.stderr.decode() == (
        f"bilatcli: left out {path} (1 problem); see `bilatcli check {path}`\n"
    )


@fault("a pack that is named is not a text, or not a pack", "one line that says what it is")
@POSIX
@pytest.mark.parametrize("kind", OTHER_FILES)
def test_named_packs_that_are_no_text(shared: Place, tmp_path: Path, kind: str) -> None:
    """What is no pack is an error, with the name of the file."""
    path = tmp_path / "other.toml"
    make_file(kind, path)
    if kind == "a folder":
        (path / "inner.toml").mkdir()
    done = shared.ask("check", str(path))
    assert done.returncode in (1, 2)
    assert done.stdout.decode().startswith(str(path))
    assert done.stdout.count(b"\n") == 1


# --- the configuration file

HOSTILE_SETTINGS = {
    "a wrong type": "format = 1",
    "an unknown key": 'formats = "csv"',
    "an unknown format": 'format = "xls"',
    "a key twice": 'color = "never"\ncolor = "never"',
    "a table": "[format]\na = 1",
    "digits without end": "pager = " + "1" * 10_000,
    "64 KiB and more": "#" * 70_000,
}


def ask_on_terminal(place: Place, *argv: str) -> tuple[int, bytes, str]:
    """Run the command on a terminal; return its exit code and what is on both streams."""
    primary, secondary = pytest.importorskip("pty").openpty()
    env = {**place.env, "TERM": "dumb", "BILATCLI_PAGER": ""}
    with subprocess.Popen(
        [COMMAND, *argv],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=secondary,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(secondary)
        out, err = b"", b""
        try:
            while piece := os.read(primary, 65_536):
                out += piece
        except OSError:
            # All other ends are closed.
            pass
        assert process.stderr is not None
        err = process.stderr.read()
    os.close(primary)
    return process.returncode, out, err.decode()


@fault("the configuration file is hostile", "one line that names it; a pipe is not affected")
@POSIX
@pytest.mark.parametrize("kind", [*OTHER_FILES, *HOSTILE_SETTINGS])
def test_hostile_configuration(place: Place, right: bytes, kind: str) -> None:
    """Whatever is in the place of the configuration file is an error of one line."""
    path = place.home / ".config" / "bilatcli" / "config.toml"
    if kind in HOSTILE_SETTINGS:
        path.parent.mkdir(parents=True)
        path.write_text(HOSTILE_SETTINGS[kind], "utf-8")
    else:
        make_file(kind, path)
    code, out, err = ask_on_terminal(place, "facts", "is", "mn")
    assert (code, out) == (2, b"")
    assert err.startswith(f"bilatcli: {path}")
    assert err.count("\n") == 1
    place.require(place.ask(), right)


# --- characters


@fault("a text has U+2028, U+2029 or U+0085, in `mcp`", "one line for each message")
@pytest.mark.parametrize("mark", ["\\u2028", "\\u2029", "\\u0085"])
def test_line_separators_in_messages(place: Place, mark: str) -> None:
    """A reader that ends lines there gets whole messages too."""
    place.env["BILATCLI_DATA"] = str(write_pack(place, f"books{mark}and"))
    calls = [("tools/call", {"name": "facts", "arguments": {"words": "fj td sent"}})] * 2
    command = [str(COMMAND), "mcp"]
    done = subprocess.run(
        command, env=place.env, input=requests(*calls).encode(), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [line["id"] for line in lines] == [0, 1, 2]
    (fact,) = lines[1]["result"]["structuredContent"]["facts"]
    assert fact["text"] == json.loads(f'"Fiji sent books{mark}and to Chad."')


EMOJI = "👨\u200d👩\u200d👧\u200d👦, ❤\ufe0f, 🏳\ufe0f\u200d🌈, 👍🏽, 1\ufe0f\u20e3 and 🇫🇯"


@fault("a text has emoji of several characters", "they stay whole; tables have the given width")
@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_joined_emoji(place: Place, width: int) -> None:
    """Emoji are whole on terminals, in Markdown, RIS and BibTeX, and count as wide as they are."""
    place.env["BILATCLI_DATA"] = str(write_pack(place, EMOJI))
    place.env["PYTHONUTF8"] = "1"
    table = place.ask("facts", "fj", "td", "--format", "table", COLUMNS=str(width))
    lines = table.stdout.decode().splitlines()
    assert max(map(wcswidth, lines)) <= width
    assert all(each in "\n".join(lines) for each in EMOJI.replace(" and", ",").split(", "))
    for argv in (("--format", "markdown"), ("--style", "ris"), ("--style", "bibtex")):
        view = "cite" if "--style" in argv else "facts"
        done = place.ask(view, "fj", "td", *argv)
        assert done.stderr == b""
        assert EMOJI in done.stdout.decode()


# --- processes beside the command

KILL_WORKERS = """
import sys
number, *sys.argv[1:] = sys.argv[1:]
from bilatcli.index import pack_reader, pack_worker
pack_reader.count_workers = lambda expected: 2
ask, asked = pack_worker.PackWorker.ask, []
def ask_and_kill(self, path, names):
    asked.append(path)
    if len(asked) >= int(number):
        self._process.kill()
    return ask(self, path, names)
pack_worker.PackWorker.ask = ask_and_kill
from bilatcli.cli.main import main
main()
"""
"""Runs the command with two workers, each of which is killed from the n-th pack on."""


@fault("SIGKILL for the worker processes while packs are compiled", "correct answer")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_killed_workers(place: Place, right: bytes, number: int) -> None:
    """What a killed worker would have made is made without it."""
    other = write_pack(place, "books")
    place.env["BILATCLI_DATA"] = os.pathsep.join([str(place.pack), str(other)])
    command = [sys.executable, "-c", KILL_WORKERS, str(number), *QUESTION]
    done = subprocess.run(command, env=place.env, capture_output=True, check=False)
    place.require(done, right)


QUESTIONS = b"military az pk mushshak\nfacts az tr\nstances kashmir\nsummary az pk\n" * 6


@fault("PgBouncer pools the sessions, transactions or statements of the server", "correct answers")
@pytest.mark.parametrize("mode", ["session", "transaction", "statement"])
def test_pools(shared: Place, server: Server, published: str, mode: str) -> None:
    """Clients that share fewer sessions get the answers of the server itself."""
    if which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin") is None:
        pytest.skip("PgBouncer is not installed")
    env = {key: value for key, value in shared.env.items() if key != "BILATCLI_DATA"}

    def ask(address: str) -> bytes:
        command = [str(COMMAND), "batch", "--index", address]
        done = subprocess.run(command, env=env, input=QUESTIONS, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout

    expected = ask(published)
    with open_pool(server, mode) as port, ThreadPoolExecutor(4) as clients:
        address = published.replace(f":{server.port}/", f":{port}/")
        assert list(clients.map(ask, [address] * 4)) == [expected] * 4
        if mode == "statement":
            # Publishing needs a transaction.
            command = [str(COMMAND), "publish", address]
            done = subprocess.run(command, env=env, capture_output=True, check=False)
            assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
            assert b"statement pooling" in done.stderr
