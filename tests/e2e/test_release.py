"""What is released: wheel and sdist are the same bytes every time, and hold what belongs there and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bilatcli import __version__
from support import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WHEEL = f"bilatcli-{__version__}-py3-none-any.whl"
SDIST = f"bilatcli-{__version__}.tar.gz"

PAGE = f"bilatcli-{__version__}.data/data/share/man/man1/bilatcli.1"
"""The manual page, which is installed beside the package."""

CODE = "css j2 py sh sql sqlite toml typed"
KINDS = {
    "bilatcli/data": "json md toml",
    "bilatcli/data/names": "toml txt LICENSE-LGPL-2.1 LICENSE-SCOWL LICENSE-UNICODE",
    "bilatcli/schema": "json",
}
"""Extensions of the files, or their names, in the folders of a wheel that are not of code."""

LICENCES = {
    "LICENSE",
    "LICENSE-CC0",
    "data/LICENCES.md",
    "data/names/LICENSE-LGPL-2.1",
    "data/names/LICENSE-SCOWL",
    "data/names/LICENSE-UNICODE",
}

DESCRIBED = {
    "METADATA",
    "RECORD",
    "WHEEL",
    "entry_points.txt",
    *(f"licenses/{name}" for name in LICENCES),
}

AT_THE_TOP = {
    *(
        ".gitignore",
        ".pre-commit-hooks.yaml",
        "CHANGELOG.md",
        "COMPARE.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "LICENSE-CC0",
        "Makefile",
    ),
    *(
        "PKG-INFO",
        "README.md",
        "SECURITY.md",
        "benchmarks",
        "data",
        "docs",
        "man",
        "pyproject.toml",
        "schema",
        "scripts",
    ),
    *("src", "tests"),
}
"""What an sdist may hold at its top."""

RUBBISH = (
    "notes.txt",
    ".coverage",
    ".env",
    "build/lib/bilatcli/old.py",
    "data/.relations.toml.swp",
    "data/mine.toml~",
    "data/names/__pycache__/x.pyc",
    "docs/draft.tmp",
    "mutants/text.py",
    "schema/.DS_Store",
    "src/bilatcli/__pycache__/text.cpython-311.pyc",
    "src/bilatcli/text.py.orig",
    "tests/.hypothesis/x",
)
"""What lies about in many a checkout."""


def checkout(folder: Path, *, umask: int) -> Path:
    """Lay down a copy of the files that are kept under version control, with rubbish between them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    kept = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    before = os.umask(umask)
    try:
        for name in kept:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            # Modes and times are those of the copy.
            shutil.copyfile(ROOT / name, folder / name)
        for name in RUBBISH:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("rubbish", encoding="utf-8")
    finally:
        os.umask(before)
    return folder


def build(folder: Path, umask: int, **env: str) -> Path:
    """Build sdist and wheel as an installer does, but without an environment of their own; return their folder."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", "dist"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **env},
        umask=umask,
        capture_output=True,
        check=True,
    )
    return folder / "dist"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel and an sdist."""
    return build(
        checkout(tmp_path_factory.mktemp("one"), umask=0o022), 0o022, TZ="UTC", PYTHONHASHSEED="1"
    )


@pytest.fixture(scope="module")
def wheel(built: Path) -> list[str]:
    """The names of all files of the wheel."""
    return zipfile.ZipFile(built / WHEEL).namelist()


@pytest.fixture(scope="module")
def sdist(built: Path) -> list[str]:
    """The names of all files of the sdist, below its folder."""
    with tarfile.open(built / SDIST) as archive:
        return [name.partition("/")[2] for name in archive.getnames()]


def tracked(*folders: str) -> set[str]:
    """The files under version control in folders, and those that are about to be."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


def test_same_bytes(built: Path, tmp_path: Path) -> None:
    """In another folder, with other rights, at another time, place and order of sets, the same bytes come out."""
    folder = checkout(tmp_path / "another folder", umask=0o077)
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    other = build(
        folder, 0o077, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="2", TMPDIR=str(tmp_path)
    )
    for name in (WHEEL, SDIST):
        assert (built / name).read_bytes() == (other / name).read_bytes(), name


def test_wheel_of_the_sdist(built: Path, tmp_path: Path) -> None:
    """The wheel that is built from the sdist is the same as the one that is built from the checkout."""
    with tarfile.open(built / SDIST) as archive:
        archive.extractall(tmp_path, filter="data")
    folder = tmp_path / SDIST.removesuffix(".tar.gz")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    assert (folder / "dist" / WHEEL).read_bytes() == (built / WHEEL).read_bytes()


def test_source_date_epoch(built: Path, tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH is the time of all files in both."""
    dist = build(checkout(tmp_path, umask=0o022), 0o022, SOURCE_DATE_EPOCH="1700000000")
    assert {each.date_time for each in zipfile.ZipFile(dist / WHEEL).infolist()} == {
        (2023, 11, 14, 22, 13, 20)
    }
    with tarfile.open(dist / SDIST) as archive:
        assert {each.mtime for each in archive.getmembers()} == {1_700_000_000}
    assert (dist / WHEEL).read_bytes() != (built / WHEEL).read_bytes()


