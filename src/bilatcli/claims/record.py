"""Facts as verdicts need them: read as a sentence, with what their keys add."""

from __future__ import annotations

from functools import cached_property

from bilatcli.claims.lexicon import get_lexicon
from bilatcli.claims.reading import Reading
from bilatcli.claims.roles import Roles, find_roles
from bilatcli.claims.times import Time, read_edtf
from bilatcli.index.stems import stem_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from bilatcli.index.store import Index

_STAGE_WORDS = {
    "ordered": ("order", "acquire"),
    "delivered": ("deliver", "acquire"),
    "signed": ("sign", "agreement"),
    "held": ("hold",),
}
_MEASURE_WORDS = {
    "trade turnover": ("trade",),
    "exports": ("export",),
    "imports": ("import",),
    "investment": ("invest",),
    "loan": ("loan",),
    "aid": ("aid",),
}
_SIGNED = ("agreement", "treaty", "memorandum", "protocol", "declar")
"""What was signed on the day that it is dated."""


class RecordedFact:
    """A fact, and what its text says. `data` is its JSON on the day in question."""

    def __init__(self, data: dict[str, Any], index: Index) -> None:
        self.data = data
        self._index = index
        self.reading = Reading(data["text"], index)
        self.countries = self._list_countries()

    def _list_countries(self) -> frozenset[str]:
        """Return the codes of the countries that the fact is on.

        A fact that names two countries at its beginning may be on another pair than the one that
        it is filed under.
        """
        listed = [each for key in ("actors", "toward") for each in self.data[key]]
        listed += self.data.get("partners") or []
        begin = self.reading.text.find(";") % (len(self.reading.text) + 1)
        first = {n.code for n in self.reading.names if not n.is_subject and n.start < begin}
        pair = self.data["relation"].upper().split("-") if len(first) < 2 else ()
        return frozenset([*self.reading.codes, *listed, *pair])

    @property
    def id(self) -> str:
        """The id of the fact."""
        return str(self.data["id"])

    @cached_property
    def tokens(self) -> set[str]:
        """The words of the fact, and those that its keys imply."""
        tokens = {*self.reading.tokens}
        for text in (self.data.get("system"), self.data.get("issue")):
            tokens |= {
                get_lexicon().head(stem_word(word))
                for word in (text or "").lower().replace("-", " ").replace(",", " ").split()
            }
        tokens |= {*_STAGE_WORDS.get(self.data.get("stage") or "", ())}
        tokens |= {*_MEASURE_WORDS.get(self.data.get("measure") or "", ())}
        is_open = bool(self.reading.hedges & {"talk", "plan"})
        if not tokens.isdisjoint(("order", "deliver")) and not is_open:
            tokens.add("acquire")
        if not tokens.isdisjoint(_SIGNED) and not is_open:
            tokens.add("sign")
        return tokens

    @cached_property
    def main_times(self) -> list[Time]:
        """When it happened or was so, as its keys have it."""
        return read_edtf(self.data["date"]) + read_edtf(self.data["as_of"])

    @cached_property
    def end_times(self) -> list[Time]:
        """When it ended."""
        return read_edtf(self.data["until"])

    @cached_property
    def written_roles(self) -> Roles:
        """Who did it to whom, by its text."""
        return find_roles(self.reading)

    @cached_property
    def roles(self) -> Roles:
        """Who did it to whom: by its keys for arms, else by its text if that shows it."""
        found = self.written_roles
        actors, toward = ({*self.data[key]} for key in ("actors", "toward"))
        by_keys = Roles(actors - toward, toward - actors, found.kind)
        if self.data.get("kind") == "arms-transfer" and by_keys.is_complete:
            is_same = found.source <= by_keys.source and by_keys.goal <= found.goal
            return Roles(by_keys.source, found.goal, found.kind) if is_same else by_keys
        if found.kind and found.is_complete:
            return found
        return by_keys if by_keys.is_complete and not self.is_mutual else found

    @cached_property
    def spans(self) -> list[Time]:
        """Its times with a beginning and an end: by its keys, or as its text names them."""
        spans = [time for time in self.reading.times if time.is_range]
        spans += [time for time in self.main_times if "/" in (self.data["date"] or "")]
        if self.end_times and self.main_times:
            spans.append(Time(self.main_times[0].first, self.end_times[0].last))
        return spans

    @property
    def is_mutual(self) -> bool:
        """True if both countries did it together, or to each other."""
        actors, toward = ({*self.data[key]} for key in ("actors", "toward"))
        return self.reading.is_paired or (len(actors) > 1 and (not toward or toward == actors))

    def read_note(self) -> Reading:
        """Return what its note says."""
        return Reading(self.data["note"] or "", self._index)

    @property
    def is_disputed(self) -> bool:
        """True if its sources conflict, or somebody disputes it."""
        is_conflicting = self.data["verification"] == "conflicting"
        return is_conflicting or bool(self.data["status"] == "disputed")

    @property
    def is_figure(self) -> bool:
        """True if it is a figure of a time, such as the trade of a year."""
        return self.data["date"] is None and self.data["as_of"] is not None
