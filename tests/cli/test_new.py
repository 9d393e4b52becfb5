"""`new`: the pack that it creates."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from bilatcli.packs import loader
from support import Run


def take_examples(text: str) -> str:
    """Return a new pack with all its examples uncommented."""
    return re.sub(r"^# (?=\[\[|[a-z_]+ = )", "", text, flags=re.MULTILINE)


@pytest.fixture
def pack(run: Run, tmp_path: Path) -> Path:
    """Return a new pack on Fiji and Peru."""
    file = tmp_path / "fj-pe.toml"
    result = run("new", "fiji", "peru", "-o", str(file))
    hint = f"add sources and facts, then run `bilatcli check {file}`"
    assert (result.code, result.out) == (0, "")
    assert result.err == f"bilatcli: created {file}; {hint}\n"
    return file


def test_new_pack_is_valid(run: Run, pack: Path) -> None:
    """A new pack loads; `check` finds only that it has no facts, and nothing in its examples."""
    relation = {"id": "fj-pe", "countries": ["FJ", "PE"]}
    assert tomllib.loads(pack.read_text("utf-8"))["relation"] == [relation]
    checked = run("check", str(pack))
    assert (checked.code, checked.out.count("\n")) == (0, 1)
    assert "note BL229: the pack has no facts" in checked.out
    assert checked.err == "bilatcli: 1 pack checked: 1 note\n"
    pack.write_text(take_examples(pack.read_text("utf-8")), "utf-8")
    assert len(loader.load_pack(pack).relation[0].fact) == 2
    assert (run("check", str(pack)).code, run("check", str(pack)).out) == (0, "")
    assert "exercise-2024" in run("military", "fiji", "peru", "--data", str(pack)).out


def test_commands_in_the_comments(run: Run, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands in the comments of a new pack work when pasted."""
    monkeypatch.chdir(pack.parent)
    commands = re.findall(r": +(bilatcli .*)$", pack.read_text("utf-8"), re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        result = run(*command.partition(" > ")[0].split()[1:])
        assert (result.code in (0, 1), "Traceback" in result.err) == (True, False)


def test_standard_output(run: Run) -> None:
    """With `-` the pack is printed."""
    result = run("new", "azerbaijan", "turkey", "--output", "-")
    assert tomllib.loads(result.out)["relation"] == [{"id": "az-tr", "countries": ["AZ", "TR"]}]
    assert "is already covered" in result.err


@pytest.mark.parametrize("words", [["kenya", "ugannda"], ["kenya", "wakanda"], ["kenya", "ussr"]])
def test_guess_creates_no_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """A name that is not exactly that of a country creates no file."""
    monkeypatch.chdir(tmp_path)
    result = run("new", *words)
    assert (result.code in (1, 2), result.out) == (True, "")
    assert f"`{words[1]}`" in result.err
    assert list(tmp_path.glob("*.toml")) == []


def test_misspelt_name_is_suggested(run: Run) -> None:
    """The suggested command has the country that was meant, and works."""
    result = run("new", "kenya", "ugannda", "-o", "-")
    command = "bilatcli new ke ug --output -"
    assert result.err == (
        "bilatcli: `ugannda` is not the exact name of a country; "
        f"if you mean Uganda, write `{command}`\n"
    )
    assert run(*command.split()[1:]).code == 0


def test_existing_file(run: Run, pack: Path) -> None:
    """A file that exists is only replaced with --force."""
    pack.write_text("mine", "utf-8")
    result = run("new", "fiji", "peru", "-o", str(pack))
    assert (result.code, result.out) == (2, "")
    assert "--force" in result.err
    assert pack.read_text("utf-8") == "mine"
    assert run("new", "fiji", "peru", "-o", str(pack), "--force").code == 0
    assert "fj-pe" in pack.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["az"], 2, "a relation has two countries, not 1; name two countries"),
        (["az", "pk", "tr"], 2, "a relation has two countries, not 3; name two countries"),
        (["az", "foo", "pk"], 2, "`foo` is not a country"),
        ([], 2, "`bilatcli new azerbaijan pakistan`"),
        (["korea", "pk"], 1, "`korea` could mean"),
        (["fj", "pe", "-o", "a/b.toml"], 2, "`a/b.toml` cannot be written (no such file or "),
    ],
)
def test_error(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    code: int,
    message: str,
) -> None:
    """Anything but two countries is an error, and so is a file that cannot be written."""
    monkeypatch.chdir(tmp_path)
    result = run("new", *words)
    assert (result.code, result.out) == (code, "")
    assert message in result.err.splitlines()[0]


def test_file_name(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is called after the pair, unless another name is given."""
    monkeypatch.chdir(tmp_path)
    assert run("new", "peru", "fiji").code == 0
    schema = json.loads(run("schema", "pack").out)
    assert schema["title"]
    assert [file.name for file in tmp_path.glob("*.toml")] == ["fj-pe.toml"]
