"""Who did it to whom: the roles of the countries in a sentence."""

from __future__ import annotations

from bilatcli.claims.lexicon import get_lexicon
from bilatcli.claims.names import is_joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bilatcli.claims.names import Name
    from bilatcli.claims.reading import Reading

_FLOWS = {
    "exports": "giver",
    "export": "giver",
    "refugees": "giver",
    "migrants": "giver",
    "seekers": "giver",
    "imports": "getter",
    "import": "getter",
}
"""Nouns of what goes from one country to another, by the role of the country before them."""
_POSTS = frozenset("embassy consulate commission nunciature legation consul mission".split())
_AUXILIARIES = frozenset("was were been be being is are".split())
_DETERMINERS = frozenset("a an the its their this that no first second third new".split())
_PREPOSITIONS = frozenset(
    "to for from by in at with of against into on towards toward between under after via".split()
)
_NOT_SUBJECT = frozenset("in from at by to for under after via against between".split())
_MAX_NOUN_DISTANCE = 2
"""Words between a country and the noun that it owns."""


class Roles:
    """The countries that a deed comes from and those that it goes to.

    `kind` is the role of the subject of the verb: `giver`, `getter` or `actor`; it is "" if the
    order of names is all there is to go by.
    """

    __slots__ = ("goal", "kind", "source")

    def __init__(self, source: Iterable[str], goal: Iterable[str], kind: str) -> None:
        self.source = frozenset(source)
        self.goal = frozenset(goal) - self.source
        self.kind = kind

    @property
    def is_complete(self) -> bool:
        """True if both sides are known."""
        return bool(self.source and self.goal)


def find_roles(reading: Reading) -> Roles:
    """Return the roles of the countries in a sentence, as far as its order of words shows them."""
    countries = [name for name in reading.names if not name.is_subject]
    return (
        _find_flow(reading, countries)
        or _find_post(reading, countries)
        or _find_deed(reading, countries)
        or _by_order(reading, countries)
    )


def _by_order(reading: Reading, countries: list[Name]) -> Roles:
    before = {name.code: _preposition(reading, name) for name in countries}
    if "with" in before.values():
        return Roles((), (), "")
    if "from" in before.values():
        source = {code for code, word in before.items() if word == "from"}
        return Roles(source, before.keys() - source, "")
    codes = list(before)
    return Roles(codes[:1], codes[1:], "")


def _preposition(reading: Reading, name: Name) -> str:
    """Return the preposition before a name, or ""."""
    for place in (name.word - 1, name.word - 2):
        if place >= 0 and reading.words[place].plain in _PREPOSITIONS:
            return reading.words[place].plain
        if place < 0 or reading.words[place].plain not in _DETERMINERS:
            return ""
    return ""


def _find_flow(reading: Reading, countries: list[Name]) -> Roles | None:
    """Return the roles in a sentence with a noun such as `exports` and who owns them."""
    for place, word in enumerate(reading.words):
        kind = _FLOWS.get(word.plain)
        if kind is None:
            continue
        owner = "from" if kind == "giver" or word.plain.startswith("import") else ""
        owners = [
            name
            for name in countries
            if name.is_possessive and 0 <= place - name.after <= _MAX_NOUN_DISTANCE
        ]
        others = [name for name in countries if name not in owners]
        from_names = [name for name in others if _preposition(reading, name) == owner]
        if kind == "getter":
            goal, source = owners, from_names or others
        else:
            source = owners or from_names
            goal = [name for name in others if name not in source]
        if (kind == "giver" and source) or (kind == "getter" and goal):
            return Roles(_codes(source), _codes(goal), kind)
    return None


def _codes(names: Iterable[Name]) -> list[str]:
    return [name.code for name in names]


def _find_post(reading: Reading, countries: list[Name]) -> Roles | None:
    """Return the roles in a sentence on an embassy: whose it is, and where."""
    for place, word in enumerate(reading.words):
        if word.plain not in _POSTS:
            continue
        owners = [
            name
            for name in countries
            if name.is_possessive and 0 <= place - name.after <= _MAX_NOUN_DISTANCE
        ]
        hosts = [name for name in countries if _preposition(reading, name) in ("in", "to")]
        before = [name for name in countries if name.word < place and name not in hosts]
        if hosts and (owners or before):
            return Roles(_codes(owners or before), _codes(hosts), "actor")
    return None


