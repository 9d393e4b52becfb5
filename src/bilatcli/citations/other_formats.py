"""Name the format of a file that is not what its name says."""

from __future__ import annotations

import re

_FORMATS = (
    ("ris", r"\s*(?:[0-9]+\.\s*)?TY {0,2}-"),
    ("bibtex", r"(?:%[^\n]*\n|\s)*@\s*\w+\s*[{(]"),
    ("csl-json", r"\s*[\[{]\s*[\[{\"]"),
    ("Web of Science's own format", r"\s*(?:FN|PT|VR) [^\n]*\n"),
    ("EndNote's own format", r"\s*%[0-9A-Z@!?]\s"),
    ("MEDLINE's own format", r"\s*(?:PMID|PMCR?|OWN|UI)\s*- ?[^\n]*\n"),
    ("XML", r"\s*<(?:\?xml|!DOCTYPE|[A-Za-z][\w:.-]*[\s>])"),
    ("Ovid's own format", r"\s*<[0-9]+>\s*\n"),
    ("YAML", r"\s*(?:---\s*\n|references:\s*\n|- id:)"),
)
"""Formats of references, and how their files begin. The first three can be imported."""

OWN_FORMATS = ("ris", "bibtex", "csl-json")


def name_format(text: str) -> str:
    r"""Return the format in which a file of references begins; empty if it is not known.

    >>> name_format("FN Clarivate Analytics Web of Science\nVR 1.0\n"), name_format("%0 Book\n")
    ("Web of Science's own format", "EndNote's own format")
    """
    text = text.lstrip("\ufeff")
    return next((name for name, start in _FORMATS if re.match(start, text)), "")
