"""`refresh`: the facts in a draft become those of the record, and nothing else in it moves."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bilatcli.cli.commands.schema import read_schema
from own_packs import FACT, write_pack
from support import Run

VISIT = "<!-- bilatcli: is-mn/visit -->"
END = "<!-- /bilatcli -->"


@pytest.fixture
def pack(tmp_path: Path) -> str:
    """Return a pack with a current, a superseded and a retracted fact on Iceland and Mongolia."""
    path = Path(write_pack(tmp_path / "own.toml", pair="is-mn", text="A visit for $2."))
    old, wrong = (
        FACT.format(id=id, text=f"An {id} visit.", source="page-own") for id in ("old", "odd")
    )
    text = path.read_text("utf-8")
    text += f'{old}superseded_by = "visit"\n{wrong}retracted = "The page was a hoax."\n'
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"So {VISIT}x{END} it is.", f"So {VISIT}A visit for \\$2.{END} it is."),
        (f"- {VISIT}x\n- y", f"- {VISIT}A visit for $2.\n- y"),
        (
            f"A.\r\n\r\n{VISIT}\r\nx\r\n{END}\r\n",
            f"A.\r\n\r\n{VISIT}\r\nA visit for \\$2.\r\n{END}\r\n",
        ),
        (f"\ufeff{VISIT}", f"\ufeff{VISIT}A visit for $2."),
        (f"\ta {VISIT}x{END}  \n\n\n", f"\ta {VISIT}x{END}  \n\n\n"),
        (f"a {VISIT}x{END}\r b\u2028c \x0c", f"a {VISIT}A visit for \\$2.{END}\r b\u2028c \x0c"),
        (
            f"`{VISIT}x`\n\n```\n{VISIT}x\n```\n\nIn {VISIT}x{END}",
            f"`{VISIT}x`\n\n```\n{VISIT}x\n```\n\nIn {VISIT}A visit for \\$2.{END}",
        ),
        (f"In <!-- bilatcli: is-mn/visit date -->1999{END}", None),
        (f"See <!-- bilatcli: is-mn/visit sources -->{END}", None),
    ],
)
def test_nothing_else_moves(
    run: Run, pack: str, tmp_path: Path, before: str, after: str | None
) -> None:
    """Only texts change: line ends, marks and code stay, and a second run changes nothing."""
    draft = tmp_path / "draft.md"
    draft.write_bytes(before.encode())
    draft.chmod(0o640)
    piped = run("refresh", "-", "--data", pack, stdin=before)
    assert draft.read_bytes() == before.encode()
    result = run("refresh", str(draft), "--data", pack)
    done = draft.read_bytes().decode()
    assert (result.code, piped.code, piped.out) == (0, 0, done)
    assert done == (after if after is not None else done)
    assert stat.S_IMODE(draft.stat().st_mode) == 0o640
    time = draft.stat().st_mtime_ns
    again = run("refresh", str(draft), "--data", pack)
    assert (again.code, again.out, draft.stat().st_mtime_ns) == (0, "", time)
    assert run("refresh", "--check", str(draft), "--data", pack).code == 0


@pytest.mark.parametrize("text", ["A visit for $2.", "A visit\nfor \\$2.", " A  visit for $2. "])
def test_the_same_text_in_another_form_stays(
    run: Run, pack: str, tmp_path: Path, text: str
) -> None:
    """A text that is wrapped, or not escaped, is not another one."""
    draft = tmp_path / "draft.md"
    draft.write_text(f"So {VISIT}{text}{END}.", "utf-8")
    assert run("refresh", "--check", str(draft), "--data", pack).code == 0


def test_report(run: Run, pack: str, tmp_path: Path) -> None:
    """What changed is reported with its place; what only an author can change fails."""
    draft = tmp_path / "draft.md"
    lines = [
        f"a {VISIT}x{END}",
        f"b <!-- bilatcli: is-mn/old -->An old visit.{END}",
        f"c <!-- bilatcli: is-mn/old superseded -->An old visit.{END}",
        f"d <!-- bilatcli: is-mn/odd -->An odd visit.{END}",
        f"e <!-- bilatcli: is-mn/vist -->y{END}",
        f"f <!-- bilatcli: is-mn/visit until -->z{END}",
    ]
    draft.write_text("\n".join(lines), "utf-8")
    checked = run("refresh", "--check", str(draft), "--data", pack)
    assert draft.read_text("utf-8") == "\n".join(lines)
    result = run("refresh", str(draft), "--data", pack)
    assert (checked.code, result.code, checked.out) == (1, 1, result.out)
    assert result.out.replace(f"{draft}:", "") == (
        "1:3: `is-mn/visit` differs from the record\n"
        "  - x\n"
        "  + A visit for $2.\n"
        "2:3: `is-mn/old` is superseded by `is-mn/visit`\n"
        "4:3: `is-mn/odd` is retracted: The page was a hoax.\n"
        "5:3: no fact has the id `is-mn/vist`; "
        "did you mean `is-mn/visit`, `is-mn/odd`, `is-mn/old`?\n"
        "6:3: `is-mn/visit` has no `until`\n"
    )
    assert result.err == "bilatcli: 6 facts, 1 changed, 4 for you to look at\n"
    assert draft.read_text("utf-8").split("\n")[1:] == lines[1:]


def test_report_as_json(run: Run, pack: str, tmp_path: Path) -> None:
    """The report as JSON matches its schema."""
    draft = tmp_path / "draft.md"
    draft.write_text(f"a {VISIT}x{END}\n<!-- bilatcli: is-mn/old -->An old visit.", "utf-8")
    result = run("refresh", "--check", str(draft), "--data", pack, "--json")
    document = json.loads(result.out)
    validator = Draft202012Validator(json.loads(read_schema("refresh")))
    assert [error.message for error in validator.iter_errors(document)] == []
    assert [fact["state"] for fact in document["facts"]] == ["changed", "superseded"]
    assert document["facts"][1]["detail"] == "is-mn/visit"
    assert (document["counts"]["changed"], result.code) == (1, 1)


def test_problems_leave_all_drafts_as_they_are(run: Run, pack: str, tmp_path: Path) -> None:
    """If a marker cannot be read, every problem is reported with its place and nothing written."""
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(f"a {VISIT}x{END}", "utf-8")
    bad.write_text(f"{VISIT}one\ntwo\n\na{END}\n", "utf-8")
    result = run("refresh", str(good), str(bad), "--data", pack)
    assert (result.code, result.out) == (2, "")
    assert [line.partition(": ")[0] for line in result.err.splitlines()[:-1]] == [f"{bad}:1:1"]
    assert good.read_text("utf-8") == f"a {VISIT}x{END}"


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ([], "name the draft to refresh; as in `bilatcli refresh draft.md`"),
        (["-", "draft.md"], "`-` goes alone; name files, or pipe one draft"),
        (["-", "--json"], "standard output has the draft, not the report; add `--check`"),
        (["gone.md"], "`gone.md` cannot be read (no such file or directory)"),
        (
            ["--json", "--format", "text", "a"],
            "`--json` and `--format` text are two output formats",
        ),
    ],
)
def test_usage(run: Run, argv: list[str], message: str) -> None:
    """What cannot be refreshed is an error with a hint."""
    result = run("refresh", *argv)
    assert result.code == 2
    assert message in result.err


def test_not_utf8(run: Run, tmp_path: Path) -> None:
    """A file in another encoding is an error with its place, and stays as it is."""
    draft = tmp_path / "draft.md"
    draft.write_bytes(b"one\ntw\xff\n")
    result = run("refresh", str(draft))
    assert result.code == 2
    assert f"{draft}:2:3: this is not UTF-8" in result.err
    assert draft.read_bytes() == b"one\ntw\xff\n"
