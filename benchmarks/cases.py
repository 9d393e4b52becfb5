"""Generate the cases of `benchmarks/names.py`: texts, each with the country that it names.

The cases are generated at run time from pinned packages and the two lists in `names/`, and are the
same every time. None comes from the data of `bilatcli`, so changes there do not change the cases.
Texts that name two countries are left out.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import cycle
from random import Random

from name_data import (
    LANGUAGES,
    Pairs,
    codes,
    demonyms,
    field,
    former,
    iso,
    lines,
    listed,
    meanings,
    native,
    short_names,
    short_pairs,
    spellings,
    tabular,
    territories,
    translated,
)
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bilatcli.normalization import normalize

SEED = 1
TYPOS_PER_NAME = 5
SAMPLE_SIZE = 600
"""Names drawn from many translations."""
MARKED_SIZE = 60
"""Names with a mark such as a footnote; also names in the form of tables."""
TYPO, TYPOS, MESSY, CODES, NONE = "one typo", "two typos", "messy names", "codes", "non-countries"
MARKS = tuple(
    '{} 1/|{}*|{} (a)|{} [2]|{}¹|{} (total)|{}, total|1. {}|{}:|"{}"|{}†|  {} '.split("|")
)
SHORTER = {
    "Republic": "Rep.",
    "Democratic": "Dem.",
    "Islands": "Is.",
    "Saint": "St.",
    "Federal": "Fed.",
}
STATE = re.compile(
    r"(?:The )?(.*(?:Republic|Kingdom|State|States|Commonwealth|Federation|Union)) of (?:the )?(.*)"
)
PHONETIC = re.compile("[\u0250-\u02af]")


@dataclass(frozen=True)
class Case:
    """A text, its country code (None for no country), and its origin.

    `base` is the correctly spelled name of a misspelling.
    """

    category: str
    text: str
    code: str | None
    origin: str = ""
    base: str = ""

    @property
    def is_unseen(self) -> bool:
        """Return True if the case belongs to the unseen third.

        All misspellings of one name, and one text in all categories, are in the same part.
        """
        return (
            int.from_bytes(sha256(normalize(self.base or self.text).encode()).digest()[:4]) % 3 == 0
        )


# --- The cases


def typo(random: Random, text: str) -> str:
    """Return a text with one letter inserted, replaced, deleted, or swapped with the next."""
    at = [i for i, letter in enumerate(text) if letter.isalpha()]
    kind, letter, i = random.randrange(4), random.choice(string.ascii_lowercase), random.choice(at)
    if kind == 0:
        i = random.choice([*at, len(text)])
        return text[:i] + letter + text[i:]
    if kind == 3:
        i = random.choice([i for i in at if i + 1 in at])
        return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text[:i] + (letter if kind == 1 else "") + text[i + 1 :]


def misspelt(random: Random, name: str, code: str, typos: int) -> str:
    """Return a misspelling of a name with `typos` typos.

    It is not another name, and not closer to the name of another country. Raise ValueError if there
    is none.
    """
    names = (
        names.get(key, "-")
        for key in codes() - {code}
        for names in (short_names(), territories("en"))
    )
    others = [normalize(text) for text in names]
    for _ in range(1000):
        text = name
        for _ in range(typos):
            text = typo(random, text)
        folded, own = normalize(text), OSA.distance(normalize(text), normalize(name))
        is_free = own == typos and folded not in meanings()
        if (
            is_free
            and process.extractOne(folded, others, scorer=OSA.distance, score_cutoff=own) is None
        ):
            return text
    raise ValueError(f"no misspelling of {name} is free")


def typos() -> Iterator[Case]:
    """Yield the misspellings of each English name with at least four letters."""
    for category, many in ((TYPO, 1), (TYPOS, 2)):
        random = Random(SEED + many)
        for code, name in short_names().items():
            size = "names of four and five letters" if len(name) < 6 else "longer names"
            for _ in range(TYPOS_PER_NAME if len(name) > 3 else 0):
                yield Case(category, misspelt(random, name, code, many), code, size, base=name)


def all_codes() -> Iterator[tuple[str, str]]:
    """Yield all codes: alpha-2 and alpha-3 in upper and lower case, and numeric."""
    longer = {each.alpha_2: each.alpha_3 for each in iso()} | {"XK": "XKX"}
    for code, alpha3 in longer.items():
        yield from ((text, code) for text in (code, code.lower(), alpha3, alpha3.lower()))
    yield from ((each.numeric, each.alpha_2) for each in iso())


def tabled() -> Iterator[tuple[str, str]]:
    """Yield names as in tables, with codes: inverted, shortened, with marks, misencoded."""
    random, made = Random(SEED), []
    for each in iso():
        state = STATE.fullmatch(field(each, "official_name"))
        shortened = f"{state[2]}, {state[1]} of" if state else field(each, "official_name")
        for long, short in SHORTER.items():
            shortened = shortened.replace(long, short)
        made.append((shortened, each.alpha_2))
    yield from random.sample(made, MARKED_SIZE)
    marked = zip(
        random.sample(sorted(short_names().items()), MARKED_SIZE), cycle(MARKS), strict=False
    )
    yield from ((mark.format(name), code) for (code, name), mark in marked)
    names = [
        (name, each.alpha_2) for each in iso() for name in {each.name, field(each, "common_name")}
    ]
    for name, code in sorted(name for name in names if not name[0].isascii()):
        yield name.encode().decode("cp1252", "replace"), code
        yield name.encode("ascii", "replace").decode(), code
        yield name.encode("ascii", "replace").decode().replace("?", "\ufffd"), code


def clean(category: str, pairs: Pairs, origin: str = "", *, without: Pairs = ()) -> list[Case]:
    """Return cases of texts that name one country, each text once, except those in `without`."""
    seen = {normalize(text) for text, _ in without}
    cases = []
    for text, code in pairs:
        key = text if category == CODES else normalize(text)
        is_one = category == CODES or len(meanings().get(key, ())) < 2
        if key not in seen and is_one and code in codes() and not PHONETIC.search(text):
            cases.append(Case(category, text, code, origin))
            seen.add(key)
    return cases


def sample(cases: Sequence[Case]) -> list[Case]:
    """Return SAMPLE_SIZE cases, drawn with the seed."""
    return Random(SEED).sample(cases, min(SAMPLE_SIZE, len(cases)))


def all_cases() -> list[Case]:
    """Return all cases. Raise ValueError if a non-country names a country."""
    plain = [
        *short_pairs(),
        *((each.official_name, each.alpha_2) for each in iso() if hasattr(each, "official_name")),
    ]
    foreign = [
        (name, code) for language in LANGUAGES for code, name in territories(language).items()
    ]
    public = [
        *tabular(),
        *former(),
        *((each.name, each.alpha_2) for each in iso()),
        *spellings(is_english=True),
    ]
    cases = [
        *typos(),
        *clean(CODES, all_codes()),
        *clean("demonyms", demonyms(), without=short_pairs()),
        *clean("native names", [*native(), *spellings(is_english=False)], without=plain),
        *clean("official names", [pair for pair in plain if pair[0] not in short_names().values()]),
        *sample(
            clean("official names in 25 languages", translated("official_name"), without=plain)
        ),
        *sample(clean("short names in 25 languages", foreign, without=plain)),
        *clean(MESSY, public, "from other packages", without=plain),
        *clean(MESSY, listed(), "from `countrynames`", without=[*plain, *public]),
        *clean(MESSY, tabled(), "made by rule"),
    ]
    words = lines("non-countries.txt")
    if wrong := [word for word in words if normalize(word) in meanings()]:
        raise ValueError(f"these name countries: {', '.join(wrong)}")
    return [*dict.fromkeys(cases), *(Case(NONE, word, None) for word in words)]