def _find_deed(reading: Reading, countries: list[Name]) -> Roles | None:
    """Return the roles of the subject and the objects of the first verb that has roles."""
    roles = get_lexicon().roles
    inside = {place for name in reading.names for place in range(name.word, name.after)}
    for place, word in enumerate(reading.words):
        kind = roles.get(word.plain)
        before = reading.words[place - 1] if place else None
        if kind is None or place in inside or (before and before.plain in _DETERMINERS):
            continue
        is_passive = bool(before and before.plain in _AUXILIARIES) and word.plain.endswith("ed")
        subject = [
            name.code
            for name in countries
            if name.after <= place and _preposition(reading, name) not in _NOT_SUBJECT
        ]
        found = _sort_objects(reading, countries, place, kind, is_passive=is_passive)
        source, goal = found
        if is_passive or kind == "getter":
            goal = [*subject, *goal]
        else:
            source = [*subject, *source]
        if is_passive and kind == "getter":
            goal, source = source, goal
        if source or goal:
            return Roles(source, goal, kind)
    return None


def _sort_objects(
    reading: Reading, countries: list[Name], place: int, kind: str, *, is_passive: bool
) -> tuple[list[str], list[str]]:
    """Return the countries after a verb that are its source and its goal."""
    source: list[str] = []
    goal: list[str] = []
    for name in countries:
        if name.word <= place:
            continue
        before = _preposition(reading, name)
        is_owner = name.is_possessive and not before
        if before in ("from", "by") or (kind == "getter" and is_owner):
            source.append(name.code)
        elif before in ("to", "for", "against", "into", "") or kind == "actor":
            goal.append(name.code)
    return (source, goal) if not (is_passive and kind == "getter") else (goal, source)


def find_places(reading: Reading, mutual: Collection[str]) -> dict[str, set[str]]:
    """Return how each country stands in a sentence: before the others, after a word, as an owner.

    `mutual` are words of deeds in which it makes no difference who did it with whom.
    """
    found: dict[str, set[str]] = {}
    names = [name for name in reading.names if not name.is_subject]
    is_passive = any(_preposition(reading, name) == "by" for name in names)
    is_passive = is_passive and any(word.plain in _AUXILIARIES for word in reading.words)
    first, second = ("second", "second") if is_passive else ("first", "second")
    previous: Name | None = None
    previous_places: set[str] = set()
    for name in names:
        if previous is not None and is_joined(previous, name, reading.text):
            places = previous_places
        else:
            places = {_find_place(reading, name, mutual) or first}
            first = second if first in places else first
            if "by" in places and is_passive:
                places = {"first"}
        found.setdefault(name.code, set()).update(places)
        previous, previous_places = name, places
    return found


def _find_place(reading: Reading, name: Name, mutual: Collection[str]) -> str:
    """Return the preposition before a name, or what the country owns; "" without either."""
    before = _preposition(reading, name)
    if name.is_possessive:
        after = (token for token, word in reading.token_words if word.start >= name.end)
        return f"of {next(after, '')}"
    if before == "of":
        owned = [token for token, word in reading.token_words if word.end <= name.start]
        return f"of {owned[-1] if owned else ''}"
    if before == "with" and not reading.tokens.isdisjoint(mutual):
        return "first"
    return {"into": "to", "between": "first"}.get(before, before)


def are_exchanged(claim: dict[str, set[str]], fact: dict[str, set[str]]) -> bool:
    """Return True if two countries stand in each other's place."""
    codes = [code for code in claim if code in fact]
    for i, one in enumerate(codes):
        for other in codes[i + 1 :]:
            straight = len(claim[one] & fact[one]) + len(claim[other] & fact[other])
            crossed = len(claim[one] & fact[other]) + len(claim[other] & fact[one])
            if crossed > straight:
                return True
    return False


def compare_roles(claim: Roles, fact: Roles) -> str:
    """Return `same`, `reversed`, or "" if the roles cannot be compared.

    >>> compare_roles(Roles(["PK"], ["AZ"], "giver"), Roles(["AZ"], ["PK"], "giver"))
    'reversed'
    """
    if not (claim.source or claim.goal) or not (fact.source or fact.goal):
        return ""
    if claim.source <= fact.source and claim.goal <= fact.goal:
        return "same"
    if claim.source <= fact.goal and claim.goal <= fact.source:
        return "reversed"
    return ""
