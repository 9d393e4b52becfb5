"""`check --fix` fixes the order of keys, spacing and dates. Comments and content stay."""

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

from bilatcli.packs import loader
from bilatcli.packs.lint import fixes
from bilatcli.packs.lint.runner import lint
from support import DATA, IS_ROOT, ROOT, Run

GOOD = (DATA / "good.toml").read_text("utf-8")
TODAY = "2026-11-25"
FIX = ("--fix", "--today", TODAY)
NO_PROBLEMS = "bilatcli: 1 pack checked: no problems\n"
NO_FIXES = "bilatcli: --fix found nothing to fix\n"

RECORDS = [block for block in GOOD.split("\n\n") if block.startswith("[")]
BLANKS = ("", "", "", " ", "\t", "  ")
SEPARATORS = (" = ", " = ", "=", "= ", " =\t", "  =  ")
GAPS = ("\n", "\n", "\n\n", "\n\n\n", "\n \n")


def respace(dice: Random, line: str, label: str) -> str:
    """Return a line of a pack with other spacing and with comments above and after it."""
    key, value = line.split(" = ", 1)
    if value.startswith("[") and dice.random() < 0.5:
        value = value.replace("[", f"[ # in {label}\n  ")
        value = value.replace('", "', f'",\n\n  # {label} within\n\t"')
    elif key in ("text", "note", "overview") and dice.random() < 0.5:
        value = f'""{value[:4]}\\  \n\n  {value[4:]}""'
    far = f"# far above {label}\n\n# above {label}\n"
    above = dice.choice(("", "", f"# above {label}\n", far))
    after = dice.choice(("", "", f"# after {label}", f" \t# after {label}"))
    pair = f"{key}{dice.choice(SEPARATORS)}{value}"
    return f"{above}{dice.choice(BLANKS)}{pair}{after}{dice.choice(BLANKS)}"


def scramble_layout(dice: Random) -> str:
    """Return the good pack with shuffled keys, other spacing and comments."""
    blocks = []
    for i, record in enumerate(RECORDS):
        header, *lines = record.rstrip().splitlines()
        if dice.random() < 0.7:
            dice.shuffle(lines)
        body = [respace(dice, line, f"{i}-{line.split(' ')[0]}") for line in lines]
        tail = dice.choice(("", "", f"\n\n# below {i}"))
        spaced = (line + dice.choice(GAPS) for line in (dice.choice(BLANKS) + header, *body))
        blocks.append("".join(spaced) + tail)
    if dice.random() < 0.5:
        # The last relation goes between the sources, so that neither kind of table is contiguous.
        blocks[2:] = [*blocks[-2:], *blocks[2:-2]]
    text = dice.choice(("", "\n\n", "# first\n")) + "\n\n".join(blocks).rstrip("\n")
    text += dice.choice(("", "\n", "\n\n", "\n  "))
    return text.replace("\n", "\r\n") if dice.random() < 0.5 else text


def comment_keys(text: str) -> dict[str, str]:
    """Return each comment with the key on its line, or else the next line that is not blank."""
    lines = [line.strip() for line in text.splitlines()]
    found = {}
    for i, line in enumerate(lines):
        if "# " in line:
            before, _, comment = line.partition("# ")
            below = next((each for each in lines[i + 1 :] if each and each[0] != "#"), "")
            found[comment] = re.split(r"[ \t]*=|#", before or below)[0]
    return found


def fix(folder: Path, text: str) -> str:
    """Return the text of a pack after all fixes."""
    path = folder / "own.toml"
    path.write_bytes(text.encode())
    fixes.fix_layout(lint([str(path)], TODAY).findings)
    return path.read_bytes().decode()


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_only_the_layout_changes(dice: Random) -> None:
    """Records stay equal, comments stay with their keys, and one pass fixes everything."""
    text = scramble_layout(dice)
    before = loader.parse_pack(text, "own.toml")
    with tempfile.TemporaryDirectory() as folder:
        after = fix(Path(folder), text)
        report = lint([str(Path(folder) / "own.toml")], TODAY)
        again = fix(Path(folder), after)
    assert loader.parse_pack(after, "own.toml") == before
    assert [each for each in report.findings if each.rule.code.startswith("BL3")] == []
    assert again == after
    assert comment_keys(after) == comment_keys(text)
    assert after.count("\r\n") == (after.count("\n") if "\r\n" in text else 0)


