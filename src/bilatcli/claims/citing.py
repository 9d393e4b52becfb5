"""Add citations to a text after the sentences that the record supports."""

from __future__ import annotations

import re

from bilatcli.claims.verdicts import SUPPORTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_CLOSING = re.compile(r"""[.!…。]?["”’'»)\]*_]*$""")


def add_citations(
    text: str, claims: Sequence[Mapping[str, Any]], keys: Mapping[str, str]
) -> tuple[str, int]:
    """Return a text with `[@key]` in each supported sentence, before its full stop, and how many.

    `claims` are those of the document on this text, `keys` the citation keys of sources by their
    ids. A sentence that cites something already stays as it is, and so does everything else.
    """
    parts: list[str] = []
    done = count = 0
    for claim in claims:
        sentence = text[claim["start"] : claim["end"]]
        sources = claim["facts"][0]["sources"] if claim["verdict"] == SUPPORTED else []
        after = text[claim["end"] : claim["end"] + 3].lstrip()
        if not sources or "[@" in sentence or "[^" in sentence or after.startswith(("[@", "[^")):
            continue
        closing = _CLOSING.search(sentence)
        place = claim["start"] + (closing.start() if closing else len(sentence))
        citation = "; ".join(f"@{keys[id]}" for id in sources)
        parts += [text[done:place], f" [{citation}]"]
        done = place
        count += 1
    return "".join([*parts, text[done:]]), count
