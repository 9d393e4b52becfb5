"""Write sources as BibTeX and BibLaTeX, in UTF-8."""

from __future__ import annotations

import re
from itertools import accumulate

from bilatcli.citations import csl
from bilatcli.citations.bibtex_fields import BABEL_LANGUAGES, ENTRY_TYPES, MONTHS, OUTLET_FIELDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

VERBATIM_FIELDS = ("url", "urldate", "date", "entrysubtype")
"""Fields that LaTeX reads literally or never prints, so they are not escaped."""

_DATE = (
    r"(?:[0-9]{2}XX|[0-9]{3}X"
    r"|[0-9]{4}(?:-2[1-4]|-(?:0[1-9]|1[0-2]|XX)(?:-(?:[0-3][0-9]|XX))?)?)[?~%]?|\.\."
)
_BIBLATEX_DATE = re.compile(rf"(?:{_DATE})?(?:/(?:{_DATE})?)?")
"""The dates that BibLaTeX supports, a part of EDTF level 1."""

_LATEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        **{character: f"\\{character}" for character in "$%&#_"},
    }
)
_BRACES = str.maketrans({"{": r"\{", "}": r"\}"})
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)")
"""Where LaTeX would make a dash, a quotation mark or a turned mark of two characters."""
_NEEDS_BRACES = re.compile(r"[,=]|\band\b", re.IGNORECASE)
"""What would separate names or their parts."""
_LIST = re.compile(r"\s(?:and|others)\s", re.IGNORECASE)
"""What would make several publishers of one."""
_URL_ESCAPES = str.maketrans({character: f"%{ord(character):02X}" for character in '{}\\" <>^`|'})


def format_bibtex(
    items: Iterable[Mapping[str, Any]], keys: Mapping[str, str], *, is_biblatex: bool
) -> str:
    """Return CSL-JSON items as the text of a .bib file. `keys` has the citation key by id."""
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field
    from bibtexparser.writer import BibtexFormat, write

    library, layout = Library(), BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent, layout.block_separator = "    ", "\n"
    types = {csl_type: both[is_biblatex] for csl_type, both in ENTRY_TYPES.items()}
    for item in items:
        type = types.get(item["type"], "misc")
        fields = {"author": " and ".join(map(_format_name, item.get("author", ())))}
        fields |= _make_fields(item, type, is_biblatex=is_biblatex)
        if type == "misc" or list(types.values()).count(type) > 1:
            fields["entrysubtype"] = item["type"]
        quoted = [Field(name, _quote(value)) for name, value in fields.items() if value]
        library.add(Entry(type, keys[item["id"]], quoted))
    text: str = write(library, layout)
    return text


def _quote(value: str) -> str:
    return f"{{{value}}}" if '"' in value else f'"{value}"'


def _format_name(name: Mapping[str, str]) -> str:
    """Return a name as `Last, First` or `Last, Jr, First`. Braces keep a name in one piece."""
    family, given = csl.get_text(name, "family"), csl.get_text(name, "given")
    suffix = csl.get_text(name, "suffix")
    if not family and not given:
        return f"{{{_escape_latex(csl.get_text(name, 'literal'))}}}"
    is_one_piece = " " in family or _NEEDS_BRACES.search(family)
    last = f"{{{_escape_latex(family)}}}" if is_one_piece else _escape_latex(family)
    return ", ".join(filter(None, (last, _escape_latex(suffix), _format_given(given))))


def _format_given(given: str) -> str:
    escaped = _escape_latex(given)
    return f"{{{escaped}}}" if _NEEDS_BRACES.search(given) else escaped


def _escape_latex(text: str) -> str:
    """Return a text in LaTeX. BibTeX counts braces, so those that do not match become commands."""
    escapes = _LATEX_ESCAPES | _BRACES if _has_matching_braces(text) else _LATEX_ESCAPES
    return _LIGATURES.sub("{}", text.translate(escapes))


def _has_matching_braces(text: str) -> bool:
    depths = accumulate({"{": 1, "}": -1}.get(character, 0) for character in text)
    return min(*depths, 0, 0) == 0 and text.count("{") == text.count("}")


