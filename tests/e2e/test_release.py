"""The wheel and the sdist are reproducible, and contain what belongs there and nothing else."""

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
from support import ROOT, locked

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WHEEL = f"bilatcli-{__version__}-py3-none-any.whl"
SDIST = f"bilatcli-{__version__}.tar.gz"

MANUAL = f"bilatcli-{__version__}.data/data/share/man/man1/bilatcli.1"
"""The manual page, which is installed outside the package."""

CODE_ENDINGS = "css j2 py sh sql sqlite toml typed"
DATA_ENDINGS = {
    "bilatcli/data": "csv json md toml LICENSE-CC-BY LICENSE-ETALAB-2.0 LICENSE-MIT-TAX-TREATIES",
    "bilatcli/data/names": "toml txt LICENSE-LGPL-2.1 LICENSE-SCOWL LICENSE-UNICODE",
    "bilatcli/schema": "json",
}
"""The extensions or names of the files in the folders of a wheel that have no code."""

LICENCES = {
    "LICENSE",
    "LICENSE-CC0",
    "data/LICENCES.md",
    "data/LICENSE-CC-BY",
    "data/LICENSE-ETALAB-2.0",
    "data/LICENSE-MIT-TAX-TREATIES",
    "data/names/LICENSE-LGPL-2.1",
    "data/names/LICENSE-SCOWL",
    "data/names/LICENSE-UNICODE",
}

DIST_INFO = {"METADATA", "RECORD", "WHEEL", "entry_points.txt"}

SDIST_TOP = {
    *(
        ".gitattributes",
        ".github",
        ".gitignore",
        ".pre-commit-hooks.yaml",
        "CHANGELOG.md",
        "CITATION.cff",
    ),
    *(
        "COMPARE.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "LICENSE-CC0",
        "Makefile",
        "PKG-INFO",
        "README.md",
        "SECURITY.md",
        "benchmarks",
    ),
    *("data", "docs", "man", "pyproject.toml", "schema", "scripts", "src", "tests"),
}
"""The files and folders at the top of an sdist."""

LEFT_OVERS = (
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
"""Files of a checkout that must not be released."""


def list_files(*folders: str) -> set[str]:
    """Return the files under version control, and those that are about to be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]
    listed = subprocess.check_output([*command, *folders], cwd=ROOT, text=True)
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


def copy_checkout(folder: Path, *, umask: int) -> Path:
    """Copy the files under version control to a folder, and add left-overs."""
    before = os.umask(umask)
    try:
        for name in list_files():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            # The copy has modes and times of its own.
            shutil.copyfile(ROOT / name, folder / name)
        for name in LEFT_OVERS:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("rubbish", encoding="utf-8")
    finally:
        os.umask(before)
    return folder


def build(folder: Path, *targets: str, umask: int = 0o022, **env: str) -> Path:
    """Build sdist and wheel without an isolated environment. Return their folder."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", "dist", *targets],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **env},
        umask=umask,
        capture_output=True,
        check=True,
    )
    return folder / "dist"


@pytest.fixture(scope="session")
def built(cache: Path) -> Path:
    """Return a folder with a wheel and an sdist, which are built once per session."""
    folder = cache.parent / "release"
    with locked(folder.with_suffix(".lock")):
        if not (folder / "dist").is_dir():
            build(copy_checkout(folder, umask=0o022), TZ="UTC", PYTHONHASHSEED="1")
    return folder / "dist"


@pytest.fixture(scope="module")
def wheel(built: Path) -> set[str]:
    """Return the names of all files of the wheel."""
    with zipfile.ZipFile(built / WHEEL) as archive:
        return set(archive.namelist())


@pytest.mark.slow
def test_same_bytes(built: Path, tmp_path: Path) -> None:
    """A build elsewhere, with other modes, times and settings, has the same bytes.

    It leaves nothing in the folder for temporary files.
    """
    folder = copy_checkout(tmp_path / "another folder", umask=0o077)
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    env = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "2", "TMPDIR": str(temporary)}
    other = build(folder, umask=0o077, **env)
    for name in (WHEEL, SDIST):
        assert (built / name).read_bytes() == (other / name).read_bytes(), name
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
def test_wheel_of_the_sdist(built: Path, tmp_path: Path) -> None:
    """A wheel built from the sdist is the same as one built from the checkout."""
    with tarfile.open(built / SDIST) as archive:
        archive.extractall(tmp_path, filter="data")
    other = build(tmp_path / SDIST.removesuffix(".tar.gz"), "--target", "wheel")
    assert (other / WHEEL).read_bytes() == (built / WHEEL).read_bytes()


