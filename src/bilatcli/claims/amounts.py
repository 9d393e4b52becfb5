"""Numbers in sentences: counts, shares, measures and money, with what makes them vague."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COUNT, PERCENT = "", "%"
"""The units of a number without one, and of a share."""

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
_NUMBER_WORDS = {word: float(value) for value, word in enumerate(_SMALL) if value > 1} | {
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "seventy": 70.0,
    "eighty": 80.0,
    "ninety": 90.0,
    "hundred": 100.0,
    "dozen": 12.0,
    "a dozen": 12.0,
    "a hundred": 100.0,
    "two hundred": 200.0,
    "three hundred": 300.0,
    "a billion": 1e9,
    "a million": 1e6,
}
_SCALES = {
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
}
_CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "dollar": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "pound": "GBP",
    "¥": "JPY",
    "yen": "JPY",
    "rupee": "INR",
    "rs": "INR",
    "yuan": "CNY",
    "lira": "TRY",
    "ruble": "RUB",
    "rouble": "RUB",
    "manat": "AZN",
}
_UNITS = {
    "%": PERCENT,
    "percent": PERCENT,
    "per cent": PERCENT,
    "km": "km",
    "kilometre": "km",
    "kilometer": "km",
    "mile": "mile",
    "tonne": "t",
    "ton": "t",
    "t": "t",
    "kg": "kg",
    "bcm": "bcm",
    "cubic metre": "m3",
    "cubic meter": "m3",
    "mw": "MW",
    "megawatt": "MW",
    "gw": "GW",
    "barrel": "barrel",
    "year": "year",
    "month": "month",
    "week": "week",
    "day": "day",
    "hour": "hour",
}
_VAGUE = {
    "about": "about",
    "around": "about",
    "some": "about",
    "roughly": "about",
    "approximately": "about",
    "approx": "about",
    "circa": "about",
    "estimated": "about",
    "nearly": "below",
    "almost": "below",
    "under": "below",
    "less than": "below",
    "fewer than": "below",
    "up to": "below",
    "at most": "below",
    "over": "above",
    "more than": "above",
    "above": "above",
    "at least": "above",
    "exceeded": "above",
    "exceed": "above",
    "exceeding": "above",
    "passed": "above",
    "topped": "above",
    "surpassed": "above",
}
_WORDS = "|".join(sorted(map(re.escape, _NUMBER_WORDS), key=len, reverse=True))
_NUMBER = rf"\d+(?:[,\u202f]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{_WORDS})\b"
_SCALE = r"(?:[\s-]?(thousand|million|billion|trillion|bn|mn|[kmb](?![\w])))?"
_CURRENCY = r"(?:(US\$|\$|€|£|¥|USD|EUR|GBP|Rs)\s?)?"
_PATTERN = re.compile(
    rf"{_CURRENCY}({_NUMBER}){_SCALE}"
    rf"(?:\s?(?:–|-|to|or)\s?{_CURRENCY}({_NUMBER}){_SCALE})?"
    r"(?:[\s-]?(%|per ?cent\b|[^\W\d_]+(?:\sdollars)?\b))?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_COUNT_BOUND = 1000


class Amount:
    """A number from `low` to `high` in a unit, at a place of a text.

    `digits` are the significant digits given, `vague` is `about`, `above`, `below` or "".
    `head` are words after it: what is counted. `is_limit` is True after `up to`.
    """

    __slots__ = (
        "digits",
        "end",
        "head",
        "high",
        "is_limit",
        "low",
        "scale",
        "start",
        "text",
        "unit",
        "vague",
    )

    def __init__(
        self, text: str, span: tuple[int, int], values: Sequence[float], unit: str
    ) -> None:
        self.text = text
        self.start, self.end = span
        self.low, self.high = min(values), max(values)
        self.unit = unit
        self.digits = 0
        self.scale = 1.0
        self.vague = ""
        self.is_limit = False
        self.head: frozenset[str] = frozenset()

    @property
    def is_money(self) -> bool:
        """True if the unit is a currency."""
        return len(self.unit) == 3 and self.unit.isupper()

    def is_same(self, other: Amount) -> bool:
        """Return True if both are the same number in the same unit."""
        return (self.low, self.high, self.unit) == (other.low, other.high, other.unit)

    def agrees(self, other: Amount) -> bool:
        """Return True if a sentence with this number is right by a fact with the other one.

        A number is right at the precision at which it is given.
        """
        low, high = other.low, other.high
        if {self.vague, other.vague} == {"above", "below"}:
            return False
        if self.vague == "about":
            slack = max(self.high * 0.05, self._half_unit())
            return self.low - slack <= low and high <= self.high + slack
        if self.vague == "above" and other.vague != "below":
            is_same = low == self.low
            return is_same or (low > self.low and high < self.low * 1.5)
        if self.vague == "below" and other.vague != "above":
            return high <= self.high and low > self.high * 0.85
        if other.is_limit and not self.vague:
            return False
        slack = self._half_unit()
        return abs(self.low - low) <= slack and abs(self.high - high) <= slack

    def _half_unit(self) -> float:
        """Return half of the last digit given; 0 for a plain count, which has to be exact."""
        if self.unit == COUNT and self.scale == 1 and "." not in self.text:
            return 1e-9
        decimals = (
            len(self.text.rpartition(".")[2].split()[0].rstrip("%")) if "." in self.text else 0
        )
        decimals = sum(map(str.isdigit, self.text.rpartition(".")[2])) if decimals else 0
        return self.scale * 0.5 * 0.1**decimals * 1.000001


def find_amounts(text: str, taken: Sequence[tuple[int, int]]) -> list[Amount]:
    """Return the numbers of a text outside of the places that are taken (dates, designations).

    >>> [(each.low, each.unit) for each in find_amounts("over $4.8 billion, or 12 %", ())]
    [(4800000000.0, 'USD'), (12.0, '%')]
    """
    return list(_find(text, taken))


def _find(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Amount]:
    masked = list(text)
    for start, end in taken:
        masked[start:end] = "\0" * (end - start)
    for match in _PATTERN.finditer("".join(masked)):
        start, end = match.span()
        before = text[start - 1 : start]
        if _ORDINAL.match(text, match.end(3) if match.group(3) else match.end(2)) or (
            before and (before.isalnum() or before in "-–.") and match.group(2)[0].isdigit()
        ):
            continue
        yield _make_amount(text, match)


def _make_amount(text: str, match: re.Match[str]) -> Amount:
    sign, number, scale, other_sign, other, other_scale, after = match.groups()
    unit, has_unit = _read_unit(sign or other_sign, after, text[match.end() : match.end() + 12])
    scales = (
        _SCALES.get((scale or other_scale or "").lower(), 1.0),
        _SCALES.get((other_scale or scale or "").lower(), 1.0),
    )
    values = [_read_number(number) * scales[0]]
    if other:
        values.append(_read_number(other) * scales[1])
    end = match.end() if has_unit else match.start(7) if after else match.end()
    span = match.start(), end
    amount = Amount(text[slice(*span)].strip(), span, values, unit)
    amount.scale = scales[0]
    lead = text[: match.start()].lower().split()[-3:]
    amount.vague = _read_vague(lead)
    amount.is_limit = " ".join(lead[-2:]) in ("up to", "at most")
    return amount


def _read_vague(lead: Sequence[str]) -> str:
    for size in (2, 1):
        if found := _VAGUE.get(" ".join(lead[-size:]).strip("(,")):
            return found
    if lead[-1:] == ["an"] or lead[-1:] == ["a"]:
        return _read_vague(lead[:-1]) if len(lead) > 1 else ""
    return ""


def _read_number(text: str) -> float:
    plain = text.lower()
    return (
        _NUMBER_WORDS[plain] if plain in _NUMBER_WORDS else float(re.sub(r"[,\u202f]", "", plain))
    )


def _read_unit(sign: str | None, after: str | None, rest: str) -> tuple[str, bool]:
    """Return the unit of a number, and whether the word after it is that unit."""
    word = (after or "").lower()
    single = word.removesuffix("s") if len(word) > 2 else word
    for key in (word, single):
        if key in _CURRENCIES:
            return _CURRENCIES[key], True
        if key in _UNITS and not sign:
            return _UNITS[key], True
    if sign:
        return _CURRENCIES[sign.lower()], False
    if single == "cubic" and rest.strip().lower().startswith(("met",)):
        return "m3", True
    return COUNT, False