def test_bundled_packs_keep_their_values(tmp_path: Path) -> None:
    """The bundled packs have the same values after the fixes, according to another TOML parser."""
    for name in ("east-asia", "europe", "middle-east", "south-asia", "south-caucasus"):
        text = (ROOT / "data" / f"{name}.toml").read_text("utf-8")
        assert tomllib.loads(fix(tmp_path, text)) == tomllib.loads(text)


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
    """Return the good pack with another source before the relations."""
    return GOOD.replace("[[relation]]", f"[[source]]\n{text}\n[[relation]]", 1)


def write(folder: Path, text: str) -> Path:
    """Write a pack with this text and return its path."""
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_fix(run: Run, tmp_path: Path) -> None:
    """Fixes are counted by rule, comments still suppress, and a second run changes nothing."""
    path = write(tmp_path, with_source(UNTIDY))
    before = run("check", str(path), "--today", TODAY)
    assert before.err == "bilatcli: 1 pack checked: 3 notes\n"
    result = run("check", str(path), *FIX)
    assert (result.code, result.out) == (0, "")
    counts = "1 × order of keys (BL301), 2 × spacing (BL302)"
    assert result.err == f"bilatcli: fixed: {counts}\n{NO_PROBLEMS}"
    assert path.read_text("utf-8") == with_source(TIDY)
    assert run("check", str(path), *FIX).err == NO_FIXES + NO_PROBLEMS


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
def test_only_selected_rules(run: Run, tmp_path: Path, options: tuple[str, ...], text: str) -> None:
    """A rule that is not selected fixes nothing."""
    path = write(tmp_path, with_source(UNTIDY))
    run("check", str(path), *FIX, *options)
    assert path.read_text("utf-8") == with_source(text)


def test_suppressed_findings_stay(run: Run, tmp_path: Path) -> None:
    """A suppressed finding is not fixed."""
    text = UNTIDY.replace("# why", "# bilatcli: ignore[BL301]")
    text = with_source(text.replace('"again"   ', '"again" # bilatcli: ignore[BL302] '))
    path = write(tmp_path, text)
    assert run("check", str(path), *FIX).code == 0
    assert path.read_text("utf-8") == text.replace('type="', 'type = "')


DATES = (
    ("updated = 2026-11-23", "updated = '2026-11-23'"),
    ('date = "2026-02-03"', 'date = "2026-2-3"'),
    ('issued = "2020"', 'issued = "2020-1-2/2020-12-31"'),
    ('established = "1975-05"', 'established = "1975-5"'),
    ('as_of = "2025"', "as_of = 2025"),
    ('accessed = "2026-11-23"', "accessed=2026-11-23"),
)


def test_dates(run: Run, tmp_path: Path) -> None:
    """Dates get or lose quotes and are padded if the pack then loads. The layout is fixed too."""
    text = GOOD
    for good, other in DATES:
        assert good in text
        text = text.replace(good, other, 1)
    path = write(tmp_path, text)
    assert run("check", str(path), "--today", TODAY).code == 1
    counts = "6 × form of a date (BL001), 1 × spacing (BL302)"
    assert run("check", str(path), *FIX).err.startswith(f"bilatcli: fixed: {counts}\n")
    fixed = GOOD.replace('issued = "2020"', 'issued = "2020-01-02/2020-12-31"')
    assert path.read_text("utf-8") == fixed


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ('"2020-5"', '"2020-05"'),
        ("'2020-5-3?'", "'2020-05-03?'"),
        ('"5/2020"', '"2020-05"'),
        ('"05/2020~"', '"2020-05~"'),
        ('"2020/05"', '"2020-05"'),
        ('"2020/5/3"', '"2020-05-03"'),
        ('"2020.5.3"', '"2020-05-03"'),
        ('" 2020-5 "', '"2020-05"'),
        ('"[2019-5,2020-5..]"', '"[2019-05,2020-05..]"'),
        ('"2019-5/2020-5"', '"2019-05/2020-05"'),
        ("2020", '"2020"'),
        ("2020-05", '"2020-05"'),
        ("2020-5-3", '"2020-05-03"'),
        ("2020-05-03", '"2020-05-03"'),
        ("2020-05-03T10:30:00Z", '"2020-05-03T10:30:00Z"'),
        ("2020-05-03 10:30:00.5", '"2020-05-03T10:30:00"'),
        ('"2020-5-3 10:30"', '"2020-05-03T10:30:00"'),
    ],
)
def test_forms_of_a_date(
    run: Run, tmp_path: Path, written: str, fixed: str, mark: str, newline: str
) -> None:
    """A date gets its form, also if it is no TOML; the rest stays, and a second run has no work."""
    text = (mark + GOOD.replace('"2026-02-03"', '"2020" # 2020-5-3')).replace("\n", newline)
    path = tmp_path / "own.toml"
    path.write_bytes(text.replace('"2020" #', f"{written} #").encode())
    run("check", str(path), *FIX)
    assert path.read_bytes() == text.replace('"2020" #', f"{fixed} #").encode()
    assert NO_FIXES in run("check", str(path), *FIX).err


