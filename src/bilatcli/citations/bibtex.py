"""Sources as BibTeX and BibLaTeX, in UTF-8, and entries read back."""

from __future__ import annotations

import re

from bilatcli.citations import csl

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from io import StringIO
    from typing import Any

_BIBTEX = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "periodical": "article",
    "review": "article",
    "review-book": "article",
    "book": "book",
    "classic": "book",
    "musical_score": "book",
    "chapter": "incollection",
    "entry": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "collection": "proceedings",
    "document": "misc",
    "paper-conference": "inproceedings",
    "pamphlet": "booklet",
    "manuscript": "unpublished",
    "report": "techreport",
    "thesis": "phdthesis",
}
"""The type of an entry by CSL's; what is not here is `misc`."""

_BIBLATEX = {
    **_BIBTEX,
    "article": "online",
    "bill": "legislation",
    "broadcast": "video",
    "collection": "collection",
    "dataset": "dataset",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "figure": "image",
    "graphic": "image",
    "hearing": "jurisdiction",
    "interview": "misc",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "map": "image",
    "motion_picture": "movie",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "personal_communication": "letter",
    "post": "online",
    "post-weblog": "online",
    "regulation": "legislation",
    "report": "report",
    "review": "review",
    "review-book": "review",
    "software": "software",
    "song": "music",
    "speech": "unpublished",
    "standard": "standard",
    "thesis": "thesis",
    "treaty": "legal",
    "webpage": "online",
}

_WHERE = {
    "article": "journal",
    "review": "journal",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "inreference": "booktitle",
    "techreport": "institution",
    "report": "institution",
    "phdthesis": "school",
    "thesis": "institution",
    "online": "organization",
    "unpublished": "howpublished",
    "booklet": "howpublished",
    "misc": "howpublished",
}
"""The field that has a periodical, site or publisher; elsewhere it is `publisher`."""

_BABEL = (
    "ar=arabic az=azerbaijani bg=bulgarian cs=czech da=danish de=ngerman el=greek en=english es=spanish "
    "fa=persian fi=finnish fr=french he=hebrew hi=hindi hr=croatian hu=hungarian hy=armenian it=italian "
    "ja=japanese ka=georgian ko=korean nl=dutch no=norwegian pl=polish pt=portuguese ro=romanian ru=russian "
    "sr=serbian sv=swedish ta=tamil tr=turkish uk=ukrainian ur=urdu zh=chinese"
)
_LANGUAGES = {pair[:2]: pair[3:] for pair in _BABEL.split()}
"""What babel calls a language, by its code."""

_MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
_EDTF_LEVEL_1 = re.compile(
    r"([0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?[?~%]?|\.\.)?(/([0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?|\.\.)?)?"
)
"""What BibLaTeX takes for a date."""

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "^": r"\textasciicircum{}",
    }
)
_IN_ADDRESS = str.maketrans({character: f"%{ord(character):02X}" for character in '{}\\" <>^`|'})
_BRACED = re.compile(r"\{\{.*\}\}", re.DOTALL)


def text(items: Iterable[Mapping[str, Any]], keys: Mapping[str, str], *, is_biblatex: bool) -> str:
    """Return sources as the entries of a .bib file, each under its citation key."""
    from pybtex.database import BibliographyData, Entry, Person
    from pybtex.database.output.bibtex import Writer

    class Plain(Writer):  # type: ignore[misc]  # pybtex is untyped
        """Writes as they are what LaTeX takes word for word (addresses) or never prints."""

        def _write_field(self, stream: StringIO, type: str, value: str) -> None:
            if type in ("url", "entrysubtype"):
                stream.write(f",\n    {type} = {self.quote(value)}")
            else:
                super()._write_field(stream, type, value)

    entries = {}
    kinds = _BIBLATEX if is_biblatex else _BIBTEX
    for item in items:
        kind = kinds.get(item["type"], "misc")
        entry = Entry(kind, fields=_fields(item, kind, is_biblatex=is_biblatex))
        if kind == "misc" or list(kinds.values()).count(kind) > 1:
            entry.fields["entrysubtype"] = item["type"]
        entry.persons["author"] = [Person(**_person(each)) for each in item.get("author", ())]
        entries[keys[item["id"]]] = entry
    written: str = Plain(encoding="UTF-8").to_string(BibliographyData(entries))
    return written


