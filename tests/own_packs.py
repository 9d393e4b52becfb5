"""Small packs for tests, and the environment in which they are own packs."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bilatcli.environment import Environment
from bilatcli.index.store import Index
from bilatcli.query.request import Request
from bilatcli.views import VIEWS, run

HEADER = """\
[pack]
name = "{name}"
title = "A pack called {name}"
licence = "CC0-1.0"
updated = 2026-11-23
"""
SOURCE = """\
[[source]]
id = "{id}"
type = "webpage"
title = "{title}"
reliability = "news"
"""
RELATION = """\
[[relation]]
id = "{id}"
countries = ["{one}", "{other}"]
"""
FACT = """\
[[relation.fact]]
id = "{id}"
topic = "diplomacy"
text = "{text}"
date = "2001"
status = "current"
actors = ["IS"]
sources = ["{source}"]
verification = "cited"
"""


def write_pack(  # noqa: PLR0913 -- the parts of a pack, by name
    path: Path,
    *,
    pair: str = "fj-is",
    fact: str = "visit",
    text: str = "A visit.",
    overview: str = "",
    source: str = "",
    title: str = "A page",
) -> str:
    """Write a pack, named after its file, with one fact and one source; return its path."""
    name = path.stem
    source = source or f"page-{name}"
    one, other = pair.upper().split("-")
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = [
        HEADER.format(name=name),
        SOURCE.format(id=source, title=title),
        RELATION.format(id=pair, one=one, other=other),
        f'overview = "{overview}"\n' if overview else "",
        FACT.format(id=fact, text=text, source=source),
    ]
    path.write_text("".join(parts), "utf-8")
    return str(path)


def make_environment(home: Path, cache: Path | None = None, **variables: str) -> Environment:
    """Return an environment whose only folders are a home and a cache (default: in the home)."""
    environ = {"HOME": str(home), "XDG_CACHE_HOME": str(cache or home / ".cache"), **variables}
    return Environment(environ=environ, platform="linux")


def answer(index: Index, view: str = "facts", *words: str) -> str:
    """Return the document of a view as text, and close the index."""
    with closing(index):
        return run(VIEWS[view], Request(view, words or ("fj", "is"), all=True), index).text()


def find_facts(index: Index) -> list[tuple[str, str]]:
    """Return the id and the pack of each fact on Fiji and Iceland, and close the index."""
    with closing(index):
        document = run(VIEWS["facts"], Request("facts", ["fj", "is"]), index).load()
    return [(fact["id"], fact["pack"]) for fact in document["facts"]]
