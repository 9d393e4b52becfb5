"""Values and weights for the made-up facts of `corpus.py`.

The weights are the counts in `data/relations.toml`, except that a fact has 0.2 sources of its own
rather than 0.9, because a corpus of this size would be read from reference works.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from bilatcli.vocabulary import TOPICS

T = TypeVar("T")


class Mix(Generic[T]):
    """Values with their weights."""

    def __init__(self, weights: Mapping[T, int]) -> None:
        self.values = tuple(weights)
        self.weights = tuple(accumulate(weights.values()))

    def draw(self, random: Random) -> T:
        """Return one of the values."""
        return random.choices(self.values, cum_weights=self.weights)[0]


TOPIC_COUNTS = (8, 43, 19, 48, 75, 29, 18, 8, 8, 8, 11, 4, 0)
TOPIC_MIX = Mix(dict(zip(TOPICS, TOPIC_COUNTS, strict=True)))
STATUSES = Mix({"historical": 165, "current": 74, "disputed": 28, "planned": 12})
VERIFICATIONS = Mix(
    {"single-source-claim": 141, "cited": 101, "conflicting": 33, "citation-needed": 4}
)
CITED = Mix({1: 167, 2: 77, 3: 31})
KINDS: Mix[tuple[str, str | None]] = Mix(
    {
        ("arms-transfer", "talks"): 17,
        ("arms-transfer", "ordered"): 12,
        ("arms-transfer", "delivered"): 6,
        ("arms-transfer", "planned"): 2,
        ("visit", "held"): 8,
        ("visit", "planned"): 1,
        ("exercise", "held"): 6,
        ("exercise", "planned"): 2,
        ("production", "talks"): 5,
        ("production", "planned"): 1,
        ("training", "held"): 3,
        ("training", "in-force"): 2,
        ("agreement", "signed"): 4,
        ("war", None): 4,
        ("aid", "in-force"): 1,
    }
)
DATES = Mix(
    {
        "{y}-{m:02}-{d:02}": 1270,
        "{y}-{m:02}": 710,
        "{y}": 350,
        "": 340,
        "{y}?": 35,
        "{y}~": 15,
        "{y}-{m:02}?": 25,
        "{y}-{m:02}~": 10,
        "{y}-{m:02}-{d:02}?": 10,
        "{y}/{n}": 10,
    }
)
SOURCE_TYPES = Mix(
    {"article-newspaper": 194, "webpage": 31, "speech": 11, "article-journal": 5, "report": 2}
)
RELIABILITIES = Mix(
    {"news": 207, "official": 14, "weak": 8, "reference": 6, "academic": 4, "advocacy": 4}
)
OUTLETS = "courier gazette herald monitor observer post sentinel times tribune wire".split()
ISSUES = (
    "kashmir nagorno-karabakh cyprus-dispute western-sahara south-china-sea palestine kosovo-status"
).split()
ISSUE_KINDS = (
    "border-with",
    "recognition-of",
    "sanctions-on",
    "water-shared-with",
    "minorities-in",
    "bases-in",
)
MEASURES = ("trade turnover", "exports", "imports", "investment", "loan", "aid")
SYSTEMS = (
    "JF-17 Block III|JF-17 Thunder|Super Mushshak|F-16C Block 52|Su-30MKI|Su-35|MiG-29|"
    "Mirage 2000-5|Rafale F4|Eurofighter Typhoon|Gripen E|C-130J Hercules|A400M Atlas|Mi-17|"
    "AH-64E Apache|Bayraktar TB2|Akinci|Wing Loong II|MQ-9 Reaper|T-72B3|T-90S|Leopard 2A7|"
    "M1A2 Abrams|K2 Black Panther|BMP-3|BTR-82A|K9 Thunder|CAESAR 155 mm|HIMARS M142|"
    "Smerch 9K58|S-300PMU2|S-400 Triumf|Patriot PAC-3|NASAMS 2|Iron Dome|Javelin FGM-148|"
    "Spike LR|Exocet MM40|Kilo 636|Type 039B|MILGEM corvette|Type 054A frigate|"
    "assault rifles|body armour"
).split("|")
SYLLABLES = "al an ar bek da el far gul ha il ja ka la mar na or pa ra sa ta ul va yu za".split()
SAID = (
    "said at a joint press conference|agreed in a memorandum|reported to parliament|"
    "announced|told reporters|wrote in a joint communiqué|repeated|denied|"
    "confirmed after talks|noted in the annual review|signed a protocol|proposed"
).split("|")
ABOUT = (
    "that the two sides would widen cooperation|that direct flights would begin|"
    "that a working group would meet|that visas would be waived for officials|"
    "that the agreement had entered into force|that deliveries were complete|"
    "that the contract was under negotiation|"
    "that the figures of both customs services differ|"
    "that a delegation would visit the capital|that the embassy would open again|"
    "that students would receive scholarships|"
    "that it backed the other's territorial integrity|that the pipeline would be extended|"
    "that relief goods had arrived"
).split("|")
ENDS = (
    "according to the ministry of foreign affairs|as the state news agency reported|"
    "without giving a date|for the first time since independence|"
    "under the agreement of the year before|at the meeting of the joint commission|"
    "on the margins of the General Assembly|despite earlier reservations|"
    "through a credit of its export bank|after a request of its general staff|"
    "while the opposition objected"
).split("|")
