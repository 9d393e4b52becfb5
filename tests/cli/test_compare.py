"""`bilatcli compare`: its arguments, formats, errors and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from own_packs import write_pack
from support import DATA, ROOT, Run

GOOD = (DATA / "lint.toml").read_text("utf-8")


@pytest.fixture
def editions(tmp_path: Path) -> tuple[str, str]:
    """Return an edition, and one with a change for the worse and one for the better."""
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(GOOD, "utf-8")
    lowered = GOOD.replace('verification = "cited"', 'verification = "citation-needed"', 1)
    new.write_text(lowered.replace("met in Suva.", "met in *Suva* | \\u001b[31m."), "utf-8")
    return str(old), str(new)


def test_json(run: Run, editions: tuple[str, str]) -> None:
    """The document fits its schema, and has every change with its values."""
    result = run("compare", *editions, "--json")
    document = json.loads(result.out)
    schema = json.loads((ROOT / "schema" / "compare.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    assert (document["old"]["path"], document["new"]["path"]) == editions
    assert (document["old"]["cited"], document["new"]["cited"], document["worse"]) == (2, 1, True)
    counts = {change: count for change, count in document["counts"].items() if count}
    assert counts == {"lowered": 1, "corrected": 1}
    changes = [(each["id"], each["change"], each["worse"]) for each in document["changes"]]
    assert changes == [
        ("fj-is/talks-2026", "corrected", False),
        ("fj-is/trade-2025", "lowered", True),
    ]
    value = {"key": "verification", "old": "cited", "new": "citation-needed"}
    assert document["changes"][1]["values"] == [value]
    assert result.code == 1
    assert run("compare", editions[0], editions[0], "--json").code == 0


def test_markdown(run: Run, editions: tuple[str, str]) -> None:
    """Markdown has a sentence and a table for each relation, and escapes what packs say."""
    result = run("compare", *editions, "--format", "markdown")
    summary = "1 fact less verified, 1 corrected; 1 change for the worse; fewer cited facts"
    corrected = (
        r"The foreign ministers met in Suva. -\> "
        r"The foreign ministers met in \*Suva\* \| \\x1b\[31m."
    )
    assert result.out.splitlines() == [
        rf"**{summary}: 2 -\> 1**",
        "",
        "### fj-is",
        "",
        "| Change | Of | What |",
        "| --- | --- | --- |",
        r"| **lowered** (worse) | trade-2025 | verification: cited -\> citation-needed |",
        f"| corrected | talks-2026 | text: {corrected} |",
    ]
    assert result.code == 1


def test_same_editions(run: Run, editions: tuple[str, str]) -> None:
    """Two editions that say the same give no lines, and a sentence in Markdown."""
    result = run("compare", editions[0], editions[0])
    assert (result.code, result.out) == (0, "")
    assert result.err == "bilatcli: both editions say the same\n"
    comment = run("compare", editions[0], editions[0], "--format", "markdown").out
    assert comment == "**both editions say the same**\n"


def test_folders(run: Run, tmp_path: Path) -> None:
    """Packs of folders are compared together: a fact may move to another pack."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        write_pack(folder / "one.toml", source="page")
    write_pack(old / "two.toml", pair="is-mn", source="page")
    (new / "two.toml").unlink(missing_ok=True)
    write_pack(new / "three.toml", pair="is-mn", source="page")
    write_pack(new / "four.toml", pair="fj-mn", source="page")
    (new / "list.toml").write_text('[[country]]\ncode = "FJ"\n', "utf-8")
    result = run("compare", str(old), str(new))
    assert result.out.splitlines() == [
        "fj-mn",
        "  added       relation",
        "  added       visit: A visit. (cited)",
        "",
        "packs",
        "  removed     two",
        "  added       four, three",
    ]
    left_out = f"bilatcli: left out `{new / 'list.toml'}`: it is not a pack\n"
    assert result.err == f"{left_out}bilatcli: 1 fact added; nothing got worse\n"
    assert result.code == 0
    assert run("compare", str(new), str(old)).code == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "name an old and a new edition; as in `bilatcli compare old.toml new.toml`"),
        (["a.toml"], "name an old and a new edition"),
        (["a.toml", "b.toml", "c.toml"], "unexpected word `c.toml`"),
        (["", "b.toml"], "a path is empty"),
        (["a.toml", "b.toml", "--format", "sarif"], "unknown format `sarif`"),
        (["a.toml", "empty"], "no packs in `empty`"),
    ],
)
def test_usage_error(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str
) -> None:
    """A wrong command line is reported in one line."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    result = run("compare", *words)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert message in result.err


def test_packs_with_errors(run: Run, editions: tuple[str, str], tmp_path: Path) -> None:
    """All errors of both editions are reported, each as `check` words it."""
    broken, missing = tmp_path / "broken.toml", str(tmp_path / "missing.toml")
    broken.write_text(GOOD.replace('"2026-02"', '"2026-13"', 1), "utf-8")
    result = run("compare", str(broken), missing)
    checked = run("check", str(broken), missing, "--select", "BL001").out
    assert result.err.splitlines()[:-1] == checked.replace(" error BL001:", "").splitlines()
    assert result.err.splitlines()[-1] == "bilatcli: 2 problems in the packs"
    assert (result.code, result.out) == (2, "")
    document = json.loads(run("compare", editions[0], missing, "--json").out)
    assert document["error"]["kind"] == "pack"


def test_broken_pack_in_a_folder(run: Run, editions: tuple[str, str], tmp_path: Path) -> None:
    """A file of a folder that is not valid TOML is reported, not left out."""
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "broken.toml").write_text("[pack\n", "utf-8")
    result = run("compare", editions[0], str(folder))
    assert (result.code, result.err.count("\n")) == (2, 2)
    assert result.err.startswith(f"{folder / 'broken.toml'}:1:6: ")


def test_packs_that_contradict_each_other(run: Run, tmp_path: Path) -> None:
    """Two packs of one edition must not share a name, a fact, or an id of different sources."""
    folder = tmp_path / "packs"
    one = write_pack(folder / "one.toml", source="page")
    write_pack(folder / "two.toml", source="page", title="Another page")
    renamed = (folder / "two.toml").read_text("utf-8").replace('name = "two"', 'name = "one"')
    (folder / "two.toml").write_text(renamed, "utf-8")
    result = run("compare", str(folder), one)
    two, differs = folder / "two.toml", "the source `page` differs from the one in another pack"
    assert result.err.splitlines() == [
        f"{two}:2:8: another pack has the name `one` too: choose another name",
        f"{two}:7:6: {differs}: write the same record, or another id",
        f"{two}:15:6: another pack has a fact `fj-is/visit` already: choose another id",
        "bilatcli: 3 problems in the packs",
    ]
    assert result.code == 2
