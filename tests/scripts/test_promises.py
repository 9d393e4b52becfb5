"""What docs/compatibility.md promises stays, and what is new is recorded."""

from __future__ import annotations

import pytest

import promises

RECORDED = [
    "document Fact.text: string",
    "pack Fact.text maxLength 240",
    "pack Fact.text: string",
    "table facts: id text",
]


def test_nothing_is_broken_or_missing() -> None:
    """Every recorded line holds, and every name is recorded."""
    current = promises.list_promises()
    assert promises.find_broken(promises.read_recorded(), current) == []
    assert promises.read_recorded() == current, "run `make promises`"


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        (RECORDED[0], "document Fact.text: null | string", [RECORDED[0]]),
        (RECORDED[0], "document Fact.words: string", [RECORDED[0]]),
        (RECORDED[1], "pack Fact.text maxLength 300", []),
        (RECORDED[1], "pack Fact.text maxLength 200", [RECORDED[1]]),
        (RECORDED[1], "pack Fact requires text", ["pack Fact requires text"]),
        (RECORDED[1], "pack Gap requires text", []),
        (RECORDED[3], "table facts: id text date", []),
        (RECORDED[3], "table facts: id date text", [RECORDED[3]]),
    ],
)
def test_what_breaks(old: str, new: str, broken: list[str]) -> None:
    """A name that goes, a value that may be null, a new demand on packs: each is named."""
    assert promises.find_broken(RECORDED, [new if line == old else line for line in RECORDED]) == (
        broken
    )


def test_a_broken_promise_is_not_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The script names what breaks, and does not write the file."""
    current = promises.read_recorded()
    monkeypatch.setattr(promises, "list_promises", lambda: current[1:])
    with pytest.raises(SystemExit, match=r"need a major release:\ncommand batch$"):
        promises.main()
    assert promises.read_recorded() == current
