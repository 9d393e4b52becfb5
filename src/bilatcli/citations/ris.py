"""Write sources as RIS, and read RIS references."""

from __future__ import annotations

import re

from bilatcli.citations import csl
from bilatcli.citations.addresses import SEPARATOR, find_doi
from bilatcli.citations.dates import SEASONS, parse_date_text
from bilatcli.citations.references import Reference
from bilatcli.citations.ris_lines import RisLines, RisSplitter
from bilatcli.text import make_printable
from bilatcli.vocabulary import SOURCE_TYPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

RIS_TYPES = {
    "article": "EJOUR",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "collection": "SER",
    "dataset": "DATA",
    "entry": "ENCYC",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "regulation": "LEGAL",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "software": "COMP",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    "treaty": "LEGAL",
    "webpage": "ELEC",
}
"""The type of a reference by CSL's. All other types are `GEN`. The tag `M3` has CSL's type."""

_READ_TYPES = """
    ABST=article-journal INPR=article-journal CONF=paper-conference EBOOK=book EDBOOK=book
    ECHAP=chapter CTLG=book GOVDOC=report WEB=webpage MULTI=webpage UNPB=manuscript UNPD=manuscript
    SLIDE=speech STD=standard DBASE=dataset AGGR=dataset CHART=figure UNBILL=bill ANCIENT=classic
"""
CSL_TYPES = {ris: csl_type for csl_type, ris in reversed(RIS_TYPES.items())} | dict(
    pair.split("=") for pair in _READ_TYPES.split()
)
"""CSL's type by that of a reference. The first type of the table wins."""

CSL_FIELDS = {
    "primary_title": "title",
    "title": "title",
    "secondary_title": "container-title",
    "journal_name": "container-title",
    "alternate_title3": "container-title",
    "publisher": "publisher",
    "language": "language",
    "doi": "DOI",
}
"""CSL's field by rispy's. All other fields keep rispy's names."""

ARCHIVE_TAG = "AV"
"""The tag for the location in an archive, which rispy does not know."""

_FULL_NAME = re.compile(r"\s*[^\W\d_][^,]*,\s*[^\W\d_][^,]*")
BOOK_TITLE_TAG = "BT"
DOI_TAGS = ("DI", "L3", "M3")
"""Tags in which some programs write a DOI."""
OTHER_TAGS = (ARCHIVE_TAG, BOOK_TITLE_TAG, *DOI_TAGS, "CT", "ED", "PP")
"""Tags that programs use and rispy does not know."""
LIST_FIELDS = (
    *("first_authors", "authors", "secondary_authors", "tertiary_authors", "subsidiary_authors"),
    *("keywords", "notes", "urls", "unknown_tag"),
)
"""Fields of rispy that may have several values."""


def format_ris(items: Iterable[Mapping[str, Any]], keys: Mapping[str, str]) -> str:
    """Return CSL-JSON items as RIS references. `keys` has the citation key by id."""
    import rispy

    class PlainWriter(rispy.RisWriter):  # type: ignore[misc]  # rispy is untyped
        """A writer without numbers between the references, which some programs cannot read."""

        def set_header(self, count: int) -> str:  # noqa: ARG002 -- rispy's signature
            return ""

    references = [_to_reference(item, keys[item["id"]]) for item in items]
    return rispy.dumps(references, implementation=PlainWriter) if references else ""


def _to_reference(item: Mapping[str, Any], key: str) -> dict[str, Any]:
    issued = csl.get_date_parts(item, "issued")
    url, archive = csl.get_text(item, "URL"), csl.get_text(item, "archive_location")
    reference = {
        "type_of_reference": RIS_TYPES.get(item["type"], "GEN"),
        "id": key,
        "authors": [
            make_printable(csl.format_name(name)).strip() for name in item.get("author", ())
        ],
        "title": csl.get_text(item, "title"),
        "secondary_title": csl.get_text(item, "container-title"),
        "publisher": csl.get_text(item, "publisher"),
        "edition": csl.get_text(item, "version"),
        "year": f"{issued[0][0]:04d}" if issued else "",
        "date": _format_ris_date(issued[0]) if issued else "",
        "access_date": "".join(map(_format_ris_date, csl.get_date_parts(item, "accessed")[:1])),
        "urls": [url] if url else [],
        "unknown_tag": {ARCHIVE_TAG: [archive]} if archive else {},
        "language": csl.get_text(item, "language"),
        "type_of_work": item["type"],
        "keywords": [csl.get_keywords(item)],
        "notes": _make_notes(item),
    }
    return {label: value for label, value in reference.items() if value}


def _make_notes(item: Mapping[str, Any]) -> list[str]:
    """Return notes on what RIS has no field for: a date beyond one day, and an archived copy."""
    date, archived = csl.get_date(item, "issued"), csl.get_archive_date(item)
    is_more_than_day = "literal" in (item.get("issued") or {}) or "?" in date or "/" in date
    notes = [f"date: {date}"] if is_more_than_day else []
    notes += [f"archived: {archived}"] if archived else []
    own = csl.get_text(item, "note")
    return [*notes, own] if own else notes


