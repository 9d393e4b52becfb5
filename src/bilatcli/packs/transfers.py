"""Who supplies whom in an arms transfer: the supplier acts, and the recipient is concerned."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bilatcli.packs.models import Fact

ARMS_TRANSFER = "arms-transfer"
"""The kind of a military fact on arms that are sold, ordered, delivered or talked about."""


def is_arms_transfer(fact: Fact) -> bool:
    """Return True if a fact is an arms transfer, from talks to delivery."""
    return getattr(fact, "kind", None) == ARMS_TRANSFER


def get_supplier_and_recipient(
    fact: Fact, countries: Collection[str]
) -> tuple[str | None, str | None]:
    """Return who supplies and who receives in an arms transfer, each as a code or a name.

    The supplier is in `actors`, the recipient in `toward`. Of several, it is the one that is in
    `countries`, the pair of the relation. Each is None if the fact does not say; both are None if
    `toward` is empty, or if someone is in both lists.
    """
    if not fact.toward or set(fact.actors) & set(fact.toward):
        return None, None
    return _choose_party(fact.actors, countries), _choose_party(fact.toward, countries)


def _choose_party(parties: Sequence[str], countries: Collection[str]) -> str | None:
    if len(parties) == 1:
        return parties[0]
    of_pair = [party for party in parties if party in countries]
    return of_pair[0] if len(of_pair) == 1 else None