@pytest.mark.parametrize(
    "written", ['"3/5/2020"', '"03.05.2020"', "2020.5", '"2020-13"', '"2020-2-30"', "10:00:00"]
)
def test_a_date_of_two_meanings_stays(run: Run, tmp_path: Path, written: str) -> None:
    """A date that may be another one, or is none, needs a decision."""
    text = GOOD.replace('"2026-02-03"', written)
    path = write(tmp_path, text)
    assert run("check", str(path), *FIX).code == 1
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("written", ["'2026-11-23'", "2026-11-23T10:00:00Z", '"2026/11/23"'])
@pytest.mark.parametrize("key", ["updated", "checked"])
def test_forms_of_a_day(run: Run, tmp_path: Path, key: str, written: str) -> None:
    """A day of the pack or of a check is a TOML date."""
    good = GOOD.replace('"cited"\n', '"cited"\nchecked = 2026-11-23\n', 1)
    path = write(tmp_path, good.replace(f"{key} = 2026-11-23", f"{key} = {written}"))
    run("check", str(path), *FIX)
    assert path.read_text("utf-8") == good


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace('date = "2026-02-03"', 'date = "2026-0"'),
        GOOD.replace('date = "2026-02-03"', 'date = "2026-2-30"'),
        with_source(UNTIDY).replace('"historical"', '"historic"', 1),
        with_source(UNTIDY).replace("2026-11-23", '"2026-11-23"', 1).replace('"IS"', '"ISL"', 1),
        "[pack\n",
    ],
)
def test_other_errors_stay(run: Run, tmp_path: Path, text: str) -> None:
    """A pack with an error other than the form of its dates is left alone."""
    path = write(tmp_path, text)
    result = run("check", str(path), *FIX)
    assert (result.code, "BL001" in result.out) == (1, True)
    assert result.err.startswith(NO_FIXES)
    assert path.read_text("utf-8") == text


def test_the_file_keeps_its_properties(run: Run, tmp_path: Path) -> None:
    """A byte order mark, line endings, the mode and a link stay, and no other file is left."""
    real = tmp_path / "real.toml"
    link = tmp_path / "own.toml"
    real.write_bytes(("\ufeff" + with_source(UNTIDY).replace("\n", "\r\n")).encode())
    real.chmod(0o640)
    link.symlink_to(real.name)
    assert run("check", str(link), *FIX).code == 0
    assert real.read_bytes() == ("\ufeff" + with_source(TIDY).replace("\n", "\r\n")).encode()
    assert (link.is_symlink(), real.stat().st_mode & 0o777) == (True, 0o640)
    assert sorted(os.listdir(tmp_path)) == ["home", "own.toml", "real.toml"]


@pytest.mark.skipif(IS_ROOT, reason="root may write to every folder")
def test_a_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """A pack that cannot be written is reported in one line."""
    folder = tmp_path / "packs"
    folder.mkdir()
    path = write(folder, with_source(UNTIDY))
    folder.chmod(0o500)
    result = run("check", str(path), *FIX)
    folder.chmod(0o700)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"bilatcli: `{path}` cannot be written (permission denied)\n"
    assert path.read_text("utf-8") == with_source(UNTIDY)
