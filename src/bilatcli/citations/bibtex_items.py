"""Turn the fields of a BibTeX or BibLaTeX entry into a CSL-JSON item: names, dates, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bilatcli.citations import csl
from bilatcli.citations.bibtex_fields import CSL_FIELDS, CSL_TYPES, LANGUAGE_CODES
from bilatcli.citations.dates import keep_edtf, parse_month_date
from bilatcli.citations.latex import find_address, latex_to_text

OTHERS = "others"
"""The name that stands for people who are not named."""
ROLES = ("author", "editor", "translator", "bookauthor")
"""Fields with names."""

_ADDRESS = re.compile(r"\\(?:url|href)\s*\{|^\s*https?://\S+\s*$")
_USED = ("langid", "language", "year", "month", "day", "date", "urldate", "url")
_NAME_PART = re.compile(r"\s*(family|given|prefix|suffix)(?:-i)?\s*=\s*(.*)", re.DOTALL)


def to_item(
    entry_type: str, key: str, fields: Mapping[str, str], problems: list[str]
) -> dict[str, Any]:
    """Return an entry as an item; `problems` gets what could not be read.

    The values of `fields` are LaTeX, without outer braces. No value is blank.
    """
    fields = dict(fields)
    address = find_address(fields.get("url", ""))
    if not address and _ADDRESS.search(fields.get("howpublished", "")):
        address = find_address(fields.pop("howpublished"))
    type = CSL_TYPES.get(entry_type, "webpage" if address else "document")
    notes = [fields.pop(name) for name in ("note", "addendum") if name in fields]
    language = fields.get("langid", "")
    item: dict[str, Any] = {
        "id": key,
        "type": fields.pop("entrysubtype", type),
        "note": "; ".join(latex_to_text(note, problems) for note in notes),
        "issued": {"raw": _find_date(fields, problems)},
        "accessed": {"raw": fields.get("urldate", "").strip()},
        "URL": address,
        "language": LANGUAGE_CODES.get(language) or fields.get("language", language),
    }
    for role in ROLES:
        item[role] = list(_parse_names(fields.pop(role, ""), role, problems))
    for name, value in fields.items():
        if name not in _USED:
            text = find_address(value) if name == "doi" else latex_to_text(value, problems)
            csl.set_field(item, CSL_FIELDS.get(name, name), name, text)
    return {field: value for field, value in item.items() if value not in ("", [], {"raw": ""})}


def _find_date(fields: Mapping[str, str], problems: list[str]) -> str:
    """Return the date as EDTF: `date`, or else year, month and day, or the year as it is."""
    date = fields.get("date", "").strip()
    for text in (date, latex_to_text(date).replace("–", "/")):
        if keep_edtf(text):
            return text
    year, month, day = (latex_to_text(fields.get(name, "")) for name in ("year", "month", "day"))
    found = parse_month_date(year, month, day)
    if date and found:
        problems.append(f"`date` is left out: `{date}` is not a date")
    return found or date or year


def _parse_names(value: str, role: str, problems: list[str]) -> Iterator[dict[str, str]]:
    """Yield the names of a field. `and` separates them, unless it is in braces."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    for name in split_multiple_persons_names(value):
        if name == OTHERS:
            problems.append(f"`and others` is left out of `{role}`")
        elif found := _parse_name(name, role, problems):
            yield found


def _parse_name(name: str, role: str, problems: list[str]) -> dict[str, str]:
    """Return a CSL name for `Last, First`, `Last, Jr, First`, `First Last` or `family=…, given=…`.

    A name in braces is one piece.
    """
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    if _NAME_PART.match(name):
        return _parse_labelled_name(name)
    try:
        found = parse_single_name_into_parts(name)
    except InvalidNameError:
        problems.append(f"`{latex_to_text(name)}` in `{role}` is not a name in BibTeX")
        found = parse_single_name_into_parts(name, strict=False)
    parts = (found.von + found.last, found.first, found.jr)
    family, given, suffix = (latex_to_text(" ".join(part), problems) for part in parts)
    if not given and not suffix:
        return {"literal": family} if family else {}
    values = {"family": family, "given": given, "suffix": suffix}
    return {key: value for key, value in values.items() if value}


def _parse_labelled_name(name: str) -> dict[str, str]:
    """Return a CSL name for BibLaTeX's `family=Gaulle, given=Charles, prefix=de`."""
    keys = {"prefix": "non-dropping-particle"}
    matches = filter(None, map(_NAME_PART.fullmatch, name.split(",")))
    found = {keys.get(each[1], each[1]): latex_to_text(each[2]) for each in matches}
    return {key: value for key, value in found.items() if value}