def _person(author: Mapping[str, str]) -> dict[str, str]:
    """A name as pybtex takes it; in braces it stays in one piece."""
    family, given = csl.said(author, "family"), csl.said(author, "given")
    if family or given:
        return {
            "last": f"{{{_latex(family)}}}" if " " in family else _latex(family),
            "first": _latex(given),
        }
    return {"last": f"{{{_latex(csl.said(author, 'literal'))}}}"}


def _latex(said: str) -> str:
    return said.translate(_ESCAPES)


def _fields(item: Mapping[str, Any], kind: str, *, is_biblatex: bool) -> dict[str, str]:
    where = _WHERE.get(kind, "publisher")
    if is_biblatex:
        where = {"journal": "journaltitle"}.get(where, where)
    language = csl.said(item, "language")
    tongue = _LANGUAGES.get(language.lower().split("-")[0]) if is_biblatex else None
    publisher = csl.said(item, "publisher")
    fields = {
        # In braces a title keeps its capitals, whatever the style does to titles.
        "title": f"{{{_latex(csl.said(item, 'title'))}}}",
        where: _latex(csl.outlet(item)),
        **({"publisher": _latex(publisher)} if publisher != csl.outlet(item) else {}),
        **_noted(
            _date(item) if is_biblatex else _year(item), item, "addendum" if is_biblatex else "note"
        ),
        "url": csl.said(item, "URL").translate(_IN_ADDRESS),
        "urldate": csl.edtf(item, "accessed"),
        "langid" if tongue else "language": tongue or language,
        "keywords": f"reliability: {item['custom']['reliability']}",
    }
    return {key: value for key, value in fields.items() if value and value != "{}"}


def _noted(date: dict[str, str], item: Mapping[str, Any], key: str) -> dict[str, str]:
    """The fields of a date with what is said of an archived copy, behind what a note says already."""
    address = csl.said(item, "archive_location").translate(_IN_ADDRESS)
    if not address:
        return date
    when = csl.archived(item)
    copy = f"archived{f' {_latex(when)}' if when else ''} at \\url{{{address}}}"
    return {**date, key: f"{date[key]}; {copy}" if key in date else copy}


def _date(item: Mapping[str, Any]) -> dict[str, str]:
    """The date as BibLaTeX has it; what its EDTF cannot say stands in a note beside the year."""
    date = csl.edtf(item, "issued")
    if _EDTF_LEVEL_1.fullmatch(date):
        return {"date": date.replace("/..", "/").removeprefix("..")}
    found = csl.parts(item, "issued")
    return {"date": f"{found[0][0]:04d}" if found else "", "note": f"date: {_latex(date)}"}


def _year(item: Mapping[str, Any]) -> dict[str, str]:
    """Year and month as BibTeX has them, `about` before an uncertain year; what is more stands in a note."""
    found = csl.parts(item, "issued")
    date = item.get("issued") or {}
    note = {"note": f"date: {_latex(csl.edtf(item, 'issued'))}"} if "literal" in date else {}
    if not found:
        return note
    years = "–".join(dict.fromkeys(f"{end[0]:04d}" for end in found))
    months = "–".join(
        dict.fromkeys(
            _MONTHS[end[1] - 1] for end in found if len(end) > 1 and end[1] in range(1, 13)
        )
    )
    if len(found) > 1 and (
        len({end[0] for end in found}) > 1 or any(len(end) > 2 for end in found)
    ):
        # Two months of two years, or two days, are more than two fields can say.
        note, months = (
            {"note": f"date: {csl.edtf(item, 'issued')}"},
            months if "–" not in years else "",
        )
    day = str(found[0][2]) if len(found) == 1 and len(found[0]) > 2 else ""
    return {
        "year": f"about {years}" if date.get("circa") else years,
        "month": months,
        "day": day,
        **note,
    }


_TYPES = {
    **{kind: type for type, kind in reversed(_BIBLATEX.items()) if kind != "misc"},
    "conference": "paper-conference",
    "electronic": "webpage",
    "image": "graphic",
    "inbook": "chapter",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "mastersthesis": "thesis",
    "mvbook": "book",
    "online": "webpage",
    "phdthesis": "thesis",
    "proceedings": "book",
    "techreport": "report",
    "unpublished": "manuscript",
    "www": "webpage",
}
"""CSL's type by that of an entry; what is not here is a web page where it has an address, else a document."""