@pytest.mark.slow
def test_source_date_epoch(built: Path, tmp_path: Path) -> None:
    """All files of both have the time of SOURCE_DATE_EPOCH."""
    folder = copy_checkout(tmp_path, umask=0o022)
    dist = build(folder, SOURCE_DATE_EPOCH="1700000000")
    with zipfile.ZipFile(dist / WHEEL) as wheel:
        assert {each.date_time for each in wheel.infolist()} == {(2023, 11, 14, 22, 13, 20)}
    with tarfile.open(dist / SDIST) as sdist:
        assert {each.mtime for each in sdist.getmembers()} == {1_700_000_000}
    assert (dist / WHEEL).read_bytes() != (built / WHEEL).read_bytes()


@pytest.mark.slow
def test_files_of_the_wheel(wheel: set[str]) -> None:
    """A wheel has the package, its data, schemas, index, manual page and licences only."""
    prefix = f"bilatcli-{__version__}.dist-info/"
    described = {name.removeprefix(prefix) for name in wheel if name.startswith(prefix)}
    assert described == DIST_INFO | {f"licenses/{name}" for name in LICENCES}
    others = {name for name in wheel if not name.startswith(prefix)}
    code = {name.removeprefix("src/") for name in list_files("src/bilatcli")}
    data = {f"bilatcli/{name}" for name in list_files("data", "schema")}
    assert others == {"bilatcli/index.sqlite", MANUAL} | code | data
    for name in others - {MANUAL}:
        folder, _, file = name.rpartition("/")
        endings = DATA_ENDINGS.get(folder, CODE_ENDINGS).split()
        assert {file, file.rpartition(".")[2]} & set(endings), name


@pytest.mark.slow
def test_files_of_the_sdist(built: Path) -> None:
    """An sdist has all files under version control, except those for the project's machines."""
    with tarfile.open(built / SDIST) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {name.split("/")[0] for name in names} == SDIST_TOP
    tracked = {name for name in list_files() if not name.startswith(".ci/")}
    assert names == tracked | {"PKG-INFO"}


@pytest.mark.slow
def test_no_path_of_a_machine(built: Path) -> None:
    """No file of a wheel, such as its index, names the folder in which it was built."""
    folder = str(built.parent).encode()
    with zipfile.ZipFile(built / WHEEL) as archive:
        assert [name for name in archive.namelist() if folder in archive.read(name)] == []


@pytest.mark.slow
def test_metadata(built: Path, wheel: set[str]) -> None:
    """Licences, Python, extras and types are those of pyproject.toml."""
    with zipfile.ZipFile(built / WHEEL) as archive:
        metadata = archive.read(f"bilatcli-{__version__}.dist-info/METADATA").decode()
    fields = [line.partition(": ") for line in metadata.partition("\n\n")[0].splitlines()]

    def values(field: str) -> set[str]:
        return {value for name, _, value in fields if name == field}

    assert values("License-Expression") == {PROJECT["project"]["license"]}
    assert values("Requires-Python") == {PROJECT["project"]["requires-python"]}
    assert values("License-File") == LICENCES
    assert values("Provides-Extra") == set(PROJECT["project"]["optional-dependencies"])
    assert "Typing :: Typed" in values("Classifier")
    description = metadata.partition("\n\n")[2]
    assert description.startswith("# bilatcli\n")
    # A page of a package index has no other files of the repository.
    assert re.findall(r"\]\((?!https?:)[^)]*\)", description) == []
    assert "bilatcli/py.typed" in wheel


def test_licences_of_data() -> None:
    """data/LICENCES.md has every file of data/ with its licence, whose text is released."""
    text = (ROOT / "data" / "LICENCES.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    names = {name.removeprefix("data/") for name in list_files("data")}
    assert {row[0].strip("`") for row in rows} == {name for name in names if "LICEN" not in name}
    used = {"MIT"}
    for _, _, licence, texts in rows:
        parts, files = licence.split(" AND "), re.findall(r"`([^`]+)`", texts)
        assert len(parts) == len(files) >= 1
        assert set(files) <= LICENCES
        used |= set(parts)
    assert used == set(PROJECT["project"]["license"].split(" AND "))


def test_build_requirements() -> None:
    """The build requires the libraries that compile the bundled index, in the same versions."""
    required = {
        each for each in PROJECT["build-system"]["requires"] if not each.startswith("hatch")
    }
    assert required <= set(PROJECT["project"]["dependencies"])


def test_changelog() -> None:
    """CHANGELOG.md has a dated section for this version, with the parts of Keep a Changelog."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    releases = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", text, re.MULTILINE))
    dates = dict(name.split(" - ") for name in releases if name != "Unreleased")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", dates[__version__])
    for lines in releases.values():
        parts = re.findall(r"^### (.+)$", lines, re.MULTILINE)
        assert {*parts} <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
        assert len(parts) == len(set(parts))
