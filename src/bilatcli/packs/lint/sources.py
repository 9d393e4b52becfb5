"""Rules on sources and on how facts use them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from bilatcli.packs.lint.base import NOTE, WARNING, LintContext, Violation, rule

STRONG_RELIABILITIES = ("official", "academic", "reference")
"""One source of such a reliability suffices for `verification = "cited"`."""

CHANGING_TYPE_PREFIXES = ("webpage", "entry", "dataset")
"""Prefixes of the CSL types of pages that are edited after their date of issue."""


@rule("BL101", "unused-source", WARNING)
def unused_source(context: LintContext) -> Iterator[Violation]:
    """A source is in the pack, but nothing cites it.

    No fact and no relation names it. Cite it where it belongs, or remove it. Packs with coverage
    `outline` or `generated` are skipped: their sources may support data from elsewhere, such as
    capitals.
    """
    if context.is_generated:
        return
    used: set[str] = set()
    for relation in context.pack.relation:
        used.update(relation.sources, relation.established_sources, relation.status_sources)
        used.update(id for fact in relation.fact for id in fact.sources)
    for table in context.pack.table:
        if any(kind.startswith("source") for kind in table.columns.values()):
            # Which sources its rows cite, only the file says.
            return
        used.update(table.sources)
    for i, source in enumerate(context.pack.source):
        if source.id not in used:
            yield (
                ("source", i, "id"),
                f"nothing cites the source `{source.id}`",
                "cite it, or remove it",
            )


@rule("BL102", "source-without-date", NOTE)
def source_without_date(context: LintContext) -> Iterator[Violation]:
    """A source has neither a date of issue nor a date of access.

    Without a date, readers cannot tell whether the source is recent enough for what it supports,
    and an undated fact that rests on it is shown for every `--as-of`. Give `issued`, at least the
    year. If a page has no date of its own, `accessed` says by when it was there.
    """
    for i, source in enumerate(context.pack.source):
        if source.issued is None and source.accessed is None:
            what = f"the source `{source.id}` has no date"
            yield ("source", i, "id"), what, "add `issued`, at least the year, or `accessed`"


@rule("BL103", "source-without-access-date", NOTE)
def source_without_access_date(context: LintContext) -> Iterator[Violation]:
    """A page that may change has a date of issue, but no date of access and no archived copy.

    Web pages, entries of reference works and data sets are edited after their date. `accessed` says
    which version was cited, and helps to find it in an archive. Articles and documents keep their
    text, so their date of issue is enough.
    """
    for i, source in enumerate(context.pack.source):
        changes = source.type.startswith(CHANGING_TYPE_PREFIXES) and source.url is not None
        if changes and source.issued and not (source.accessed or source.archive_url):
            what = f"the page of the source `{source.id}` may change, but it has no date of access"
            yield ("source", i, "url"), what, "add `accessed`, the day when you read the page"


@rule("BL104", "same-address", WARNING)
def same_address(context: LintContext) -> Iterator[Violation]:
    """Two sources have the same web address.

    One source under two ids looks like two independent sources, so a claim seems better supported
    than it is. The comparison ignores http or https, a leading `www.` and a trailing slash. Keep
    one of the records and cite its id.
    """
    seen: dict[str, str] = {}
    for i, source in enumerate(context.pack.source):
        if source.url is None:
            continue
        first = seen.setdefault(normalize_url(source.url), source.id)
        if first != source.id:
            what = f"the source `{source.id}` has the same address as `{first}`"
            remedy = f"keep one record and cite `{first}`, or correct the address"
            yield ("source", i, "url"), what, remedy


def normalize_url(url: str) -> str:
    """Return a URL without its scheme, a leading `www.` and a trailing slash, to compare URLs."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}"


@rule("BL105", "weak-headline", WARNING)
def weak_headline(context: LintContext) -> Iterator[Violation]:
    """A headline fact has only weak sources.

    A summary shows headlines first, so they should not rest on sources marked `weak`. Find a better
    source, or remove `headline`.
    """
    for path, _, fact in context.facts:
        sources = context.sources_of(fact)
        if fact.headline and sources and all(source.reliability == "weak" for source in sources):
            what = f"the headline `{fact.id}` has only weak sources"
            yield (*path, "sources"), what, "add a better source, or remove `headline`"


@rule("BL106", "lone-origin", NOTE)
def lone_origin(context: LintContext) -> Iterator[Violation]:
    """A source has an `origin` that no other source of the pack has.

    Sources that pass on one report share an origin, so that they count as one. With a single source
    it has no effect: it is mistyped, or can be removed.
    """
    origins = Counter(source.origin for source in context.pack.source)
    for i, source in enumerate(context.pack.source):
        if source.origin is not None and origins[source.origin] == 1:
            what = f"only the source `{source.id}` has the origin `{source.origin}`"
            yield ("source", i, "origin"), what, "correct it, or remove `origin`"


@rule("BL201", "cited-with-one-source", WARNING)
def cited_with_one_source(context: LintContext) -> Iterator[Violation]:
    """A fact is `cited`, but its only source is not official, academic or a reference work.

    `cited` promises two independent sources, or one that settles the matter. Sources with the same
    `origin` pass on one report, and count as one. Add an independent source, or use
    `verification = "single-source-claim"`.
    """
    for path, _, fact in context.facts:
        sources = context.sources_of(fact)
        origins = {source.origin or source.id for source in sources}
        if fact.verification != "cited" or len(origins) != 1:
            continue
        if all(source.reliability not in STRONG_RELIABILITIES for source in sources):
            one = f"one source of reliability `{sources[0].reliability}`"
            same = f"sources of one origin, `{sources[0].origin}`"
            what = f"`{fact.id}` is `cited` with {one if len(sources) == 1 else same}"
            remedy = 'add an independent source, or use verification = "single-source-claim"'
            yield (*path, "verification"), what, remedy


@rule("BL202", "conflicting-without-note", WARNING)
def conflicting_without_note(context: LintContext) -> Iterator[Violation]:
    """A fact is `conflicting`, but no note explains how its sources disagree.

    Readers want to know which source says what. Explain it in `note`.
    """
    for path, _, fact in context.facts:
        if fact.verification == "conflicting" and fact.note is None:
            what = f"no note explains how the sources of `{fact.id}` disagree"
            yield (*path, "verification"), what, "explain it in `note`"
