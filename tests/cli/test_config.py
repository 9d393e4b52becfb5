"""The configuration file: the defaults of a terminal."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from bilatcli.cli import main, pager
from bilatcli.cli.config import apply_config
from bilatcli.environment import Environment
from bilatcli.query.request import Request
from support import Terminal, make_environ


@pytest.fixture
def file(home: Path) -> Path:
    """Return the path of a configuration file that does not exist yet."""
    (home / ".config" / "bilatcli").mkdir(parents=True)
    return home / ".config" / "bilatcli" / "config.toml"


@pytest.fixture
def environment(home: Path) -> Environment:
    """Return an environment with a terminal."""
    environ = make_environ(home)
    return Environment(stdout=Terminal(), stderr=io.StringIO(), environ=environ, platform="linux")


def test_defaults(file: Path, environment: Environment) -> None:
    """The file sets what the command line leaves open."""
    file.write_text('format = "markdown"\ncolor = "never"\nstyle = "apa"\npager = "most -x"\n')
    facts, cite, given = Request("facts"), Request("cite"), Request("facts", format="csv")
    for request in (facts, cite, given):
        apply_config(request, environment)
    assert (facts.format, facts.style, facts.color) == ("markdown", None, "never")
    assert (cite.format, cite.style) == (None, "apa")
    assert (given.format, given.style) == ("csv", None)
    assert pager.find_pager(environment) == ["most", "-x"]


def test_byte_order_mark(file: Path, environment: Environment) -> None:
    """Editors on Windows begin a file in UTF-8 with a byte order mark, as packs may."""
    file.write_text('\ufeffformat = "csv"\n', encoding="utf-8")
    request = Request("facts")
    apply_config(request, environment)
    assert request.format == "csv"


def test_no_file(environment: Environment) -> None:
    """Without a file nothing changes."""
    request = Request("facts")
    apply_config(request, environment)
    assert (request.format, request.color, environment.pager) == (None, "auto", None)


def test_pipe(file: Path, home: Path) -> None:
    """A pipe is not affected, not even by a file with errors."""
    file.write_text("[")
    environment = Environment(stdout=io.StringIO(), environ=make_environ(home), platform="linux")
    request = Request("facts")
    apply_config(request, environment)
    assert request.format is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nformt = "csv"', ":2: unknown key `formt`; did you mean `format`?"),
        ('color = "never"\nformat = "cvs"', ":2: unknown format `cvs`; did you mean `csv`?"),
        ("pager = 3", ":1: `pager` must be text"),
        ("format = = 1", ":1:10: invalid value; correct the file"),
        ('\ncolor = "never\nformat = "csv"', ":2:15: illegal character"),
        ('format = "csv', ":1: unterminated string; correct the file"),
        ('color = "never"\nformat = \n\n', ":2:10: invalid value; correct the file"),
        ('color = "never"\nformat', ":2: expected '=' after a key"),
        ('color = "never"\ncolor = "auto"', ":2: cannot overwrite a value"),
        ('color = "never"\npager = """less\n\n', ":2: unterminated string"),
        ("\ud800", "cannot be read (not UTF-8)"),
        ('format = "csv"\nform = 1', ":2: unknown key `form`; did you mean `format`?"),
        ('"form" = 1\nformat = "csv"', ":1: unknown key `form`; did you mean `format`?"),
        ("\npager = " + "1" * 5000, ":2:9: a number has too many digits"),
        ("\npager = " + "[" * 5000, "values are nested too deeply"),
        ("\npager = " + "[" * 5000, ":2:"),
        ("pager = " + "{a=" * 5000, "values are nested too deeply"),
        ("pager = " + "{a=" * 200_000, "has more than 65,536 bytes; correct the file"),
        ("#" * 70_000, "has more than 65,536 bytes; correct the file"),
        ("\0\x01\x7f", ":1:1: "),
        ("\x1b[31m = 1", ":1:1: "),
        ('"\\u001b[31m" = 1', ":1: unknown key `\\x1b[31m`"),
        ("format = 1979-05-27", ":1: `format` must be text"),
        ("color = true", ":1: `color` must be text"),
        ("\n[pager]\nless = 1", ":2: `pager` must be text"),
        ('style = ["apa"]', ":1: `style` must be text"),
        ("[[format]]", ":1: `format` must be text"),
        ("a." * 900 + "a = 1", ":1: unknown key `a`"),
        # Later releases of Python limit the parts of a key.
        ("a." * 30_000 + "a = 1", ":1:"),
        ("[Pager]\n[Pager]", ":2:7: cannot declare ('Pager',) twice"),
    ],
)
def test_invalid_file(file: Path, environment: Environment, text: str, message: str) -> None:
    """An error in the file is a usage error in one line, with its place."""
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    require_one_line(file, environment, message)


def require_one_line(file: Path, environment: Environment, message: str) -> None:
    """Require that a run on the terminal is a usage error of one line on the file."""
    assert main.run(["resolve", "az"], environment) == 2
    assert isinstance(environment.stderr, io.StringIO)
    printed = environment.stderr.getvalue()
    assert printed.startswith(f"bilatcli: {file}")
    assert message in printed
    assert printed.count("\n") == 1
    assert "\x1b" not in printed


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are made as on POSIX")
@pytest.mark.parametrize("kind", ["circle", "nowhere", "pipe", "folder", "endless"])
def test_not_a_readable_file(file: Path, environment: Environment, kind: str) -> None:
    """What is there instead of a file is named in one line, and is never waited for."""
    if kind == "circle":
        file.symlink_to(file.with_name("other.toml"))
        file.with_name("other.toml").symlink_to(file)
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "folder":
        file.mkdir()
    else:
        file.symlink_to("/dev/zero" if kind == "endless" else "nowhere.toml")
    reasons = {"circle": "too many levels", "nowhere": "no such file"}
    require_one_line(file, environment, reasons.get(kind, "is not a file"))


@pytest.mark.skipif(os.name != "posix", reason="links are made as on POSIX")
def test_folder_that_is_a_circle(file: Path, environment: Environment) -> None:
    """A folder that links to itself is one line too."""
    file.parent.rmdir()
    file.parent.symlink_to(file.parent)
    require_one_line(file, environment, "too many levels")
