"""Read the names of people and organisations in the fields of BibTeX and BibLaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilatcli.citations import csl
from bilatcli.citations.latex import decode_latex, drop_braces

OTHERS = "others"
"""The name that stands for people who are not named."""

_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n")
_PART = re.compile(r'\s*"?(family|given|prefix|suffix|middle)\s*=\s*(.*)', re.DOTALL)
_OPTION = re.compile(r'\s*"?[a-z-]+\s*=.*', re.DOTALL)
_MARKS = re.compile(r"[{},]")


def parse_names(value: str, role: str, problems: list[str]) -> Iterator[dict[str, str]]:
    """Yield the names of a field as CSL has them; `problems` gets what could not be read.

    `and` separates names, unless it is in braces.
    """
    from bibtexparser.middlewares.names import split_multiple_persons_names

    plain = _COMMENT.sub(" ", value)
    names = split_multiple_persons_names(decode_latex(plain, problems))
    if len(names) < len(raw := split_multiple_persons_names(plain)):
        # A broken command has taken all names after it into its own.
        names = [decode_latex(name) for name in raw]
    for name in names:
        if name.lower() == OTHERS:
            problems.append(f"`and others` is left out of `{role}`")
        elif found := _parse_name(name, role, problems):
            yield found


def _parse_name(name: str, role: str, problems: list[str]) -> dict[str, str]:
    """Return a CSL name for `Last, First`, `Last, Jr, First`, `First Last` or `family=…, given=…`.

    A name in braces is one piece. The options of BibLaTeX, such as `useprefix=true`, are no names.
    """
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    parts = list(_split_at_commas(name))
    if any(map(_PART.match, parts)):
        return _parse_labelled_name(parts)
    if all(map(_OPTION.fullmatch, parts)):
        return {}
    name, suffix = _split_suffix(name, parts)
    if not suffix and len(parts) == 1 and csl.is_suffix("".join(name.split()[-1:])):
        return {"literal": drop_braces(name)}
    try:
        found = parse_single_name_into_parts(name)
    except InvalidNameError:
        problems.append(f"`{drop_braces(name)}` in `{role}` is not a name in BibTeX")
        found = parse_single_name_into_parts(name, strict=False)
    family, given, jr = (
        drop_braces(" ".join(part)) for part in (found.von + found.last, found.first, found.jr)
    )
    if csl.is_suffix(given) and jr and not csl.is_suffix(jr):
        given, jr = jr, given
    return _make_name({"family": family, "given": given, "suffix": drop_braces(suffix) or jr})


def _split_suffix(name: str, parts: list[str]) -> tuple[str, str]:
    """Return `First Last` and the suffix of `First Last, Jr.` or `First Last Jr.`."""
    if len(parts) == 1:
        return csl.split_suffix(name)
    is_last = len(parts) == 2 and csl.is_suffix(parts[1]) and len(parts[0].split()) > 1
    return (parts[0], parts[1].strip()) if is_last else (name, "")


def _make_name(values: dict[str, str]) -> dict[str, str]:
    """Return a name without its empty parts; a name of one part is in one piece."""
    found = {key: value for key, value in values.items() if value}
    return {"literal": found["family"]} if list(found) == ["family"] else found


def _split_at_commas(name: str) -> Iterator[str]:
    """Yield the parts of a name between commas that are not in braces."""
    start = depth = 0
    for mark in _MARKS.finditer(name):
        if mark[0] == "," and depth <= 0:
            yield name[start : mark.start()]
            start = mark.end()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
    yield name[start:]


def _parse_labelled_name(parts: list[str]) -> dict[str, str]:
    """Return a CSL name for BibLaTeX's `family=Gaulle, given=Charles, prefix=de`."""
    matches = filter(None, map(_PART.fullmatch, parts))
    found = {each[1]: drop_braces(each[2].strip().strip('"')) for each in matches}
    values = {
        "family": found.get("family", ""),
        "given": " ".join(filter(None, (found.get("given"), found.get("middle")))),
        "suffix": found.get("suffix", ""),
        "non-dropping-particle": found.get("prefix", ""),
    }
    return _make_name(values)
