"""Measure the coverage of the tests, including every subprocess that they start.

python scripts/measure.py [PYTEST ARGUMENTS]

Prints the uncovered lines. Exits with 1 if a test fails or coverage is below 95 %.

A temporary environment has its own copy of bilatcli and uses the packages of `.venv`. A `.pth` file
starts the measurement in every Python process there, so the program needs no change.
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

from generated import ROOT

MIN_COVERAGE = 95
"""Per cent of lines, and of branches, that must be covered."""

HOOK = """
import os
import sys


def begin():
    # Tests of imports and their times must not see the measurement.
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
            # On a full disk nothing is saved. The exit code of the command must not change.
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


def create_environment(folder: Path) -> Path:
    """Create the environment in a folder, and return its Python."""
    venv.create(folder, symlinks=True, with_pip=False)
    variables = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", vars=variables))
    python = folder / "bin" / "python"
    # Packages and commands of `.venv` are used too, after those of the environment.
    (packages / "venv.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    install = [*pip, "install", "--quiet", "--force-reinstall", "--no-deps"]
    subprocess.run([*install, str(ROOT), "coverage>=7.10"], check=True)
    for command in Path(sys.executable).parent.iterdir():
        link = folder / "bin" / command.name
        if not link.exists():
            link.symlink_to(command)
    data = folder / "data"
    data.mkdir()
    # Some tests run the command as another user, who must be able to write here.
    folder.chmod(0o755)
    data.chmod(0o777)
    config = folder / "coverage.ini"
    config.write_text(CONFIG.format(data=data, root=ROOT, packages=packages), encoding="utf-8")
    (packages / "measuring.py").write_text(HOOK.format(config=str(config)), encoding="utf-8")
    (packages / "measuring.pth").write_text("import measuring\n", encoding="utf-8")
    return python


def main() -> None:
    """Run the tests and print the coverage."""
    with tempfile.TemporaryDirectory(prefix="bilatcli-measured-") as name:
        folder = Path(name)
        python = create_environment(folder)
        path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        options = ["-n", "auto", "-p", "no:cacheprovider", *sys.argv[1:]]
        tests = [str(python), "-m", "pytest", *options]
        environ = {**os.environ, "PATH": path}
        code = subprocess.run(tests, cwd=ROOT, env=environ, check=False).returncode

        def run_coverage(*arguments: str) -> str:
            # With `importtime`, the hook does not measure this process.
            command = [str(python), "-X", "importtime=", "-m", "coverage", *arguments]
            config = f"--rcfile={folder / 'coverage.ini'}"
            return subprocess.check_output(
                [*command, config], cwd=ROOT, stderr=subprocess.DEVNULL, text=True
            )

        run_coverage("combine", "--quiet")
        print(run_coverage("report", "--show-missing", "--skip-covered"))
        totals = json.loads(run_coverage("json", "-o", "-"))["totals"]
    lines = 100 * totals["covered_lines"] / totals["num_statements"]
    branches = 100 * totals["covered_branches"] / totals["num_branches"]
    print(f"{lines:.1f} % of lines, {branches:.1f} % of branches")
    sys.exit(code or min(lines, branches) < MIN_COVERAGE)


if __name__ == "__main__":
    main()
