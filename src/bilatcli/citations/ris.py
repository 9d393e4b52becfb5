"""Sources as RIS, and references read back."""

from __future__ import annotations

from bilatcli.citations import csl
from bilatcli.vocabulary import SOURCE_TYPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

_TYPES = {
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
"""The type of a reference by CSL's; what is not here is generic. `M3` has CSL's own word."""


_ARCHIVE = "AV"
"""The tag of the place in an archive, which rispy does not know."""


def text(items: Iterable[Mapping[str, Any]], keys: Mapping[str, str]) -> str:
    """Return sources as RIS references, each under its citation key."""
    import rispy

    class Plain(rispy.RisWriter):  # type: ignore[misc]  # rispy is untyped
        """Writes no numbers between the references, which not every reader takes."""

        def set_header(self, count: int) -> str:  # noqa: ARG002 -- what rispy calls
            return ""

    references = [_reference(item, keys[item["id"]]) for item in items]
    return rispy.dumps(references, implementation=Plain) if references else ""


def _reference(item: Mapping[str, Any], key: str) -> dict[str, Any]:
    issued, date = csl.parts(item, "issued"), csl.edtf(item, "issued")
    is_more = "literal" in (item.get("issued") or {}) or "?" in date or "/" in date
    address, copied = csl.said(item, "URL"), csl.archived(item)
    reference = {
        "type_of_reference": _TYPES.get(item["type"], "GEN"),
        "id": key,
        "authors": [_person(each) for each in item.get("author", ())],
        "title": csl.said(item, "title"),
        "secondary_title": csl.said(item, "container-title"),
        "publisher": csl.said(item, "publisher"),
        "year": f"{issued[0][0]:04d}" if issued else "",
        "date": _slashed(issued[0]) if issued else "",
        "access_date": "".join(map(_slashed, csl.parts(item, "accessed")[:1])),
        "urls": [address] if address else [],
        "unknown_tag": {_ARCHIVE: [archive]}
        if (archive := csl.said(item, "archive_location"))
        else {},
        "language": csl.said(item, "language"),
        "type_of_work": item["type"],
        "keywords": [f"reliability: {item['custom']['reliability']}"],
        # What year, month and day cannot say, and of a copy no field does.
        "notes": [
            *([f"date: {date}"] if is_more else []),
            *([f"archived: {copied}"] if copied else []),
        ],
    }
    return {label: value for label, value in reference.items() if value}


def _person(author: Mapping[str, str]) -> str:
    family, given = csl.said(author, "family"), csl.said(author, "given")
    return ", ".join(filter(None, (family, given))) or csl.said(author, "literal")


def _slashed(parts: list[int]) -> str:
    """Year, month and day as `YYYY/MM/DD/`, empty between the slashes where they are not known."""
    year, month, day = [*(f"{part:02d}" for part in parts), "", ""][:3]
    return f"{int(year):04d}/{month}/{day}/"


_READ = {
    "primary_title": "title",
    "title": "title",
    "secondary_title": "container-title",
    "journal_name": "container-title",
    "alternate_title3": "container-title",
    "publisher": "publisher",
    "language": "language",
    "doi": "DOI",
}
"""CSL's fields by rispy's."""


def read(text: str) -> list[dict[str, Any]]:
    """Return references as CSL-JSON items; dates are `raw` EDTF, other fields keep rispy's names.

    Raises ValueError, with the number of the line behind the sentence, for what is no RIS.
    """
    import rispy

    parser = rispy.RisParser()
    if not text.lstrip(" \r\n\t0123456789.").startswith("TY  -"):
        raise ValueError("a reference begins with `TY  - `", 1)
    found = parser.parse_lines(iter(_complete(text, lambda line: parser.parse_line(line)[0])))
    return [_item(reference) for reference in found]


def _complete(text: str, tag_of: Callable[[str], str | None]) -> list[str]:
    """The lines of references without empty ones; raises ValueError where rispy would leave something out or fail."""
    kept: list[str] = []
    begun = 0
    for number, line in enumerate(text.split("\n"), 1):
        tag = tag_of(line)
        if tag == "TY" and begun:
            raise ValueError(
                f"the reference of line {begun} does not end with `ER  - ` before another begins",
                number,
            )
        if tag not in ("TY", None) and not begun:
            raise ValueError("this line is of no reference: one begins with `TY  - `", number)
        if tag is None and begun and line.strip() and kept[-1].startswith("TY"):
            raise ValueError("this line goes on with no field: one begins as in `TI  - `", number)
        if line.strip():
            kept.append(line)
        begun = {"TY": number, "ER": 0}.get(tag or "", begun)
    if begun:
        raise ValueError("the last reference does not end with `ER  - `", begun)
    return kept


def _item(reference: dict[str, Any]) -> dict[str, Any]:
    rest = dict(reference)
    kind = rest.pop("type_of_reference", "")
    said = rest.pop("type_of_work", "")
    type = (
        said
        if said in SOURCE_TYPES
        else next((csl for csl, ris in _TYPES.items() if ris == kind), "document")
    )
    names = [*rest.pop("first_authors", []), *rest.pop("authors", [])]
    addresses = rest.pop("urls", [])
    year = rest.pop("year", "") or rest.pop("publication_year", "")
    item: dict[str, Any] = {
        "id": rest.pop("id", ""),
        "type": type,
        "author": [_read_name(name) for name in names],
        "issued": {"raw": _unslashed(rest.pop("date", "") or year)},
        "accessed": {"raw": _unslashed(rest.pop("access_date", ""))},
        "URL": addresses[0] if addresses else "",
        "archive_location": "".join(rest.get("unknown_tag", {}).pop(_ARCHIVE, [])[:1]),
        "keyword": ", ".join(rest.pop("keywords", [])),
        "note": "; ".join(rest.pop("notes", [])),
        "urls": addresses[1:],
    }
    item = {field: value for field, value in item.items() if value not in ("", [], {"raw": ""})}
    for name, value in rest.items():
        if value:
            csl.keep(item, _READ.get(name, name), name, value)
    return item


def _read_name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": name}


def _unslashed(date: str) -> str:
    """A date of RIS as EDTF."""
    return "-".join(part for part in date.split("/")[:3] if part.strip())
