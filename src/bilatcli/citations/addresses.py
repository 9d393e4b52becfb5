"""Find the address of a work in the fields of a reference, and its DOI in whatever form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import quote, unquote

from bilatcli.packs.value_types import is_web_address
from bilatcli.urls import has_credentials

DOI_CHARACTERS = "/:;()._-"
"""Characters of a DOI, besides letters and digits, that an address may have as they are."""

_DOI = re.compile(r"(10\.[0-9]+(?:\.[0-9]+)*)\s*/\s*(\S*[^\s.,;])")
"""A DOI, whatever is before it: its name, the address of a resolver or of a library's proxy."""
_SHORT_DOI = re.compile(
    r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10/[a-z0-9]+)", re.IGNORECASE
)
"""A DOI that https://shortdoi.org has made."""
_NOTED_DOI = re.compile(
    r"(?:https?://)?(?:\bdx\.)?\bdoi(?:\.org/|\b)[^\w<]*(<?10\.[0-9].*)", re.IGNORECASE | re.DOTALL
)
"""A DOI in a note, which must say that it is one."""
_NOTED_ADDRESS = re.compile(
    r"(?:(?:available (?:at|from|online)|retrieved from|url|online)\b:?\s*)?<?(https?://[^\s>]+)>?",
    re.IGNORECASE,
)
"""A note that is no more than the address of the work."""
SEPARATOR = re.compile(r"[;,]?\s+(?=https?:)|;(?=https?:)")
"""What separates addresses. A semicolon before anything else is a part of an address."""
_PAIRS = (("<", ">"), ("(", ")"), ("[", "]"), ("{", "}"))


class Addresses(NamedTuple):
    """The fields of a reference that may have its address."""

    url: str
    doi: str
    note: str

    def find_url(self) -> str:
        """Return the address of a work, of its DOI, or the one in its note; empty if none."""
        if url := next(filter(None, map(keep_address, self._split())), ""):
            return url
        if doi := self._find_doi():
            return f"https://doi.org/{quote(doi, safe=DOI_CHARACTERS)}"
        noted = _NOTED_ADDRESS.fullmatch(self.note)
        return keep_address(noted[1].rstrip(".")) if noted else ""

    def find_lost(self, url: str) -> Iterator[str]:
        """Yield the fields that say more than the address `url`, which was found in them."""
        found = unquote(url)
        addresses = [each for each in self._split() if each]
        if url and any(keep_address(each) != url for each in addresses):
            is_doi = len(addresses) == 1 and found.endswith(find_doi(addresses[0]) or "?")
            yield from () if is_doi else ("URL",)
        if self.doi and not found.endswith(find_doi(self.doi) or self.doi):
            yield "DOI"
        noted = _NOTED_DOI.search(self.note)
        doi = find_doi(noted[1]) if noted else ""
        rest = self.note[: noted.start()] + noted[1].replace(doi, "") if noted else self.note
        is_used = found.endswith(doi or "?") or found == unquote(_strip_note(self.note))
        if self.note and not (is_used and (not noted or not rest.strip(" .,;<>"))):
            yield "note"

    def _split(self) -> list[str]:
        return SEPARATOR.split(self.url.replace("&amp;", "&"))

    def _find_doi(self) -> str:
        noted = _NOTED_DOI.search(self.note)
        texts = (self.doi, *self._split(), noted[1] if noted else "")
        return next(filter(None, map(find_doi, texts)), "")


def find_doi(text: str) -> str:
    """Return the DOI in a text; empty if there is none.

    >>> find_doi("DOI <10.1000/182>."), find_doi("https://dx.doi.org/10.1000%2F182?a=b")
    ('10.1000/182', '10.1000/182')
    """
    text = unescape(unquote(text)).strip()
    if short := _SHORT_DOI.fullmatch(text):
        return short[1]
    found = _DOI.search(text)
    if found is None:
        return ""
    suffix = found[2]
    if "doi.org/" in text[: found.start()].lower():
        suffix = suffix.partition("?")[0]
    for opening, closing in _PAIRS:
        while suffix.endswith(closing) and suffix.count(opening) < suffix.count(closing):
            suffix = suffix[:-1].rstrip(".,;")
    return f"{found[1]}/{suffix}" if suffix else ""


def keep_address(text: str) -> str:
    """Return an address of the web that a pack may have; empty for another text."""
    return text if is_web_address(text) and not has_credentials(text) else ""


def _strip_note(note: str) -> str:
    found = _NOTED_ADDRESS.fullmatch(note)
    return found[1].rstrip(".") if found else note
