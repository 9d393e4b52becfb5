"""Whatever a draft has around the texts of its markers, `refresh` leaves it as it is."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bilatcli.render.drafts import Draft

PIECES = (
    *("A ", "word", ".", "`", "``", "```", "~~~", "\n", "\n\n", "\r\n", "\r", "    ", "- ", "1. "),
    *("> ", "# ", "| ", "\\", "<!--", "-->", "<div>", "</div>", "\u2028", "\x0c", "é", "\t"),
    *("<!-- bilatcli: az-pk/a -->", "<!-- bilatcli: is-mn/b date -->", "<!-- /bilatcli -->"),
    *("<!-- bilatcli: az-pk/a -->old<!-- /bilatcli -->", "<!-- bilatcli -->"),
)
"""What drafts are put together from: Markdown, our comments, and what breaks a line."""


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_only_texts_change(text: str) -> None:
    """The parts around the texts stay, and the new texts are where they were written."""
    draft = Draft(text, "draft.md")
    if draft.problems:
        return
    markers = draft.markers
    assert all(one.end <= two.start for one, two in pairwise(markers))
    done = draft.replace(dict.fromkeys(markers, "new"))
    rest = done
    for before, marker in zip([None, *markers], markers, strict=False):
        around = text[before.end if before else 0 : marker.start]
        assert rest.startswith(around)
        rest = rest.removeprefix(around)
        old = text[marker.start : marker.end]
        assert rest.lstrip().startswith("new")
        rest = rest.partition("new")[2]
        rest = rest.removeprefix(old[len(old.rstrip()) :] if old.strip() else "")
    assert rest == text[markers[-1].end if markers else 0 :]
    olds = [text[marker.start : marker.end] for marker in markers]
    if any(each in text for each in "`~") or any("<!--" in old for old in olds):
        # An old text with a backtick may have kept three others from being a fence, and one that
        # opens a comment may have kept a marker from being one.
        return
    again = Draft(done, "draft.md")
    assert [(marker.id, again.read_old(marker)) for marker in again.markers] == [
        (marker.id, "new") for marker in markers
    ]


@given(st.text(max_size=80), st.sampled_from(["draft.md", "page.html"]))
def test_any_text_is_read(text: str, name: str) -> None:
    """No text is too strange: what is not a marker is left alone."""
    draft = Draft(text, name)
    assert draft.replace(dict.fromkeys(draft.markers, "")) == text or draft.markers
