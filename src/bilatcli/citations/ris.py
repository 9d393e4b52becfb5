"""Write sources as RIS, and read RIS references."""

from __future__ import annotations

import re

from bilatcli.citations import csl
from bilatcli.citations.dates import SEASONS, parse_ris_date
from bilatcli.citations.references import Reference
from bilatcli.text import make_printable
from bilatcli.vocabulary import SOURCE_TYPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
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

CSL_TYPES = {ris: csl_type for csl_type, ris in reversed(RIS_TYPES.items())}
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

_FIRST_LINE = re.compile(r"[ \r\n\t0-9.]*TY {1,2}-")
_NARROW_TAG = re.compile(r"^TY -", re.MULTILINE)
"""A tag with one blank, as some programs write all their tags."""
_ANY_TAG = re.compile(r"^([A-Z][A-Z0-9]) {1,2}- ?", re.MULTILINE)
_ADDRESSES = re.compile(r"\s*;\s*(?=https?:)")
"""What separates addresses. A semicolon before anything else is a part of an address."""


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
    """Return the references of a RIS file.

    Dates are EDTF under `raw`. Fields that CSL does not have keep rispy's names. Raises ValueError
    with the problem and the number of the line if the text is not RIS.
    """
    import rispy

    # Addresses may have a semicolon, so rispy must not split them there.
    parser = rispy.RisParser(delimiter_tags_mapping={})
    if not _FIRST_LINE.match(text):
        raise ValueError("a reference starts with `TY  - `", 1)
    if _NARROW_TAG.search(text):
        text = _ANY_TAG.sub(r"\1  - ", text)
    lines, starts = _check_lines(text, lambda line: parser.parse_line(line)[0])
    references = parser.parse_lines(iter(lines))
    return [_read_reference(*each) for each in zip(references, starts, strict=True)]


def _check_lines(text: str, tag_of: Callable[[str], str | None]) -> tuple[list[str], list[int]]:
    """Return the lines that are not blank, and the numbers of those that start a reference.

    Raises ValueError for a reference or line that rispy would skip silently or fail on.
    """
    kept: list[str] = []
    starts: list[int] = []
    is_inside = False
    for number, line in enumerate(text.split("\n"), 1):
        tag = tag_of(line)
        if tag == "TY" and is_inside:
            problem = f"the reference of line {starts[-1]} does not end with `ER  - `"
            raise ValueError(f"{problem} before the next one", number)
        if tag not in ("TY", None) and not is_inside:
            raise ValueError(
                "this line is outside of a reference, which starts with `TY  - `", number
            )
        if tag is None and is_inside and line.strip() and kept[-1].startswith("TY"):
            raise ValueError("this line does not start with a tag, such as `TI  - `", number)
        if line.strip():
            kept.append(line)
        if tag == "TY":
            starts.append(number)
        is_inside = tag == "TY" or (is_inside and tag != "ER")
    if is_inside:
        raise ValueError("the last reference does not end with `ER  - `", starts[-1])
    return kept, starts


def _read_reference(reference: dict[str, Any], line: int) -> Reference:
    rest = dict(reference)
    ris_type, own_type = rest.pop("type_of_reference", ""), rest.pop("type_of_work", "")
    names = [*rest.pop("first_authors", []), *rest.pop("authors", [])]
    urls = [url for text in rest.pop("urls", []) for url in _ADDRESSES.split(text)]
    issued, problems = _find_date(rest)
    item: dict[str, Any] = {
        "id": rest.pop("id", ""),
        "type": own_type if own_type in SOURCE_TYPES else CSL_TYPES.get(ris_type, "document"),
        "author": [csl.parse_name(name) for name in names],
        "issued": {"raw": issued},
        "accessed": {"raw": parse_ris_date(rest.pop("access_date", ""))},
        "URL": urls[0] if urls else "",
        "archive_location": "".join(rest.get("unknown_tag", {}).pop(ARCHIVE_TAG, [])[:1]),
        "keyword": ", ".join(rest.pop("keywords", [])),
        "note": "; ".join(rest.pop("notes", [])),
        "urls": urls[1:],
    }
    item = {field: value for field, value in item.items() if value not in ("", [], {"raw": ""})}
    for name, value in rest.items():
        if value:
            csl.set_field(item, CSL_FIELDS.get(name, name), name, value)
    return Reference(item, line, tuple(problems))


def _find_date(rest: dict[str, Any]) -> tuple[str, list[str]]:
    """Take the dates of issue from a reference; return the most exact one as EDTF, and problems.

    `DA`, `Y1` and `PY` may all have one. One that says something else is a problem.
    """
    texts = [rest.pop(name, "") for name in ("date", "publication_year", "year")]
    dates = [parse_ris_date(text) for text in texts]
    issued = max(dates, key=len)
    problems = [
        f"`{text}` is left out: it is not a date" if not date else f"the date `{text}` is left out"
        for text, date in zip(texts, dates, strict=True)
        if text and not (date and issued.startswith(date))
    ]
    return issued, problems
