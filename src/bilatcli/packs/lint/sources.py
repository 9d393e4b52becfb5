"""The rules of `check` on sources, and on what rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from bilatcli.packs.lint.base import NOTE, WARNING, Checked, Doubt, rule

STRONG = ("official", "academic", "reference")
"""Reliabilities of which one source is enough for `cited`."""


@rule("BL101", "unused-source", WARNING)
def unused_source(checked: Checked) -> Iterator[Doubt]:
    """A source is in the pack, but nothing rests on it.

    No fact and no statement of a relation names it. Cite it where it belongs, or take it out. A pack in outline is
    passed over: its sources may carry what the index takes from elsewhere, such as capitals.
    """
    if checked.pack.pack.coverage == "outline":
        return
    used: set[str] = set()
    for relation in checked.pack.relation:
        used.update(relation.sources, relation.established_sources, relation.status_sources)
        used.update(id for fact in relation.fact for id in fact.sources)
    for position, source in enumerate(checked.pack.source):
        if source.id not in used:
            yield (
                ("source", position, "id"),
                f"nothing rests on the source `{source.id}`",
                "cite it, or take it out",
            )


@rule("BL102", "source-without-date", NOTE)
def source_without_date(checked: Checked) -> Iterator[Doubt]:
    """A source does not say when it was issued.

    Without `issued` nobody can tell whether the source can know what it is cited for, and a fact that has no date of
    its own is shown at any `--as-of`. Give the year at least; where the source itself has no date, a note is all
    this is.
    """
    for position, source in enumerate(checked.pack.source):
        if source.issued is None:
            what = f"the source `{source.id}` does not say when it was issued"
            yield ("source", position, "id"), what, "add `issued`, the year at least"


@rule("BL103", "source-without-access-date", NOTE)
def source_without_access_date(checked: Checked) -> Iterator[Doubt]:
    """A source has a web address, but not the day on which it was read there.

    Web pages change and vanish: `accessed` says which version was cited, and helps to find it in an archive.
    """
    for position, source in enumerate(checked.pack.source):
        if source.url is not None and source.accessed is None:
            what = f"the source `{source.id}` does not say when its address was read"
            yield ("source", position, "url"), what, "add `accessed`, the day on which you read it"


@rule("BL104", "same-address", WARNING)
def same_address(checked: Checked) -> Iterator[Doubt]:
    """Two sources have the same web address.

    One source under two ids looks like two independent ones, and makes a claim look better supported than it is.
    Addresses are compared without http or https, a leading `www.` and a trailing slash. Keep one of the records and
    cite its id.
    """
    seen: dict[str, str] = {}
    for position, source in enumerate(checked.pack.source):
        if source.url is None:
            continue
        first = seen.setdefault(address(source.url), source.id)
        if first != source.id:
            what = f"the source `{source.id}` has the address of `{first}`"
            yield (
                ("source", position, "url"),
                what,
                f"keep one record: cite `{first}`, or correct the address",
            )


def address(url: str) -> str:
    """Return what tells a web address from others: without http or https, a leading `www.` and a trailing slash."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}"


@rule("BL105", "weak-headline", WARNING)
def weak_headline(checked: Checked) -> Iterator[Doubt]:
    """A headline fact rests on weak sources alone.

    What a summary shows first should not stand on a source that is itself marked `weak`. Find a better source, or do
    not make it a headline.
    """
    for path, _, fact in checked.facts:
        sources = checked.sources_of(fact)
        if fact.headline and sources and all(source.reliability == "weak" for source in sources):
            what = f"the headline `{fact.id}` rests on weak sources alone"
            yield (*path, "sources"), what, "add a better source, or take `headline` out"


@rule("BL201", "cited-with-one-source", WARNING)
def cited_with_one_source(checked: Checked) -> Iterator[Doubt]:
    """A fact is `cited`, but has one source, which is neither official nor academic nor a reference work.

    `cited` promises two independent sources, or one whose word settles the matter. Add the second source, or write
    `verification = "single-source-claim"`.
    """
    for path, _, fact in checked.facts:
        sources = checked.sources_of(fact)
        if (
            fact.verification == "cited"
            and len(sources) == 1
            and sources[0].reliability not in STRONG
        ):
            what = f"`{fact.id}` is `cited` by one source of reliability `{sources[0].reliability}`"
            remedy = 'add an independent source, or write verification = "single-source-claim"'
            yield (*path, "verification"), what, remedy


@rule("BL202", "conflicting-without-note", WARNING)
def conflicting_without_note(checked: Checked) -> Iterator[Doubt]:
    """A fact is `conflicting`, but no note says how its sources disagree.

    A reader who is told that sources disagree wants to know which says what. Say it in `note`.
    """
    for path, _, fact in checked.facts:
        if fact.verification == "conflicting" and fact.note is None:
            yield (
                (*path, "verification"),
                f"`{fact.id}` does not say how its sources disagree",
                "say it in `note`",
            )
