"""`check --fix` mends order of keys, spacing and the form of dates, keeps comments, and changes no record."""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tomlkit.exceptions import TOMLKitError

from bilatcli.packs import loader
from bilatcli.packs.lint import fixes, runner
from conftest import DATA, ROOT, Run

GOOD = (DATA / "good.toml").read_text("utf-8")
TODAY = "2026-11-25"
FIX = ("--fix", "--today", TODAY)

RECORDS = [block for block in GOOD.split("\n\n") if block.startswith("[")]
BLANKS = ("", "", "", " ", "\t", "  ")
SEPARATORS = (" = ", " = ", "=", "= ", " =\t", "  =  ")
GAPS = ("\n", "\n", "\n\n", "\n\n\n", "\n \n")


def spelt(dice: Random, line: str, number: str) -> str:
    """A line of a pack spelt otherwise, with comments of its own above it and behind it."""
    key, value = line.split(" = ", 1)
    if value.startswith("[") and dice.random() < 0.5:
        value = value.replace("[", f"[ # in {number}\n  ").replace(
            '", "', f'",\n\n  # {number} within\n\t"'
        )
    elif key in ("text", "note", "overview") and dice.random() < 0.5:
        value = f'""{value[:4]}\\  \n\n  {value[4:]}""'
    above = dice.choice(
        ("", "", f"# above {number}\n", f"# far above {number}\n\n# above {number}\n")
    )
    behind = dice.choice(("", "", f"# behind {number}", f" \t# behind {number}"))
    return f"{above}{dice.choice(BLANKS)}{key}{dice.choice(SEPARATORS)}{value}{behind}{dice.choice(BLANKS)}"


def laid_out(dice: Random) -> str:
    """The good pack in another layout: keys in any order, other spacing, comments, sources behind relations."""
    blocks = []
    for place, record in enumerate(RECORDS):
        header, *lines = record.rstrip().splitlines()
        if dice.random() < 0.7:
            dice.shuffle(lines)
        body = [spelt(dice, line, f"{place}-{line.split(' ')[0]}") for line in lines]
        tail = dice.choice(("", "", f"\n\n# below {place}"))
        blocks.append(
            "".join(each + dice.choice(GAPS) for each in (dice.choice(BLANKS) + header, *body))
            + tail
        )
    if dice.random() < 0.5:
        # The last relation goes between the sources, so that tables of either kind stand apart.
        blocks[2:] = [*blocks[-2:], *blocks[2:-2]]
    text = dice.choice(("", "\n\n", "# first\n")) + "\n\n".join(blocks).rstrip("\n")
    text += dice.choice(("", "\n", "\n\n", "\n  "))
    return text.replace("\n", "\r\n") if dice.random() < 0.5 else text


def comments(text: str) -> dict[str, str]:
    """What each comment stands by: the key behind which it is, or the next line that is not blank."""
    lines = [line.strip() for line in text.splitlines()]
    found = {}
    for place, line in enumerate(lines):
        if "# " in line:
            before, _, comment = line.partition("# ")
            below = next((each for each in lines[place + 1 :] if each and each[0] != "#"), "")
            found[comment] = re.split(r"[ \t]*=|#", before or below)[0]
    return found


def mended(folder: Path, text: str) -> str:
    """What `--fix` makes of a text in every respect."""
    path = folder / "own.toml"
    path.write_bytes(text.encode())
    fixes.mend_layout(runner.examine([str(path)], TODAY).findings)
    return path.read_bytes().decode()


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_nothing_but_the_layout_changes(dice: Random) -> None:
    """Records before and after are equal, comments stay by their keys, nothing is left to mend, in one pass."""
    text = laid_out(dice)
    before = loader.read(text, "own.toml")
    with tempfile.TemporaryDirectory() as folder:
        after = mended(Path(folder), text)
        report = runner.examine([str(Path(folder) / "own.toml")], TODAY)
        again = mended(Path(folder), after)
    assert loader.read(after, "own.toml") == before
    assert [each for each in report.findings if each.rule.code.startswith("BL3")] == []
    assert again == after
    assert comments(after) == comments(text)
    assert after.count("\r\n") == (after.count("\n") if "\r\n" in text else 0)


def test_the_bundled_packs_say_the_same(tmp_path: Path) -> None:
    """The packs that come with the tool mean the same once they are mended, to a TOML reader of its own."""
    for name in ("south-asia.toml", "south-caucasus.toml"):
        text = (ROOT / "data" / name).read_text("utf-8")
        assert tomllib.loads(mended(tmp_path, text)) == tomllib.loads(text)


UNTIDY = """\
# bilatcli: ignore[BL101]
id = "again"\x20\x20\x20
reliability = "news"  # why
type="webpage"
title = "Again"
issued = "2020"
"""
TIDY = """\
# bilatcli: ignore[BL101]
id = "again"
type = "webpage"
title = "Again"
issued = "2020"
reliability = "news"  # why
"""


def with_source(text: str) -> str:
    """The good pack with one more source, in front of the relations."""
    return GOOD.replace("[[relation]]", f"[[source]]\n{text}\n[[relation]]", 1)