def _escape_outlet(text: str, *, is_title: bool = False) -> str:
    """Return the name of an outlet, in braces if it would be read as several.

    The title of a book of several words is in braces too, since some styles change its capitals.
    """
    escaped = _escape_latex(text)
    is_changed = _LIST.search(f" {text} ") or (is_title and " " in text)
    return f"{{{escaped}}}" if is_changed else escaped


def _make_fields(item: Mapping[str, Any], type: str, *, is_biblatex: bool) -> dict[str, str]:
    outlet, publisher = csl.get_outlet(item), csl.get_text(item, "publisher")
    outlet_field = OUTLET_FIELDS.get(type, "publisher")
    if is_biblatex and outlet_field == "journal":
        outlet_field = "journaltitle"
    fields = {
        # In braces a title keeps its capitals, whatever the style does to titles.
        "title": f"{{{_escape_latex(csl.get_text(item, 'title'))}}}",
        outlet_field: _escape_outlet(outlet, is_title=outlet_field == "booktitle"),
        **({"publisher": _escape_outlet(publisher)} if publisher != outlet else {}),
        **({"version": _escape_latex(csl.get_text(item, "version"))} if is_biblatex else {}),
        **_make_date_and_notes(item, is_biblatex=is_biblatex),
        "url": csl.get_text(item, "URL").translate(_URL_ESCAPES),
        "urldate": csl.get_date(item, "accessed"),
        **_make_language_field(item, is_biblatex=is_biblatex),
        "keywords": csl.get_keywords(item),
    }
    return {key: value for key, value in fields.items() if value and value != "{}"}


def _make_language_field(item: Mapping[str, Any], *, is_biblatex: bool) -> dict[str, str]:
    language = csl.get_text(item, "language")
    name = BABEL_LANGUAGES.get(language.lower().split("-")[0])
    return {"langid": name} if is_biblatex and name else {"language": _escape_latex(language)}


def _make_date_and_notes(item: Mapping[str, Any], *, is_biblatex: bool) -> dict[str, str]:
    """Return the fields of the date, and the archived copy and the item's own note in a note."""
    fields = _format_biblatex_date(item) if is_biblatex else _format_bibtex_date(item)
    if own := _escape_latex(csl.get_text(item, "note")):
        fields["note"] = f"{fields['note']}; {own}" if fields.get("note") else own
    url = csl.get_text(item, "archive_location").translate(_URL_ESCAPES)
    if url:
        note_field = "addendum" if is_biblatex else "note"
        date = csl.get_archive_date(item)
        day = f" {_escape_latex(date)}" if date else ""
        # Within an argument of LaTeX, `\url` needs a backslash before these.
        address = url.replace("%", r"\%").replace("#", r"\#")
        copy = f"archived{day} at \\url{{{address}}}"
        before = fields.get(note_field)
        fields[note_field] = f"{before}; {copy}" if before else copy
    return fields


def _format_biblatex_date(item: Mapping[str, Any]) -> dict[str, str]:
    """Return the field of the date. If BibLaTeX does not support it, a note has the whole date."""
    date = csl.get_date(item, "issued")
    if _BIBLATEX_DATE.fullmatch(date):
        # BibLaTeX writes an open end as an unknown one.
        short = date.replace("/..", "/").removeprefix("..")
        note = {} if short == date else {"note": f"date: {_escape_latex(date)}"}
        return {"date": short, **note}
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
    has_season = any(len(end) > 1 and end[1] > len(MONTHS) for end in parts)
    is_more_than_months = len(parts) > 1 and (
        has_several_years or any(len(end) > 2 for end in parts)
    )
    return {
        "year": f"about {years}" if date.get("circa") else years,
        # Two months of two years would read as one period of each year.
        "month": "" if has_several_years else months,
        "day": str(parts[0][2]) if len(parts) == 1 and len(parts[0]) > 2 else "",
        **(note if "literal" in date or is_more_than_months or has_season else {}),
    }
