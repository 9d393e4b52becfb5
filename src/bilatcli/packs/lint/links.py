"""Rules on what web addresses answered. They find nothing unless `check --links` asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilatcli.packs.lint.base import NOTE, WARNING, LintContext, Violation, rule
from bilatcli.packs.models import Pack
from bilatcli.packs.positions import Path
from bilatcli.urls import display_url

OK, MOVED, GONE, REFUSED = "ok", "moved", "gone", "refused"
NO_ANSWER, SKIPPED = "no_answer", "skipped"
LINK_KINDS = (OK, MOVED, GONE, REFUSED, NO_ANSWER, SKIPPED)
"""What an address can answer. An address is `skipped` if its host is known to refuse robots."""

LINK_CODES = frozenset({"BL401", "BL402", "BL403", "BL404"})
"""The rules of this module."""

ADDRESS_KEYS = ("url", "archive_url")
"""The keys of a source that are web addresses."""


class _AskedLink(NamedTuple):
    """An address of a source, with the key and path that it has there, and a detail."""

    path: Path
    source: str
    key: str
    detail: str


def list_addresses(packs: Iterable[Pack]) -> list[str]:
    """Return the web addresses of the sources of packs, each once."""
    sources = (source for pack in packs for source in pack.source)
    found = (getattr(source, key) for source in sources for key in ADDRESS_KEYS)
    return list(dict.fromkeys(filter(None, found)))


def _find_links(context: LintContext, kind: str) -> Iterator[_AskedLink]:
    """Yield the addresses in a pack that had an answer of this kind."""
    for i, source in enumerate(context.pack.source):
        for key in ADDRESS_KEYS:
            answer = context.links.get(getattr(source, key) or "")
            if answer is not None and answer.kind == kind:
                yield _AskedLink(("source", i, key), source.id, key, answer.detail)


@rule("BL401", "link-gone", WARNING)
def link_gone(context: LintContext) -> Iterator[Violation]:
    """A page is gone: its address answers 404 or 410, or leads to the front page of a site.

    Readers cannot check the facts that rest on it. Find the new address of the page, or add
    `archive_url` with a copy of it. An address whose source has an archived copy is not reported,
    unless the copy is gone too. Found only with `--links`.
    """
    gone = list(_find_links(context, GONE))
    gone_copies = {each.source for each in gone if each.key == "archive_url"}
    for path, id, key, detail in gone:
        source = context.sources[id]
        if key == "url" and source.archive_url is not None and id not in gone_copies:
            continue
        what = f"the `{key}` of `{id}` is gone ({detail})"
        yield path, what, "find the new address of the page, or an archived copy"


@rule("BL402", "link-moved", NOTE)
def link_moved(context: LintContext) -> Iterator[Violation]:
    """An address redirects permanently to another one.

    The old address may stop working. Open the new one, see that it is the same page, and write it
    in place of the old one. A change to `https`, a leading `www.` or a trailing slash does not
    count. Found only with `--links`.
    """
    for path, id, key, new in _find_links(context, MOVED):
        what = f"the `{key}` of `{id}` has moved to {display_url(new)}"
        yield path, what, "see that it is the same page, and write the new address"


@rule("BL403", "link-refused", NOTE)
def link_refused(context: LintContext) -> Iterator[Violation]:
    """A host refuses to answer a program, for example with 401, 403 or 429.

    The page may be there for readers. Open it in a browser. If a host refuses every time, add it to
    `packs/lint/refusing-hosts.toml` with the day, and it is not asked again. Found only with
    `--links`.
    """
    for path, id, key, detail in _find_links(context, REFUSED):
        what = f"the host refuses the `{key}` of `{id}` to programs ({detail})"
        yield path, what, "open it in a browser"


@rule("BL404", "link-without-answer", WARNING)
def link_without_answer(context: LintContext) -> Iterator[Violation]:
    """An address gives no answer: no host has its name, the host is silent, or it fails.

    This may pass. Try again on another day, and if nothing changes, treat the page as gone. Hosts
    that are not public, such as `localhost`, are not asked. Found only with `--links`.
    """
    for path, id, key, detail in _find_links(context, NO_ANSWER):
        what = f"the `{key}` of `{id}` gives no answer ({detail})"
        yield path, what, "try again on another day, or find another address"