def _format_ris_date(parts: list[int]) -> str:
    """Return a date as `YYYY/MM/DD/season`. An unknown month or day is empty."""
    year, month, day = [*(f"{part:02d}" for part in parts), "", ""][:3]
    seasons = {f"{number}": name for name, number in SEASONS.items()}
    if month in seasons:
        return f"{int(year):04d}///{seasons[month]}"
    return f"{int(year):04d}/{month}/{day}/"


def parse_ris(text: str) -> list[Reference]:
    """Return the references of a RIS file. Those that cannot be read have only a problem.

    Dates are EDTF under `raw`. Fields that CSL does not have keep rispy's names. Raises ValueError
    with the problem and the number of the line if the text is not RIS.
    """
    import rispy
    from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING

    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    known = {*TAG_KEY_MAPPING, *OTHER_TAGS}
    # Addresses may have a semicolon, so rispy must not split them there.
    parser = rispy.RisParser(delimiter_tags_mapping={}, enforce_list_tags=False)
    found: list[Reference] = []
    for each in RisSplitter(text, known, LIST_TYPE_TAGS).found:
        if not each.is_reference or len(each.lines) == 1:
            problem = each.problems[0] if each.problems else "it has no lines after `TY  - `"
            found.append(Reference(None, each.line, (problem, *each.problems[1:])))
        else:
            (reference,) = parser.parse_lines(iter([*each.lines, "ER  - "]))
            found.append(_read_reference(reference, each))
    return found


def _read_reference(reference: dict[str, Any], source: RisLines) -> Reference:
    rest, repeated = _take_first_values(reference)
    problems = [f"`{name}` is given twice, so the first one is kept" for name in repeated]
    ris_type, own_type = rest.pop("type_of_reference", ""), rest.pop("type_of_work", "")
    names = [*rest.pop("first_authors", []), *rest.pop("authors", [])]
    urls = [url for text in rest.pop("urls", []) for url in SEPARATOR.split(text)]
    issued, date_problems = _find_date(rest)
    type = own_type if own_type in SOURCE_TYPES else CSL_TYPES.get(ris_type.upper(), "document")
    others = {tag: " ".join(texts) for tag, texts in rest.pop("unknown_tag", {}).items()}
    item: dict[str, Any] = {
        "id": rest.pop("id", ""),
        "type": type,
        "author": [csl.parse_name(name) for text in names for name in _split_names(text)],
        "issued": {"raw": issued},
        "accessed": {"raw": parse_date_text(rest.pop("access_date", ""))},
        "URL": urls[0] if urls else "",
        "archive_location": others.pop(ARCHIVE_TAG, ""),
        "keyword": ", ".join(rest.pop("keywords", [])),
        "note": "; ".join(rest.pop("notes", [])),
        "urls": urls[1:],
    }
    item = {field: value for field, value in item.items() if value not in ("", [], {"raw": ""})}
    if own_type not in ("", type):
        others["M3"] = own_type
    for name, value in [*rest.items(), *others.items()]:
        if value:
            is_doi = name in DOI_TAGS and "DOI" not in item and find_doi(value)
            csl.set_field(item, "DOI" if is_doi else CSL_FIELDS.get(name, name), name, value)
    _move_titles(item)
    return Reference(item, source.line, (*source.problems, *problems, *date_problems))


def _take_first_values(reference: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return a reference in which each field has one value, and the names of those that had more.

    Only the fields that may have several values are lists.
    """
    first, repeated = dict(reference), []
    for name, value in reference.items():
        if isinstance(value, list) and name not in LIST_FIELDS:
            first[name] = next(filter(None, value), "")
            if len(set(filter(None, value))) > 1:
                repeated.append(name)
    return first, repeated


def _split_names(text: str) -> list[str]:
    """Return the names of one line, which some programs separate with semicolons."""
    names = text.split(";")
    return list(map(str.strip, names)) if all(map(_FULL_NAME.fullmatch, names)) else [text]


def _move_titles(item: dict[str, Any]) -> None:
    """Use the title of a book or an abbreviated one where there is no other."""
    if book := item.pop(BOOK_TITLE_TAG, ""):
        csl.set_field(item, "container-title" if "title" in item else "title", "BT", book)
    for name in ("alternate_title1", "alternate_title2"):
        if name in item and "container-title" not in item:
            item["container-title"] = item.pop(name)


def _find_date(rest: dict[str, Any]) -> tuple[str, list[str]]:
    """Take the dates of issue from a reference; return the most exact one as EDTF, and problems.

    `DA`, `Y1` and `PY` may all have one. One that says something else is a problem.
    """
    texts = [rest.pop(name, "") for name in ("date", "publication_year", "year")]
    dates = [parse_date_text(text) for text in texts]
    issued = max(dates, key=len)
    problems = [
        f"`{text}` is left out: it is not a date" if not date else f"the date `{text}` is left out"
        for text, date in zip(texts, dates, strict=True)
        if text and not (date and issued.startswith(date))
    ]
    return issued, problems