_READ = {
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "howpublished": "publisher",
    "title": "title",
    "doi": "DOI",
    "keywords": "keyword",
}
"""CSL's fields by those of an entry."""


MAX_ABBREVIATED = 10_000_000
"""Characters that the abbreviations of a file may stand for, wherever they are used, taken together."""


def read(text: str) -> list[dict[str, Any]]:
    """Return the entries of a .bib file as CSL-JSON items; dates are `raw` EDTF, other fields keep their names.

    Raises ValueError, with the number of the line behind the sentence where it is known, for what is no BibTeX.
    """
    from pybtex.database.input.bibtex import Parser
    from pybtex.exceptions import PybtexError
    from pybtex.utils import CaseInsensitiveDict

    class Macros(CaseInsensitiveDict):  # type: ignore[misc]  # pybtex is untyped
        """Hands out what abbreviations stand for, as long as it stays in bounds: one may stand for a million others."""

        left = MAX_ABBREVIATED

        def __getitem__(self, name: str) -> str:
            said: str = super().__getitem__(name)
            self.left -= len(said)
            if self.left < 0:
                raise ValueError(
                    f"its @string abbreviations stand for more than {MAX_ABBREVIATED:,} characters",
                    0,
                )
            return said

    parser = Parser()
    parser.macros = Macros(parser.macros)
    try:
        found = parser.parse_string(text)
    except PybtexError as error:
        said = str(error.args[0]) if error.args else "it cannot be read"
        raise ValueError(said, getattr(error, "lineno", None) or 0) from None
    return [_item(key, entry) for key, entry in found.entries.items()]


def _item(key: str, entry: Any) -> dict[str, Any]:
    fields = {name.lower(): value for name, value in entry.fields.items() if value.strip()}
    kind = _TYPES.get(entry.type.lower(), "webpage" if "url" in fields else "document")
    item: dict[str, Any] = {"id": key, "type": fields.pop("entrysubtype", kind)}
    item["note"] = "; ".join(
        _plain(fields.pop(name)) for name in ("note", "addendum") if name in fields
    )
    item["issued"] = {"raw": fields.pop("date", "") or _written_date(fields)}
    item["accessed"] = {"raw": fields.pop("urldate", "")}
    item["URL"] = fields.pop("url", "")
    item["language"] = _CODES.get(fields.get("langid", ""), "") or fields.get(
        "language", fields.get("langid", "")
    )
    for used in ("langid", "language", "year", "month", "day"):
        fields.pop(used, None)
    for name, value in fields.items():
        csl.keep(item, _READ.get(name, name), name, _plain(value))
    for role, people in entry.persons.items():
        item[role.lower()] = [_name(person) for person in people]
    return {field: value for field, value in item.items() if value not in ("", [], {"raw": ""})}


_CODES = {tongue: code for code, tongue in _LANGUAGES.items()} | {
    "german": "de",
    "british": "en",
    "american": "en",
}


def _written_date(fields: Mapping[str, str]) -> str:
    """Year, month and day of BibTeX as EDTF; a year that is none as it stands."""
    said = fields.get("year", "")
    year = re.search(r"[0-9]{4}", said)
    if year is None:
        return said
    month = fields.get("month", "").strip().lower()
    numbers = [
        n for n, name in enumerate(_MONTHS, 1) if month[:3] == name[:3].lower() or month == str(n)
    ]
    date = year[0] + (f"-{numbers[0]:02d}" if numbers else "")
    day = fields.get("day", "").strip()
    date += f"-{int(day):02d}" if numbers and day.isascii() and day.isdigit() else ""
    return date if said.strip() == year[0] else f"{date}?"


def _plain(value: str) -> str:
    """A field without its LaTeX; what an address says in it stays."""
    from pybtex.exceptions import PybtexError
    from pybtex.richtext import Text

    try:
        said = str(Text.from_latex(re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", value)))
    except (PybtexError, ValueError):
        said = value.replace("{", "").replace("}", "")
    return " ".join(said.replace("\\$", "$").split())


def _name(person: Any) -> dict[str, str]:
    family = _plain(" ".join([*person.prelast_names, *person.last_names]))
    given = _plain(" ".join([*person.first_names, *person.middle_names]))
    given = ", ".join(filter(None, (given, _plain(" ".join(person.lineage_names)))))
    return {"family": family, "given": given} if given else {"literal": family}
