"""Write sources as BibTeX and BibLaTeX, in UTF-8."""

from __future__ import annotations

import re

from bilatcli.citations import csl
from bilatcli.citations.bibtex_fields import BABEL_LANGUAGES, ENTRY_TYPES, MONTHS, OUTLET_FIELDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from io import StringIO
    from typing import Any

VERBATIM_FIELDS = ("url", "entrysubtype")
"""Fields that LaTeX reads literally or never prints, so they are not escaped."""

_BIBLATEX_DATE = re.compile(
    r"([0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?[?~%]?|\.\.)?(/([0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?|\.\.)?)?"
)
"""The dates that BibLaTeX supports, a part of EDTF level 1."""

_LATEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "^": r"\textasciicircum{}",
    }
)
_URL_ESCAPES = str.maketrans({character: f"%{ord(character):02X}" for character in '{}\\" <>^`|'})


def format_bibtex(
    items: Iterable[Mapping[str, Any]], keys: Mapping[str, str], *, is_biblatex: bool
) -> str:
    """Return CSL-JSON items as the text of a .bib file. `keys` has the citation key by id."""
    from pybtex.database import BibliographyData, Entry, Person
    from pybtex.database.output.bibtex import Writer

    class PlainWriter(Writer):  # type: ignore[misc]  # pybtex is untyped
        """A writer that does not escape `VERBATIM_FIELDS`."""

        def _write_field(self, stream: StringIO, type: str, value: str) -> None:
            if type in VERBATIM_FIELDS:
                stream.write(f",\n    {type} = {self.quote(value)}")
            else:
                super()._write_field(stream, type, value)

    entries = {}
    types = {csl_type: both[is_biblatex] for csl_type, both in ENTRY_TYPES.items()}
    for item in items:
        type = types.get(item["type"], "misc")
        entry = Entry(type, fields=_make_fields(item, type, is_biblatex=is_biblatex))
        if type == "misc" or list(types.values()).count(type) > 1:
            entry.fields["entrysubtype"] = item["type"]
        entry.persons["author"] = [Person(**_make_person(name)) for name in item.get("author", ())]
        entries[keys[item["id"]]] = entry
    text: str = PlainWriter(encoding="UTF-8").to_string(BibliographyData(entries))
    return text


def _make_person(name: Mapping[str, str]) -> dict[str, str]:
    """Return a name for pybtex. Braces keep a name of several words in one piece."""
    family, given = csl.get_text(name, "family"), csl.get_text(name, "given")
    if not family and not given:
        return {"last": f"{{{_escape_latex(csl.get_text(name, 'literal'))}}}"}
    last = _escape_latex(family)
    return {"last": f"{{{last}}}" if " " in family else last, "first": _escape_latex(given)}


def _escape_latex(text: str) -> str:
    return text.translate(_LATEX_ESCAPES)


def _make_fields(item: Mapping[str, Any], type: str, *, is_biblatex: bool) -> dict[str, str]:
    outlet, publisher = csl.get_outlet(item), csl.get_text(item, "publisher")
    outlet_field = OUTLET_FIELDS.get(type, "publisher")
    if is_biblatex and outlet_field == "journal":
        outlet_field = "journaltitle"
    fields = {
        # In braces a title keeps its capitals, whatever the style does to titles.
        "title": f"{{{_escape_latex(csl.get_text(item, 'title'))}}}",
        outlet_field: _escape_latex(outlet),
        **({"publisher": _escape_latex(publisher)} if publisher != outlet else {}),
        **_make_date_and_notes(item, is_biblatex=is_biblatex),
        "url": csl.get_text(item, "URL").translate(_URL_ESCAPES),
        "urldate": csl.get_date(item, "accessed"),
        **_make_language_field(item, is_biblatex=is_biblatex),
        "keywords": f"reliability: {item['custom']['reliability']}",
    }
    return {key: value for key, value in fields.items() if value and value != "{}"}


def _make_language_field(item: Mapping[str, Any], *, is_biblatex: bool) -> dict[str, str]:
    language = csl.get_text(item, "language")
    name = BABEL_LANGUAGES.get(language.lower().split("-")[0])
    return {"langid": name} if is_biblatex and name else {"language": language}


def _make_date_and_notes(item: Mapping[str, Any], *, is_biblatex: bool) -> dict[str, str]:
    """Return the fields of the date, and the archived copy in a note."""
    fields = _format_biblatex_date(item) if is_biblatex else _format_bibtex_date(item)
    url = csl.get_text(item, "archive_location").translate(_URL_ESCAPES)
    if url:
        note_field = "addendum" if is_biblatex else "note"
        date = csl.get_archive_date(item)
        copy = f"archived{f' {_escape_latex(date)}' if date else ''} at \\url{{{url}}}"
        before = fields.get(note_field)
        fields[note_field] = f"{before}; {copy}" if before else copy
    return fields


def _format_biblatex_date(item: Mapping[str, Any]) -> dict[str, str]:
    """Return the field of the date. If BibLaTeX does not support it, a note has the whole date."""
    date = csl.get_date(item, "issued")
    if _BIBLATEX_DATE.fullmatch(date):
        return {"date": date.replace("/..", "/").removeprefix("..")}
    parts = csl.get_date_parts(item, "issued")
    return {"date": f"{parts[0][0]:04d}" if parts else "", "note": f"date: {_escape_latex(date)}"}


def _format_bibtex_date(item: Mapping[str, Any]) -> dict[str, str]:
    """Return year, month and day. If they do not say it all, a note has the whole date."""
    date = item.get("issued") or {}
    parts = csl.get_date_parts(item, "issued")
    note = {"note": f"date: {_escape_latex(csl.get_date(item, 'issued'))}"}
    if not parts:
        return note if "literal" in date else {}
    years = "–".join(dict.fromkeys(f"{end[0]:04d}" for end in parts))
    names = (MONTHS[end[1] - 1] for end in parts if len(end) > 1 and end[1] in range(1, 13))
    months = "–".join(dict.fromkeys(names))
    has_several_years = "–" in years
    is_more_than_months = len(parts) > 1 and (
        has_several_years or any(len(end) > 2 for end in parts)
    )
    return {
        "year": f"about {years}" if date.get("circa") else years,
        # Two months of two years would read as one period of each year.
        "month": "" if has_several_years else months,
        "day": str(parts[0][2]) if len(parts) == 1 and len(parts[0]) > 2 else "",
        **(note if "literal" in date or is_more_than_months else {}),
    }
