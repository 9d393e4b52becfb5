"""Measures which lines and branches the tests run, in every process that they start, the installed command's included.

python scripts/measure.py [PYTEST ARGUMENTS]     run the tests, print what is not covered, exit 1 where it is too much

The program does not know that it is measured: an environment of its own, in a temporary folder, has a `.pth` file that
begins to measure whenever its Python starts. It sees the packages of `.venv`, and has a copy of bilatcli alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEAST = 95
"""Per cent of lines, and of branches, that must be covered."""

HOOK = """
import os
import sys


def begin():
    # What is imported, and how long that takes, is not to be changed by measuring.
    if "importtime" in sys._xoptions:
        return
    import coverage

    measured = coverage.Coverage(config_file={config!r}, data_suffix=True)
    measured._warn_no_data = False
    measured._auto_save = True
    leave = os._exit

    def save_and_leave(code):
        try:
            measured.stop()
            measured.save()
        except BaseException:
            # On a full disk nothing is saved; how the command ends stays the same.
            pass
        leave(code)

    measured.start()
    os._exit = save_and_leave


begin()
"""

CONFIG = """[run]
branch = true
data_file = {data}/.coverage
source_pkgs = bilatcli
disable_warnings = no-data-collected,module-not-measured,module-not-imported
[paths]
source =
    {root}/src/bilatcli
    {packages}/bilatcli
[report]
omit = **/pytest-of-*/**
exclude_also =
    if TYPE_CHECKING:
    if __name__ == .__main__.:
"""


def environment(folder: Path) -> Path:
    """Make the environment in `folder` and return its Python."""
    venv.create(folder, symlinks=True, with_pip=False)
    there = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", vars=there))
    python = folder / "bin" / "python"
    # The packages of `.venv` come behind its own, and their commands beside its own.
    (packages / "behind.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--quiet",
        "--force-reinstall",
    ]
    subprocess.run([*install, "--no-deps", str(ROOT), "coverage>=7.10"], check=True)
    for command in Path(sys.executable).parent.iterdir():
        beside = folder / "bin" / command.name
        if not beside.exists():
            beside.symlink_to(command)
    data = folder / "data"
    data.mkdir()
    # Some tests run the command as another user.
    folder.chmod(0o755)
    data.chmod(0o777)
    config = folder / "coverage.ini"
    config.write_text(CONFIG.format(data=data, root=ROOT, packages=packages), encoding="utf-8")
    (packages / "measuring.py").write_text(HOOK.format(config=str(config)), encoding="utf-8")
    (packages / "measuring.pth").write_text("import measuring\n", encoding="utf-8")
    return python


def main() -> None:
    """Run the tests and tell what they do not run."""
    with tempfile.TemporaryDirectory(prefix="bilatcli-measured-") as name:
        folder = Path(name)
        python = environment(folder)
        path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        tests = [str(python), "-m", "pytest", "-p", "no:cacheprovider", *sys.argv[1:]]
        code = subprocess.run(
            tests, cwd=ROOT, env={**os.environ, "PATH": path}, check=False
        ).returncode
        # What is asked for below is not measured itself.
        asking = [str(python), "-X", "importtime=", "-m", "coverage"]
        config = f"--rcfile={folder / 'coverage.ini'}"
        subprocess.run(
            [*asking, "combine", "--quiet", config], cwd=ROOT, stderr=subprocess.DEVNULL, check=True
        )
        report = [*asking, "report", config, "--show-missing", "--skip-covered"]
        subprocess.run(report, cwd=ROOT, stderr=subprocess.DEVNULL, check=True)
        told = subprocess.check_output(
            [*asking, "json", config, "-o", "-"], cwd=ROOT, stderr=subprocess.DEVNULL
        )
    totals = json.loads(told)["totals"]
    lines = 100 * totals["covered_lines"] / totals["num_statements"]
    branches = 100 * totals["covered_branches"] / totals["num_branches"]
    print(f"{lines:.1f} per cent of lines, {branches:.1f} of branches")
    sys.exit(code or min(lines, branches) < LEAST)


if __name__ == "__main__":
    main()
