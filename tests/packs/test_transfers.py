"""Supplier and recipient are read from the parties of an arms transfer, or are not known."""

from __future__ import annotations

import pytest

from bilatcli.packs import loader
from bilatcli.packs.models import MilitaryFact
from bilatcli.packs.transfers import get_supplier_and_recipient, is_arms_transfer
from support import RELATIONS, ROOT

CURATED = [
    RELATIONS,
    *(
        ROOT / "data" / f"{name}.toml"
        for name in ("east-asia", "europe", "south-asia", "south-caucasus")
    ),
]
PAIR = ("AZ", "PK")


def make_transfer(actors: tuple[str, ...], toward: tuple[str, ...]) -> MilitaryFact:
    """Return an arms transfer between these parties."""
    return MilitaryFact(
        id="jets",
        topic="military",
        text="Jets were sold.",
        status="current",
        actors=actors,
        toward=toward,
        sources=("report",),
        verification="cited",
        kind="arms-transfer",
    )


@pytest.mark.parametrize(
    ("actors", "toward", "expected"),
    [
        (("PK",), ("AZ",), ("PK", "AZ")),
        (("A company",), ("AZ",), ("A company", "AZ")),
        (("PK", "CN"), ("AZ",), ("PK", "AZ")),
        (("PK",), ("AZ", "TR"), ("PK", "AZ")),
        (("RU",), ("TR",), ("RU", "TR")),
        (("CN", "RU"), ("AZ",), (None, "AZ")),
        (("PK",), ("TR", "CN"), ("PK", None)),
        ((), ("AZ",), (None, "AZ")),
        (("PK", "AZ"), (), (None, None)),
        (("PK",), (), (None, None)),
        (("PK", "AZ"), ("AZ",), (None, None)),
        (("AZ", "PK"), ("PK", "AZ"), (None, None)),
    ],
)
def test_parties(
    actors: tuple[str, ...], toward: tuple[str, ...], expected: tuple[str | None, str | None]
) -> None:
    """The supplier acts and the recipient is concerned; of several, it is the one of the pair."""
    assert get_supplier_and_recipient(make_transfer(actors, toward), PAIR) == expected


UNKNOWN = {"az-il/ovda-flights"}
"""Arms transfers whose sources do not say who supplies whom."""


def test_curated_transfers() -> None:
    """Every arms transfer of the curated packs has a supplier and a recipient, both of its pair."""
    unknown = set()
    for relation in (relation for path in CURATED for relation in loader.load_pack(path).relation):
        for fact in filter(is_arms_transfer, relation.fact):
            parties = get_supplier_and_recipient(fact, relation.countries)
            if None in parties:
                unknown.add(f"{relation.id}/{fact.id}")
            else:
                assert set(parties) == set(relation.countries), fact.id
    assert unknown == UNKNOWN


def test_jf17() -> None:
    """Pakistan sells the JF-17 to Azerbaijan, whoever of the two spoke."""
    (relation,) = loader.load_pack(RELATIONS).relation
    jets = [fact for fact in relation.fact if "JF-17" in str(getattr(fact, "system", ""))]
    transfers = [fact for fact in jets if is_arms_transfer(fact)]
    parties = {get_supplier_and_recipient(fact, relation.countries) for fact in transfers}
    assert len(transfers) > 20
    assert parties == {("PK", "AZ")}
