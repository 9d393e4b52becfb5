"""Values as text: exact for people and for machines, and one text for unknown values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.fields import FACT_FIELDS, RELATION_FIELDS, SOURCE_FIELDS
from bilatcli.render import values

UNITS = {"tn": 10**12, "bn": 10**9, "m": 10**6}
KINDS = sorted({column.kind for column in (*FACT_FIELDS, *SOURCE_FIELDS, *RELATION_FIELDS)})

dollars = st.one_of(
    st.integers(0, 10**15),
    st.builds(lambda number, zeros: number * 10**zeros, st.integers(0, 9999), st.integers(0, 11)),
)


def amount(text: str) -> Decimal:
    """Return the amount that a text of money has."""
    number, _, unit = text.removeprefix("$").replace(",", "").partition(" ")
    return Decimal(number) * UNITS.get(unit, 1)


@given(dollars)
def test_money_is_never_rounded(value: int) -> None:
    """Money reads back as the exact amount."""
    assert amount(values.format_money(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "$0"),
        (750_000, "$750,000"),
        (1_000_000, "$1 m"),
        (1_500_000, "$1.5 m"),
        (42_750_000, "$42.75 m"),
        (1_234_567, "$1,234,567"),
        (2_000_000_000, "$2 bn"),
        (4_600_000_000, "$4.6 bn"),
        (1_227_000_000, "$1.227 bn"),
        (1_227_300_000, "$1,227.3 m"),
        (1_050_000_000_000, "$1.05 tn"),
        (999_999_999_999_999, "$999,999,999,999,999"),
    ],
)
def test_money(value: int, text: str) -> None:
    """An amount has the largest unit that needs at most three decimals, or no unit."""
    assert values.format_money(value) == text


@pytest.mark.parametrize("kind", KINDS)
def test_unknown(kind: str) -> None:
    """An unknown value of any kind is a dash for people and empty for machines."""
    assert values.format_for_people(None, kind) == values.UNKNOWN
    assert values.format_for_machines(None, kind) == ""


@pytest.mark.parametrize("kind", ["number", "money"])
def test_zero_is_known(kind: str) -> None:
    """Zero is not shown as unknown."""
    assert values.format_for_machines(0, kind) == "0"
    assert values.format_for_people(0, kind) == ("$0" if kind == "money" else "0")


@pytest.mark.parametrize(
    ("value", "kind", "for_machines", "for_people"),
    [
        (12_000, "number", "12000", "12,000"),
        (4_600_000_000, "money", "4600000000", "$4.6 bn"),
        (True, "boolean", "true", "yes"),
        (False, "boolean", "false", "no"),
        (["AZ", "PK"], "actors", "AZ PK", "AZ, PK"),
        (["AZ", "European Union"], "actors", "AZ; European Union", "AZ, European Union"),
        (["a-1", "b-2"], "ids", "a-1 b-2", "a-1, b-2"),
        ([], "ids", "", values.UNKNOWN),
        ("single-source-claim", "word", "single-source-claim", "single source"),
        ("citation-needed", "word", "citation-needed", "citation needed"),
        ("current", "word", "current", "current"),
        ({"trade": 2, "military": 1}, "counts", "trade=2 military=1", "trade 2, military 1"),
        (
            [{"code": "AZ", "name": "Azerbaijan"}, {"code": "PK", "name": "Pakistan"}],
            "countries",
            "AZ PK",
            "AZ PK",
        ),
        (
            [{"family": "Khan", "given": "Imran"}, {"literal": "APP"}],
            "people",
            "Khan, Imran; APP",
            "Khan, Imran; APP",
        ),
        ({"reliability": "weak"}, "custom", "weak", "weak"),
        ("1992-06?", "date", "1992-06?", "1992-06?"),
        ("[bold]red[/bold]", "text", "[bold]red[/bold]", "[bold]red[/bold]"),
    ],
)
def test_values(value: Any, kind: str, for_machines: str, for_people: str) -> None:
    """Each kind of value has one text for machines and one for people."""
    assert values.format_for_machines(value, kind) == for_machines
    assert values.format_for_people(value, kind) == for_people


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("a\x1b[31m", "text"),
        ("a\x1b[31m", "word"),
        (["a\x1b[31m"], "actors"),
        ([{"literal": "a\x1b[31m"}], "people"),
        ({"literal": "a\x1b[31m"}, "csl-date"),
    ],
)
def test_people_see_no_control(value: Any, kind: str) -> None:
    """A control character of a pack never reaches a terminal."""
    assert values.format_for_people(value, kind) == "a\\x1b[31m"


@pytest.mark.parametrize(
    ("verifications", "text"),
    [
        ([], "0 facts: all cited"),
        (["cited"], "1 fact: all cited"),
        (["cited", "cited"], "2 facts: all cited"),
        (["cited", "conflicting"], "2 facts: 1 conflicting"),
        (
            ["conflicting", "citation-needed", "single-source-claim", "single-source-claim"],
            "4 facts: 2 single source, 1 citation needed, 1 conflicting",
        ),
    ],
)
def test_tally(verifications: list[str], text: str) -> None:
    """A tally counts the facts, and those that are not fully cited by verification."""
    assert values.format_tally([{"verification": each} for each in verifications], "fact") == text


def test_marks() -> None:
    """Sources are cited by their numbers in the document."""
    numbered = values.number_sources({"sources": [{"id": "a"}, {"id": "b"}]})
    assert numbered == {"a": 1, "b": 2}
    assert values.format_marks(["b", "a"], numbered) == "[2][1]"
    assert values.format_marks([], numbered) == ""


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({}, ""),
        ({"archive_location": "https://a.org/1"}, "archived: https://a.org/1"),
        (
            {"archive_location": "https://a.org/1", "custom": {"archived": "2023"}},
            "archived 2023: https://a.org/1",
        ),
    ],
)
def test_archived_copy(more: dict[str, Any], text: str) -> None:
    """An archived copy has its date, if known, and its address."""
    assert values.format_archived_copy({"custom": {}, **more}) == text


def make_organisations(count: int) -> list[dict[str, Any]]:
    """Return organisations that both countries are in, the larger the later."""
    statuses = {"FJ": "member", "PE": "member"}
    return [
        {"organisation": f"O{size}", "name": f"O{size}", "members": size, "statuses": statuses}
        for size in range(count, 0, -1)
    ]


@pytest.mark.parametrize(
    ("names", "distance", "shared", "text"),
    [
        (("Suva", "Lima"), 11080, [], "Capitals Suva–Lima, 11,080 km apart"),
        (("Rome", "Vatican City"), 0, [], "Capitals Rome–Vatican City, less than 5 km apart"),
        (("Suva", None), None, [], "Capital Suva (FJ)"),
        ((None, None), None, make_organisations(1), "Both in O1"),
        (("Suva", None), None, make_organisations(2), "Capital Suva (FJ); both in O1, O2"),
        (
            ("Suva", "Lima"),
            10,
            make_organisations(7),
            "Capitals Suva–Lima, 10 km apart; both in O1, O2 and 5 others",
        ),
        (
            ("Suva", "Lima"),
            None,
            [{"organisation": "O", "members": 2, "statuses": {"FJ": "observer", "PE": "member"}}],
            "Capitals Suva–Lima",
        ),
    ],
)
def test_outline(
    names: tuple[str | None, str | None], distance: int | None, shared: list[Any], text: str
) -> None:
    """An outline has the capitals that are known, and the organisations that both have joined."""
    capitals = [
        {"code": code, "name": name} for code, name in zip(("FJ", "PE"), names, strict=True)
    ]
    outline = {"capitals": capitals, "distance_km": distance, "shared": shared}
    assert values.format_outline(outline) == text


@given(st.dictionaries(st.integers(1, 2100), st.integers(1, 500), min_size=1), st.integers(1, 200))
def test_bars(counts: dict[int, int], max_bars: int) -> None:
    """Bars fit, the highest is full, and exactly the periods without facts are blank."""
    bars, highest, span = values.draw_bars(counts, max_bars)
    assert 1 <= len(bars) <= max_bars
    assert bars[0] != " " != bars[-1]
    assert "█" in bars
    assert highest >= max(counts.values())
    first = min(counts)
    filled = {(year - first) // span for year in counts}
    assert {position for position, bar in enumerate(bars) if bar != " "} == filled
    assert span == 1 or max(counts) - first >= max_bars