def test_the_command(run: Run, tmp_path: Path) -> None:
    """What was mended is said by rule, comments that silence still do, and the second time there is nothing to do."""
    path = tmp_path / "own.toml"
    path.write_text(with_source(UNTIDY), encoding="utf-8")
    assert run("check", str(path), "--today", TODAY).err == "bilatcli: 3 notes in 1 pack\n"
    result = run("check", str(path), *FIX)
    assert (result.code, result.out) == (0, "")
    assert result.err == (
        "bilatcli: mended: 1 × order of keys (BL301), 2 × spacing (BL302)\nbilatcli: nothing to question in 1 pack\n"
    )
    assert path.read_text("utf-8") == with_source(TIDY)
    again = run("check", str(path), *FIX)
    assert (
        again.err
        == "bilatcli: there is nothing that --fix can mend\nbilatcli: nothing to question in 1 pack\n"
    )


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (("--select", "BL302"), UNTIDY.replace("   \n", "\n").replace('type="', 'type = "')),
        (
            ("--ignore", "spacing"),
            TIDY.replace('"again"\n', '"again"   \n').replace('type = "', 'type="'),
        ),
        (("--select", "BL1"), UNTIDY),
    ],
)
def test_only_the_wanted_rules(
    run: Run, tmp_path: Path, options: tuple[str, ...], text: str
) -> None:
    """A rule that is left out mends nothing."""
    path = tmp_path / "own.toml"
    path.write_text(with_source(UNTIDY), encoding="utf-8")
    run("check", str(path), *FIX, *options)
    assert path.read_text("utf-8") == with_source(text)


def test_what_is_silenced_stays(run: Run, tmp_path: Path) -> None:
    """A comment that silences a finding keeps it from being mended too."""
    text = with_source(
        UNTIDY.replace("# why", "# bilatcli: ignore[BL301]").replace(
            '"again"   ', '"again" # bilatcli: ignore[BL302] '
        )
    )
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    assert run("check", str(path), *FIX).code == 0
    assert path.read_text("utf-8") == text.replace('type="', 'type = "')


def test_what_tomlkit_cannot_read_stays(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that is beyond tomlkit keeps its order, and is still told; the others are mended."""
    text = with_source(UNTIDY)
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")

    def refuse(_: str) -> None:
        raise TOMLKitError

    monkeypatch.setattr("tomlkit.parse", refuse)
    count = fixes.mend_layout(runner.examine([str(path)], TODAY).findings)
    assert count == {"BL302": 2}
    assert "BL301" in run("check", str(path), "--today", TODAY).out


DATES = (
    ('accessed = "2026-11-23"\n\n[[relation]]', "accessed = 2026-11-23 # seen\n\n[[relation]]"),
    ("updated = 2026-11-23", "updated = '2026-11-23'"),
    ('date = "2026-02-03"', 'date = "2026-2-3"'),
    ('issued = "2020"', 'issued = "2020-1-2/2020-12-31"'),
)


def test_dates(run: Run, tmp_path: Path) -> None:
    """Dates are put in quotes or out of them, and padded, where the pack then loads; the layout follows at once."""
    text = GOOD
    for good, other in DATES[1:]:
        assert good in text
        text = text.replace(good, other, 1)
    path = tmp_path / "own.toml"
    text = text.replace('accessed = "2026-11-23"', "accessed=2026-11-23", 1)
    path.write_text(text, encoding="utf-8")
    assert run("check", str(path), "--today", TODAY).code == 1
    result = run("check", str(path), *FIX)
    assert result.err.startswith(
        "bilatcli: mended: 4 × form of a date (BL001), 1 × spacing (BL302)\n"
    )
    assert path.read_text("utf-8") == GOOD.replace(
        'issued = "2020"', 'issued = "2020-01-02/2020-12-31"'
    )


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace('date = "2026-02-03"', 'date = "2026-2"'),
        GOOD.replace('date = "2026-02-03"', 'date = "2026-2-30"'),
        with_source(UNTIDY).replace('"historical"', '"historic"', 1),
        with_source(UNTIDY).replace("2026-11-23", '"2026-11-23"', 1).replace('"IS"', '"ISL"', 1),
        "[pack\n",
    ],
)
def test_what_is_refused_stays(run: Run, tmp_path: Path, text: str) -> None:
    """A pack that is refused for more than the form of dates is not touched."""
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    result = run("check", str(path), *FIX)
    assert (result.code, "BL001" in result.out) == (1, True)
    assert result.err.startswith("bilatcli: there is nothing that --fix can mend\n")
    assert path.read_text("utf-8") == text


def test_the_file_stays_what_it_is(run: Run, tmp_path: Path) -> None:
    """A byte order mark, line ends, the mode and a link survive, and nothing is left beside the file."""
    real = tmp_path / "real.toml"
    link = tmp_path / "own.toml"
    real.write_bytes(("\ufeff" + with_source(UNTIDY).replace("\n", "\r\n")).encode())
    real.chmod(0o640)
    link.symlink_to(real.name)
    assert run("check", str(link), *FIX).code == 0
    assert real.read_bytes() == ("\ufeff" + with_source(TIDY).replace("\n", "\r\n")).encode()
    assert (link.is_symlink(), real.stat().st_mode & 0o777) == (True, 0o640)
    assert sorted(os.listdir(tmp_path)) == ["home", "own.toml", "real.toml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """Where the pack cannot be written, one line says so."""
    folder = tmp_path / "packs"
    folder.mkdir()
    path = folder / "own.toml"
    path.write_text(with_source(UNTIDY), encoding="utf-8")
    folder.chmod(0o500)
    result = run("check", str(path), *FIX)
    folder.chmod(0o700)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"bilatcli: `{path}` cannot be written (permission denied)\n"
    assert path.read_text("utf-8") == with_source(UNTIDY)
