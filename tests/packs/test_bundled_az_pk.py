"""The bundled pack on Azerbaijan and Pakistan answers its initial claims, with sources."""

from __future__ import annotations

from typing import Any

import pytest

from bilatcli.index.store import Index
from bilatcli.packs import loader
from bilatcli.query.request import Request
from bilatcli.views import VIEWS, run
from support import RELATIONS, ROOT

PACK = loader.load_pack(RELATIONS)
(RELATION,) = PACK.relation
RELIABILITY = {source.id: source.reliability for source in PACK.source}

UNSOURCED = {"strategic-partnership-march-2013"}
"""Facts for which no source was found."""

CLAIMS = {
    "Pakistan recognised Azerbaijan, and which number it was is disputed": (
        "recognition-1991",
        "recognition-rank-second",
        "recognition-second-book-2013",
        "recognition-second-caci",
        "recognition-rank-three",
        "recognition-third-orbeli",
        "recognition-first-claim",
        "recognition-sharif-pm",
    ),
    "diplomatic relations": ("diplomatic-relations-1992",),
    "the embassy of Pakistan in Baku": ("embassy-pk-baku-1993",),
    "the embassy of Azerbaijan in Islamabad": ("embassy-az-islamabad-1997",),
    "the two are strategic partners": (
        "strategic-partners-label",
        "strategic-partnership-declaration-2015",
        "strategic-partners-wording-2019",
        "good-relations-statement",
    ),
    "a Persian and Turanian heritage": (
        "persian-empire-heritage",
        "ancient-ties-guliyeva",
        "shared-traditions-newsaz",
        "turan-northern-pakistan",
    ),
    "trade grows": (
        "trade-growth-series",
        "trade-2003",
        "trade-2011",
        "trade-2010-2015-range",
        "trade-2021",
        "trade-from-10m-2022",
        "trade-2023-30m",
        "trade-2024-100m",
        "trade-tens-of-millions-2025",
    ),
    "summits and meetings on trade": (
        "aliyev-islamabad-eco-2017",
        "trade-goal-tenfold-2017",
        "business-forum-2012-plan",
        "business-forum-2024",
        "business-forum-2025",
        "joint-commission-8-2025",
        "joint-commission-9-2027",
    ),
    "Pakistan on Khojaly": (
        "khojaly-senate-committee-2012",
        "khojaly-na-committee-2017",
        "kp-assembly-resolution-2020",
        "khojaly-few-countries",
        "khojaly-resolution-withdrawal",
        "mamnoon-khojaly-karabakh-2015",
    ),
    "Pakistan on Nagorno-Karabakh": (
        "pk-karabakh-support",
        "sharif-karabakh-2016",
        "aliyev-thanks-pk-karabakh-2015",
        "mutual-support-karabakh-kashmir-2016",
    ),
    "Pakistan has no ties with Armenia": (
        "pk-no-ties-armenia",
        "pk-nonrecognition-decades",
        "no-ties-armenia-aliyev-2023",
        "mamnoon-armenia-not-a-state-2015",
        "pk-armenia-relations-2025",
        "armenia-step-coordinated-baku",
    ),
    "Azerbaijan on Kashmir": (
        "az-kashmir-un-resolutions",
        "az-kashmir-as-pakistani-territory",
        "asadov-kashmir-2008",
        "oic-contact-group-joined-2013",
        "oic-contact-group-kashmir",
        "aliyev-kashmir-2023",
        "bayramov-kashmir-2024",
        "mutual-support-karabakh-kashmir-2016",
    ),
    "President Mamnoon Hussain's pledge": ("mamnoon-military-support-2015",),
    "the statement of March 2013": (
        "strategic-partnership-march-2013",
        "joint-ministerial-commission",
    ),
    "military cooperation": (
        "military-cooperation-2001",
        "military-agreement-2003",
        "military-cooperation-2014",
    ),
    "talks on the JF-17, and what became of them": (
        "jf17-interest-2007",
        "jf17-ideas-interest-abiyev",
        "jf17-talks-2010s",
        "jf17-sale-interest-2015",
        "jf17-offer-pm-house-2016",
        "jf17-mushshak-interest-2016-jan",
        "jf17-interest-renewed-2016",
        "jf17-maybe-later-2017",
        "jf17-attache-2021",
        "jf17-talks-2022-newsroom",
        "jf17-order-2024",
        "jf17-order-40-2025",
        "ispr-jf17-statement-2024",
        "jf17-first-batch-awaited-2025",
        "jf17-first-batch-2025",
    ),
    "joint exercises announced in October 2016": (
        "joint-exercise-plans-2016",
        "sharif-2016-visa-joint-training",
        "three-brothers-2021",
        "three-brothers-2021-dates",
        "indus-shield-2023",
        "eternal-brotherhood-iv",
        "indus-shield-alpha",
    ),
    "joint production of defence products": (
        "joint-production-offer-2016",
        "az-interest-pk-weapons-2014",
        "joint-production-2025",
        "defence-industry-mou-2025",
    ),
    "the meeting of the Minister of Defence Production": (
        "defence-production-minister-2016",
        "jamalov-tanveer-mou-hope",
    ),
}
"""Each initial claim, and the facts that answer it."""

VIEW_OF_TOPIC = {"military": "military", "stance": "stances"}
"""The topics that have a view of their own."""


@pytest.fixture(scope="module")
def answers(index: Index) -> dict[str, dict[str, Any]]:
    """Return the facts on Azerbaijan and Pakistan by view and id, superseded ones included."""
    documents = {
        view: run(VIEWS[view], Request(view, ["az", "pk"], all=True), index).load()
        for view in ("facts", "military", "stances")
    }
    return {
        view: {fact["id"]: fact for fact in document["facts"]}
        for view, document in documents.items()
    }


