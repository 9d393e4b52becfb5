"""The list of views, and how a damaged index is compiled again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

import bilatcli.views
from bilatcli.errors import IndexDamaged, UsageError
from bilatcli.index import Statement
from bilatcli.index.store import Index
from bilatcli.query.request import Request
from bilatcli.views import NAMES, VIEWS, View, run
from bilatcli.views.document import Document
from bilatcli.views.fetch import fetch_sources, to_fact_jsons

FOLDER = Path(bilatcli.views.__file__).parent
READ = "import sys; from bilatcli.views import VIEWS; {}; print(*sys.modules, sep='\\n')"


class CountingIndex(Index):
    """An index that counts how often it was rebuilt, and whether it is being read."""

    is_rebuildable = True

    def __init__(self) -> None:
        super().__init__()
        self.rebuilt = 0
        self.is_read = False

    def begin(self) -> None:
        """Begin to read."""
        self.is_read = True

    def end(self) -> None:
        """End it."""
        self.is_read = False

    def rebuild(self) -> None:
        """Count."""
        self.rebuilt += 1

    def rows(self, *_: object) -> list[Any]:
        """Return nothing: no country has a name."""
        return []


def make_view(*errors: Exception) -> View:
    """Return a view that raises these errors in turn, then returns a document."""
    left = list(errors)

    def build(_: Request, index: Index) -> Document:
        assert isinstance(index, CountingIndex)
        assert index.is_read
        if left:
            raise left.pop(0)
        return Document("facts", {"facts": []}, rows="facts")

    return View("facts", "A test.", build=build, examples=())


def test_every_module_with_a_view_is_listed() -> None:
    """Each view is one module of its name, and each module that declares a view is listed."""
    declaring = {
        path.stem for path in FOLDER.glob("*.py") if "\nVIEW = View(" in path.read_text("utf-8")
    }
    assert declaring == set(NAMES)
    for name in NAMES:
        view = VIEWS[name]
        assert view.name == name
        assert view.help.endswith(".")


def test_names_are_known() -> None:
    """Only the names of views are keys."""
    assert "facts" in VIEWS
    assert "banana" not in VIEWS
    assert VIEWS.get("banana") is None
    assert len(VIEWS) == len(list(VIEWS)) == len(NAMES)


@pytest.mark.parametrize(
    ("code", "modules"), [("VIEWS['facts']", {"facts"}), ("'facts' in VIEWS, list(VIEWS)", set())]
)
def test_views_are_imported_when_asked_for(code: str, modules: set[str]) -> None:
    """A question imports the module of its own view, and no other."""
    done = subprocess.run(
        [sys.executable, "-c", READ.format(code)], capture_output=True, text=True, check=True
    )
    imported = {
        module.removeprefix("bilatcli.views.")
        for module in done.stdout.split()
        if module.startswith("bilatcli.views.")
    }
    assert imported & set(NAMES) == modules


def test_sql_files_are_used() -> None:
    """Each `.sql` file is the statement of its name in a module."""
    code = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.py"))
    for path in (FOLDER / "sql").iterdir():
        assert f'Statement("{path.stem}")' in code
        assert Statement(path.stem).text.startswith("-- ")


def test_damaged_index_is_rebuilt_once() -> None:
    """A damaged index is compiled again, and asked once more."""
    index = CountingIndex()
    assert run(make_view(IndexDamaged()), Request("facts"), index).is_empty
    assert index.rebuilt == 1
    with pytest.raises(IndexDamaged):
        run(make_view(IndexDamaged(), IndexDamaged()), Request("facts"), index)
    assert index.rebuilt == 2


@pytest.mark.parametrize("error", [TypeError, KeyError, ValueError, AttributeError])
def test_other_errors_are_not_damage(error: type[Exception]) -> None:
    """An error of the program is not taken for damage."""
    index = CountingIndex()
    with pytest.raises(error):
        run(make_view(error()), Request("facts"), index)
    assert (index.rebuilt, index.is_read) == (0, False)


def test_reading_ends_with_an_error(index: Index) -> None:
    """After an error the index can be read again."""
    for _ in range(2):
        with pytest.raises(UsageError):
            run(VIEWS["facts"], Request("facts", []), index)


def test_missing_source_is_damage(index: Index) -> None:
    """A source that the index lacks is damage."""
    with pytest.raises(IndexDamaged):
        fetch_sources(["azernews-200281", "xyzzyx"], index)


def test_wrong_type_is_damage() -> None:
    """A number in the place of a text is damage."""
    with pytest.raises(IndexDamaged):
        to_fact_jsons(cast("Any", [{"json": 1}]))