def test_wheel_holds_what_belongs(wheel: list[str]) -> None:
    """A wheel holds all of the package, data and schemas, its index and its licences, and nothing else."""
    described = {name for name in wheel if name.startswith(f"bilatcli-{__version__}.dist-info/")}
    assert {name.partition("/")[2] for name in described} == DESCRIBED
    inside = set(wheel) - described
    assert inside == {
        "bilatcli/index.sqlite",
        *(name.removeprefix("src/") for name in tracked("src/bilatcli")),
        *(f"bilatcli/{name}" for name in tracked("data", "schema")),
        PAGE,
    }
    for name in inside - {PAGE}:
        folder, _, file = name.rpartition("/")
        kinds = KINDS.get(folder, CODE).split()
        assert {file, file.rpartition(".")[2]} & set(kinds), name


def test_sdist_holds_what_belongs(sdist: list[str]) -> None:
    """An sdist holds what is under version control, but for what runs on the machines of the project."""
    assert {name.split("/")[0] for name in sdist} == AT_THE_TOP
    assert set(sdist) == {name for name in tracked() if not name.startswith(".ci/")} | {"PKG-INFO"}


def test_nothing_of_a_machine(built: Path) -> None:
    """No file of a wheel names the folder that it was built in, its index least of all."""
    where = str(built.parent).encode()
    with zipfile.ZipFile(built / WHEEL) as archive:
        assert [name for name in archive.namelist() if where in archive.read(name)] == []


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """A build leaves nothing in the folder for temporary files."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    build(checkout(tmp_path / "one", umask=0o022), 0o022, TMPDIR=str(temporary))
    assert list(temporary.iterdir()) == []


def test_types(wheel: list[str], built: Path) -> None:
    """The package says that it is typed."""
    assert "bilatcli/py.typed" in wheel
    assert "Classifier: Typing :: Typed" in metadata(built)


def metadata(built: Path) -> str:
    """What the wheel says of itself."""
    with zipfile.ZipFile(built / WHEEL) as archive:
        return archive.read(f"bilatcli-{__version__}.dist-info/METADATA").decode()


def test_metadata(built: Path) -> None:
    """Licences, Python and extras are those of pyproject.toml."""
    told = metadata(built).partition("\n\n")[0].splitlines()
    assert f"License-Expression: {PROJECT['project']['license']}" in told
    assert f"Requires-Python: {PROJECT['project']['requires-python']}" in told
    assert {
        line.partition(": ")[2] for line in told if line.startswith("License-File: ")
    } == LICENCES
    extras = {line.partition(": ")[2] for line in told if line.startswith("Provides-Extra: ")}
    assert extras == set(PROJECT["project"]["optional-dependencies"])


def test_licences_of_data(wheel: list[str]) -> None:
    """data/LICENCES.md names every file of data/ with its licence, whose text is in the wheel."""
    text = (ROOT / "data" / "LICENCES.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    listed = {row[0].strip("`") for row in rows}
    shipped = {
        name.removeprefix("bilatcli/data/") for name in wheel if name.startswith("bilatcli/data/")
    }
    assert listed == {name for name in shipped if "LICEN" not in name}
    used = set()
    for _, _, licence, texts in rows:
        parts, files = licence.split(" AND "), re.findall(r"`([^`]+)`", texts)
        assert len(parts) == len(files) >= 1
        assert set(files) <= LICENCES
        used |= set(parts)
    assert used | {"MIT"} == set(PROJECT["project"]["license"].split(" AND "))


def test_build_needs_what_it_imports() -> None:
    """What compiles the bundled index is asked for with the same bounds as what is installed."""
    needed = set(PROJECT["build-system"]["requires"])
    assert {each for each in needed if not each.startswith("hatchling")} <= set(
        PROJECT["project"]["dependencies"]
    )