@pytest.mark.parametrize("claim", CLAIMS)
def test_claim(answers: dict[str, dict[str, Any]], claim: str) -> None:
    """`facts` and the view of the topic have every fact on a claim, with its sources."""
    for slug in CLAIMS[claim]:
        fact = answers["facts"][f"az-pk/{slug}"]
        own = VIEW_OF_TOPIC.get(fact["topic"], "facts")
        assert answers[own][fact["id"]] == fact
        assert bool(fact["sources"]) is (slug not in UNSOURCED), slug


def test_missing_sources(answers: dict[str, dict[str, Any]]) -> None:
    """A fact without a source, or with a weak one for a strong claim, needs a citation."""
    unsourced = {id for id, fact in answers["facts"].items() if not fact["sources"]}
    assert unsourced == {f"az-pk/{slug}" for slug in UNSOURCED}
    needing = {*unsourced, "az-pk/persian-empire-heritage", "az-pk/mamnoon-military-support-2015"}
    assert {answers["facts"][id]["verification"] for id in needing} == {"citation-needed"}


@pytest.mark.parametrize(
    "claim",
    [
        "jf17-interest-2007",
        "jf17-ideas-interest-abiyev",
        "jf17-talks-2010s",
        "jf17-order-2024",
        "ispr-jf17-statement-2024",
    ],
)
def test_talks_lead_to_the_order(answers: dict[str, dict[str, Any]], claim: str) -> None:
    """The early talks on the JF-17 are superseded, in steps, by the current order."""
    fact = answers["military"][f"az-pk/{claim}"]
    while fact["superseded_by"]:
        assert fact["status"] == "superseded"
        fact = answers["military"][fact["superseded_by"]]
    assert (fact["id"], fact["status"], fact["stage"]) == (
        "az-pk/jf17-order-40-2025",
        "current",
        "ordered",
    )


def test_jf17_chain(index: Index) -> None:
    """The JF-17 is one chain, from the first interest to the first delivery."""
    document = run(VIEWS["military"], Request("military", ["az", "pk", "jf-17"]), index).load()
    (chain,) = (chain for chain in document["chains"] if chain["name"] == "JF-17")
    steps = {step["id"].removeprefix("az-pk/"): step["stage"] for step in chain["steps"]}
    assert steps["jf17-interest-2007"] == "talks"
    assert steps["jf17-order-40-2025"] == "ordered"
    assert steps["jf17-first-batch-2025"] == "delivered"


def test_no_ties_with_armenia_is_superseded(answers: dict[str, dict[str, Any]]) -> None:
    """The facts that Pakistan has no ties with Armenia are superseded by the ties of 2025."""
    for slug in ("pk-no-ties-armenia", "pk-nonrecognition-decades", "no-ties-armenia-aliyev-2023"):
        fact = answers["stances"][f"az-pk/{slug}"]
        assert (fact["status"], fact["superseded_by"]) == (
            "superseded",
            "az-pk/pk-armenia-relations-2025",
        )
    assert answers["stances"]["az-pk/pk-armenia-relations-2025"]["status"] == "current"


def test_headlines(index: Index) -> None:
    """The summary has about a dozen headlines of several topics, none of them superseded."""
    document = run(VIEWS["summary"], Request("summary", ["az", "pk"]), index).load()
    facts = document["facts"]
    assert {fact["id"] for fact in facts} == {
        f"az-pk/{fact.id}" for fact in RELATION.fact if fact.headline
    }
    assert 10 <= len(facts) <= 14
    assert len({fact["topic"] for fact in facts}) >= 4
    assert "superseded" not in {fact["status"] for fact in facts}


def test_sources_of_headlines() -> None:
    """Each headline has a source that is not weak, and needs no citation."""
    for fact in RELATION.fact:
        if fact.headline:
            assert {RELIABILITY[id] for id in fact.sources} - {"weak"}, fact.id
            assert fact.verification != "citation-needed", fact.id


def test_weak_sources() -> None:
    """A fact with weak sources only is not `cited`."""
    weak = [
        fact
        for fact in RELATION.fact
        if fact.sources and {RELIABILITY[id] for id in fact.sources} == {"weak"}
    ]
    assert "persian-empire-heritage" in {fact.id for fact in weak}
    assert [fact.id for fact in weak if fact.verification == "cited"] == []


def test_successors() -> None:
    """Only superseded facts have a successor, and the last one of a chain is not superseded."""
    facts = {fact.id: fact for fact in RELATION.fact}
    for fact in facts.values():
        assert (fact.status == "superseded") is (fact.superseded_by is not None), fact.id
        last = fact
        while last.superseded_by:
            last = facts[last.superseded_by]
        assert last.status != "superseded"


def test_every_source_is_used() -> None:
    """Every source in the pack is cited."""
    used = {id for fact in RELATION.fact for id in fact.sources}
    used |= {*RELATION.sources, *RELATION.established_sources, *RELATION.status_sources}
    assert {source.id for source in PACK.source} == used


def test_licence() -> None:
    """The pack is under CC0, as its key, a comment and a licence file state."""
    assert PACK.pack.licence == "CC0-1.0"
    schema, licence, *_ = RELATIONS.read_text(encoding="utf-8").splitlines()
    assert (schema, licence) == ("#:schema ../schema/pack.json", "# Licence: CC0-1.0")
    assert "CC0 1.0 Universal" in (ROOT / "LICENSE-CC0").read_text(encoding="utf-8")
