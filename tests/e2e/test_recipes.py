"""The documents show what the program prints: every example of every page runs."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from support import ROOT

pytest.importorskip("pty", reason="examples run in a terminal of Unix")


def load_script(name: str) -> ModuleType:
    """Return a module of `scripts/`, a folder that Python does not search for modules."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


examples, generated, readme = map(load_script, ("examples", "generated", "readme"))
SECTIONS = [
    pytest.param(section, id=f"{page.name}:{section.splitlines()[0].strip('# ')}")
    for page in readme.PAGES
    for section in examples.split_sections(page.read_text("utf-8"))
    if "\n```console\n" in section
]


@pytest.fixture(scope="session")
def terminal(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> object:
    """Return a terminal with the cache of the session."""
    return examples.Terminal(tmp_path_factory.mktemp("tools"), cache)


@pytest.mark.parametrize("section", SECTIONS)
def test_examples_show_what_is_printed(section: str, terminal: object) -> None:
    """Each example, run in a shell with the installed command, prints what its page shows."""
    assert examples.update_section(section, terminal) == section


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("", "one\ntwo words\nthree\n"),
        ("old\n…\n", "one\n…\n"),
        ("old\nold\nold\n…\n", "one\ntwo words\nthree\n"),
        ("old\ntwo…\nold\n", "one\ntwo…\nthree\n"),
        ("old\na longer line than is printed…\n", "one\ntwo words\nthree\n"),
    ],
)
def test_output_is_cut_as_the_page_cuts_it(shown: str, expected: str) -> None:
    """A last line `…` keeps the number of lines; a line that ends with `…` keeps its width."""
    assert examples.cut_as_shown("one\ntwo words  \nthree\n", shown) == expected


def test_a_command_may_have_several_lines() -> None:
    """Lines after the prompt that begin with `>` belong to the command, empty ones too."""
    block = "$ cat <<END\n> a\n>\n> END\na\n\n$ true\n"
    first, second = examples.parse_block(block)
    assert (first.command, first.shown) == ("cat <<END\na\n\nEND", "a\n\n")
    assert (second.command, second.shown) == ("true", "")
    assert str(first) + str(second) == block


def test_a_comment_in_a_block_is_not_a_heading() -> None:
    """A page is split at headings, not at comments inside a fenced block."""
    page = "intro\n# One\n```sh\n# comment\n```\n## Two\n"
    assert examples.split_sections(page) == [
        "",
        "intro\n",
        "# One\n```sh\n# comment\n```\n",
        "## Two\n",
    ]


def test_pictures_and_report_are_fresh(terminal: object) -> None:
    """The pictures of the documents and the sample report are what the program prints."""
    files = readme.draw_files(terminal)
    assert [path.name for path, text in files.items() if path.read_text("utf-8") != text] == []
