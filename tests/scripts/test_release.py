"""`make release` stops at the first step that fails, with one clear line."""

from __future__ import annotations

import io
import sys
import tarfile
from pathlib import Path

import pytest

import release
from support import ROOT

PAGE = """# Page

```console
$ echo one
{shown}
```

```python
>>> 1 + 1
{sum}

```
"""


def test_builds_that_differ(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files with other bytes in the second build are named."""
    sdist = io.BytesIO()
    tarfile.open(fileobj=sdist, mode="w:gz").close()

    def build(folder: Path, source: Path = ROOT) -> dict[str, bytes]:
        return {"a.whl": str(folder / source).encode(), "a.tar.gz": sdist.getvalue()}

    monkeypatch.setattr(release, "build", build)
    with pytest.raises(SystemExit, match=r"^release: two builds differ in a\.whl$"):
        release.main()
    assert capsys.readouterr().out == ""


def test_a_step_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The output of a step that fails is kept, and the problem is one line."""
    monkeypatch.setenv("PYTHONUTF8", "1")
    with pytest.raises(release.ReleaseError, match=r"^it broke$") as caught:
        release.run_step("it broke", sys.executable, "-c", "import sys; sys.exit('details')")
    assert caught.value.details == "details\n"


@pytest.mark.skipif(release.IS_WINDOWS, reason="the examples are commands for `sh`")
@pytest.mark.parametrize(
    ("shown", "total", "problem"),
    [
        ("one", "2", None),
        ("two", "2", "README's examples print something else"),
        ("one", "3", "README's Python examples fail"),
    ],
)
def test_examples(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shown: str, total: str, problem: str | None
) -> None:
    """The examples of README must print what it shows."""
    page, work = tmp_path / "README.md", tmp_path / "work"
    page.write_text(PAGE.format(shown=shown, sum=total), encoding="utf-8")
    work.mkdir()
    monkeypatch.setattr(release, "README", page)
    python = Path(sys.executable)
    if problem is None:
        release.compare_examples(python, work)
        return
    with pytest.raises(release.ReleaseError, match=f"^{problem}$") as caught:
        release.compare_examples(python, work)
    assert shown in caught.value.details or total in caught.value.details


def test_make_release() -> None:
    """`make release` installs the tools of its group before it runs the script."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipe = makefile[makefile.index("\nrelease:") :].split("\n\n")[0]
    assert recipe.index("--group release") < recipe.index("scripts/release.py")
