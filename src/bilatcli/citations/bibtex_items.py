"""Turn the fields of a BibTeX or BibLaTeX entry into a CSL-JSON item: names, dates, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bilatcli.citations import csl
from bilatcli.citations.bibtex_fields import CSL_FIELDS, CSL_TYPES
from bilatcli.citations.bibtex_names import parse_names
from bilatcli.citations.dates import parse_date_text, parse_month_date, parse_old_edtf
from bilatcli.citations.latex import find_address, latex_to_text

ROLES = ("author", "editor", "translator", "bookauthor")
"""Fields with names."""

_ADDRESS = re.compile(r"\\(?:url|href)\s*\{|^\s*https?://\S+\s*$")
_USED = ("langid", "language", "year", "month", "day", "date", "urldate", "url")
_SUBTITLES = {"title": "subtitle", "booktitle": "booksubtitle", "journaltitle": "journalsubtitle"}
_TITLE_END = (".", "?", "!", ":", ";", "–", "—")
_EPRINTS = {
    "arxiv": "https://arxiv.org/abs/",
    "hdl": "https://hdl.handle.net/",
    "jstor": "https://www.jstor.org/stable/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
}
"""The address before the number of a work in an archive."""


def to_item(
    entry_type: str, key: str, fields: Mapping[str, str], problems: list[str]
) -> dict[str, Any]:
    """Return an entry as an item; `problems` gets what could not be read.

    The values of `fields` are LaTeX, without outer braces. No value is blank.
    """
    fields = dict(fields)
    address = find_address(fields.get("url", ""))
    if _ADDRESS.search(fields.get("howpublished", "")):
        published = find_address(fields.pop("howpublished"))
        if address and published != address:
            problems.append(f"the address `{published}` is left out")
        address = address or published
    type = CSL_TYPES.get(entry_type, "webpage" if address else "document")
    notes = [fields.pop(name) for name in ("note", "addendum") if name in fields]
    item: dict[str, Any] = {
        "id": key,
        "type": fields.pop("entrysubtype", type),
        "note": "; ".join(latex_to_text(note, problems) for note in notes),
        "issued": {"raw": _find_date(fields, problems)},
        "accessed": {"raw": fields.get("urldate", "").strip()},
        "URL": address,
        "language": fields.get("langid") or fields.get("language", ""),
    }
    for role in ROLES:
        item[role] = list(parse_names(fields.pop(role, ""), role, problems))
    _join_subtitles(fields)
    if not address and "doi" not in fields:
        item["URL"] = _find_eprint(fields)
    for name, value in fields.items():
        if name not in _USED:
            text = find_address(value) if name == "doi" else latex_to_text(value, problems)
            csl.set_field(item, CSL_FIELDS.get(name, name), name, text)
    return {field: value for field, value in item.items() if value not in ("", [], {"raw": ""})}


def _join_subtitles(fields: dict[str, str]) -> None:
    """Append the subtitles of a work, its book and its periodical to their titles."""
    for name, subtitle in _SUBTITLES.items():
        if name in fields and subtitle in fields:
            title = fields[name].strip()
            mark = "" if title.rstrip("}").endswith(_TITLE_END) else ":"
            fields[name] = f"{title}{mark} {fields.pop(subtitle)}"


def _find_eprint(fields: dict[str, str]) -> str:
    """Take the number of a work in an archive, and return its address; empty if unknown."""
    archive = next((fields[key] for key in ("eprinttype", "archiveprefix") if key in fields), "")
    start = _EPRINTS.get(archive.strip("{} ").lower())
    number = find_address(fields.get("eprint", ""))
    if not start or not number:
        return ""
    for key in ("eprint", "eprinttype", "archiveprefix"):
        fields.pop(key, None)
    return start + re.sub(r"^[a-z]+:", "", number, flags=re.IGNORECASE)


def _find_date(fields: Mapping[str, str], problems: list[str]) -> str:
    """Return the date as EDTF: `date`, or else year, month and day, or the year as it is.

    `problems` gets what of it is not in the result.
    """
    date = fields.get("date", "").strip()
    text = latex_to_text(date)
    for found in map(parse_old_edtf, (date, text.replace("–", "/"))):
        if found:
            return found
    year, month, day = (latex_to_text(fields.get(name, "")) for name in ("year", "month", "day"))
    found = parse_date_text(text) or parse_month_date(year, month, day)
    if date and not parse_date_text(text):
        problems.append(f"`date` is left out: `{date}` is not a date")
    elif ":" in date:
        problems.append(f"the date `{date}` is read as {found}")
    elif len(found) == len("2001") and any(map(str.isalpha, month)):
        problems.append(f"the month `{month}` is left out")
    return found or date or year
