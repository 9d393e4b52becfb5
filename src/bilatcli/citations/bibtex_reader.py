"""Read the entries of BibTeX and BibLaTeX files."""

from __future__ import annotations

import re

from bilatcli.citations import csl
from bilatcli.citations.bibtex_fields import CSL_FIELDS, CSL_TYPES, LANGUAGE_CODES, MONTHS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

MAX_ABBREVIATED = 10_000_000
"""Number of characters that all uses of the @string abbreviations of a file may expand to."""


def parse_bibtex(text: str) -> list[dict[str, Any]]:
    """Return the entries of a .bib file as CSL-JSON items.

    Dates are EDTF under `raw`. Fields that CSL does not have keep their names. Raises ValueError
    with the problem and the number of the line, or 0 if unknown, if the text is not BibTeX.
    """
    from pybtex.database.input.bibtex import Parser
    from pybtex.exceptions import PybtexError
    from pybtex.utils import CaseInsensitiveDict

    class LimitedMacros(CaseInsensitiveDict):  # type: ignore[misc]  # pybtex is untyped
        """The abbreviations of a file, with a limit: nested ones could expand to any length."""

        left = MAX_ABBREVIATED

        def __getitem__(self, name: str) -> str:
            expanded: str = super().__getitem__(name)
            self.left -= len(expanded)
            if self.left < 0:
                problem = f"its @string abbreviations exceed {MAX_ABBREVIATED:,} characters"
                raise ValueError(problem, 0)
            return expanded

    parser = Parser()
    parser.macros = LimitedMacros(parser.macros)
    try:
        found = parser.parse_string(text)
    except PybtexError as error:
        problem = str(error.args[0]) if error.args else "syntax error"
        raise ValueError(problem, getattr(error, "lineno", None) or 0) from None
    return [_to_item(key, entry) for key, entry in found.entries.items()]


def _to_item(key: str, entry: Any) -> dict[str, Any]:
    fields = {name.lower(): value for name, value in entry.fields.items() if value.strip()}
    type = CSL_TYPES.get(entry.type.lower(), "webpage" if "url" in fields else "document")
    notes = [fields.pop(name) for name in ("note", "addendum") if name in fields]
    language = fields.get("langid", "")
    item: dict[str, Any] = {
        "id": key,
        "type": fields.pop("entrysubtype", type),
        "note": "; ".join(map(_strip_latex, notes)),
        "issued": {"raw": fields.pop("date", "") or _parse_bibtex_date(fields)},
        "accessed": {"raw": fields.pop("urldate", "")},
        "URL": fields.pop("url", ""),
        "language": LANGUAGE_CODES.get(language) or fields.get("language", language),
    }
    for used in ("langid", "language", "year", "month", "day"):
        fields.pop(used, None)
    for name, value in fields.items():
        csl.set_field(item, CSL_FIELDS.get(name, name), name, _strip_latex(value))
    for role, people in entry.persons.items():
        item[role.lower()] = [_to_name(person) for person in people]
    return {field: value for field, value in item.items() if value not in ("", [], {"raw": ""})}


def _parse_bibtex_date(fields: Mapping[str, str]) -> str:
    """Return the fields year, month and day as EDTF, or the year as it is if it has no number."""
    text = fields.get("year", "")
    year = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", text)
    if year is None:
        return text
    date = year[0]
    month = fields.get("month", "").strip().lower()
    numbers = [
        number
        for number, name in enumerate(MONTHS, 1)
        if month[:3] == name[:3].lower() or month == str(number)
    ]
    if numbers:
        date += f"-{numbers[0]:02d}"
        day = fields.get("day", "").strip()
        date += f"-{int(day):02d}" if re.fullmatch(r"[0-9]{1,2}", day) else ""
    return date if text.strip() == year[0] else f"{date}?"


def _strip_latex(value: str) -> str:
    r"""Return a field without its LaTeX markup. The argument of `\url` stays."""
    from pybtex.exceptions import PybtexError
    from pybtex.richtext import Text

    try:
        text = str(Text.from_latex(re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", value)))
    except (PybtexError, ValueError):
        text = value.replace("{", "").replace("}", "")
    return " ".join(text.replace("\\$", "$").split())


def _to_name(person: Any) -> dict[str, str]:
    """Return a CSL name; empty for the keyword `others`, which stands for unnamed people."""
    if str(person) == "others":
        return {}
    family = _strip_latex(" ".join([*person.prelast_names, *person.last_names]))
    given = _strip_latex(" ".join([*person.first_names, *person.middle_names]))
    suffix = _strip_latex(" ".join(person.lineage_names))
    given = ", ".join(part for part in (given, suffix) if part)
    return {"family": family, "given": given} if given else {"literal": family}
