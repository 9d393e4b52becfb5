"""The summary of a pair."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.render.settings import Settings
from bilatcli.render.summary import render_summary, shorten_overview
from facts_support import SOURCE, make_loaded, to_lines

OUTLINE: dict[str, Any] = {
    "capitals": [{"code": "IS", "name": "Reykjavík"}, {"code": "MN", "name": "Ulaanbaatar"}],
    "distance_km": 6000,
    "shared": [
        {"organisation": "OSCE", "name": "OSCE", "members": 57, "statuses": {"IS": "member"}}
    ],
    "as_of": "2026-01",
    "sources": ["a"],
}


def render(facts: list[dict[str, Any]], **options: Any) -> list[str]:
    """Return the lines of a summary."""
    loaded = make_loaded(facts, outline=OUTLINE)
    return to_lines(render_summary(loaded, Settings(width=80, **options)))


HEADLINES = [
    {"date": f"20{year:02}", "text": "In this year " + "something happened " * 5}
    for year in range(40)
]


@pytest.mark.parametrize("height", [24, 40, 50])
def test_a_summary_fits_the_screen(height: int) -> None:
    """On a screen of 80 columns a summary fits, the newest headlines first."""
    lines = render(HEADLINES, height=height)
    assert len(lines) < height
    assert lines[2].startswith("2039")
    assert "of 40 headlines · every fact: bilatcli facts is-mn" in " ".join(lines)


@pytest.mark.parametrize("height", [24, 40])
def test_generated_facts_fit_the_screen(height: int) -> None:
    """On a screen a summary of generated facts fits, the first ones shown and the rest counted."""
    text = "Iceland and Mongolia signed an agreement on yaks, " + "and again " * 12
    facts = [{"coverage": "generated", "text": text, "date": str(2019 - n)} for n in range(8)]
    lines = render(facts, height=height)
    assert len(lines) < height
    shown = [line[:4] for line in lines if line.startswith("20")]
    assert shown == [str(2019 - n) for n in range(len(shown))]
    assert len(shown) < 8 or height == 40
    counted = f"{len(shown)} of 8 generated facts · every fact: bilatcli facts is-mn"
    assert (counted in " ".join(lines)) == (len(shown) < 8)
    assert sum(line.startswith("20") for line in render(facts)) == 8


def test_sources_that_are_not_listed_have_a_pointer() -> None:
    """A summary that does not list all its sources names the command that does."""
    sources = [{**SOURCE, "id": f"s{n}", "title": f"Title {n} of a book"} for n in range(8)]
    facts = [{"coverage": "generated", "date": "2019", "sources": [each["id"]]} for each in sources]
    for count, has_pointer in ((1, False), (8, True)):
        loaded = make_loaded(facts[:count], outline=None, sources=sources)
        lines = to_lines(render_summary(loaded, Settings(width=80, height=40)))
        assert ("sources: bilatcli cite is-mn" in " ".join(lines)) == has_pointer


def test_a_summary_in_a_pipe_is_complete() -> None:
    """An output that is not a screen has all headlines in the order of the document."""
    lines = render(HEADLINES)
    assert lines[2].startswith("2000")
    assert sum(line.startswith("20") for line in lines[:-5]) == 40


def test_what_is_not_curated_is_said() -> None:
    """A pair with generated facts only says what is not covered."""
    text = "\n".join(render([{"coverage": "outline", "date": None, "as_of": "2023"}]))
    assert "Not curated: politics, conflict, recognition" in text
    assert "as of 2023  Iceland sold ten yaks. [1]" in text
    assert "every fact: bilatcli facts is-mn" in text
    assert "Not curated" not in "\n".join(render(HEADLINES))


def test_no_pointer_to_facts_that_do_not_exist() -> None:
    """A pair without facts has no command that lists them."""
    text = "\n".join(render([]))
    assert "Capitals Reykjavík–Ulaanbaatar, 6,000 km apart; both in OSCE" in text
    assert "bilatcli facts" not in text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (1, "One sentence of words."),
        (2, "One sentence of words. Another one, by H. E. Smith."),
        (3, "One sentence of words. Another one, by H. E. Smith. And a third."),
    ],
)
def test_an_overview_keeps_whole_sentences(lines: int, text: str) -> None:
    """An overview is shortened after a sentence, and has at least one."""
    overview = "One sentence of words. Another one, by H. E. Smith. And a third."
    assert shorten_overview(overview, 28, lines) == text
