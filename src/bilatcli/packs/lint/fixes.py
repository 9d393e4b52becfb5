"""Writing in packs: order of keys, spacing and form of dates, never what they say; and sources put in behind others.

tomlkit is asked table by table, and only where keys are out of order: over a whole file it takes seconds, and it moves
tables of an array together that stand apart. It keeps comments as items of their own, which go with the key below them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from bilatcli.errors import EnvironmentFault, PackError
from bilatcli.packs import loader
from bilatcli.packs.lint.layout import applied, date_pieces, newline, order_of, spacing_edits
from bilatcli.packs.lint.runner import REFUSED, Finding
from bilatcli.packs.models import Pack
from bilatcli.packs.positions import Path, Positions

ORDER, SPACING = "BL301", "BL302"
_BOM = "\ufeff".encode()


def mend_dates(files: Sequence[str]) -> Counter[str]:
    """Write the dates of packs as records want them, and return how many were mended, under the code of the rule.

    A pack is written only where that makes it one that loads. Raises EnvironmentFault where one cannot be written.
    """
    count: Counter[str] = Counter()
    for file in files:
        try:
            text = loader.read_text(file)
        except PackError:
            continue
        if _loaded(text, file) is not None:
            continue
        pieces = list(date_pieces(text, Positions(text)))
        mended = applied(text, pieces)
        if pieces and _loaded(mended, file) is not None:
            write(file, mended)
            count[REFUSED] += len(pieces)
    return count


def mend_layout(findings: Sequence[Finding]) -> Counter[str]:
    """Mend what rules found in the layout of packs, and return how many findings of each rule were mended.

    A pack is written only where its records stay equal. Raises EnvironmentFault where one cannot be written.
    """
    count: Counter[str] = Counter()
    found = [finding for finding in findings if finding.rule.code in (ORDER, SPACING)]
    for file in dict.fromkeys(finding.file for finding in found):
        here = [finding for finding in found if finding.file == file]
        text = loader.read_text(file)
        pack = loader.read(text, file)
        spaced, spots = _spaced(
            text, {(each.line, each.column) for each in here if each.rule.code == SPACING}
        )
        mended, tables = _ordered(
            spaced, pack, {each.path[:-1] for each in here if each.rule.code == ORDER}
        )
        if mended != text and _loaded(mended, file) == pack:
            write(file, mended)
            count += Counter({ORDER: tables, SPACING: spots})
    return count


def with_sources(text: str, tables: Sequence[Mapping[str, Any]]) -> str:
    """Return the text of a pack with more sources behind those that it has, and every other byte as it was."""
    content = text.encode()
    place = _behind_sources(content, Positions(text))
    before, behind = content[:place].decode(), content[place:].decode()
    break_ = newline(text)
    lines = [] if before.endswith("\n") else [""]
    is_above = before.rstrip(" \t").endswith(break_ * 2)
    for table in tables:
        new = [
            "[[source]]",
            *(f"{key} = {tomlkit.item(value).as_string()}" for key, value in table.items()),
        ]
        # A blank line parts it from its neighbour, which stands above or below.
        lines += [*new, ""] if is_above else ["", *new]
    return before + break_.join([*lines, ""]) + behind


def _behind_sources(content: bytes, positions: Positions) -> int:
    """Where in a pack another source belongs: behind the last, else above the relations and what is said above them."""
    sources = [
        section
        for section in positions.sections
        if section.path[:1] == ("source",) and section.pairs
    ]
    if sources:
        return (content.find(b"\n", sources[-1].pairs[-1].value[1]) + 1) or len(content)
    relation = next(
        (section for section in positions.sections if section.path[:1] == ("relation",)), None
    )
    if relation is None:
        return len(content)
    place = content.rfind(b"\n", 0, relation.start - 1) + 1
    while content[:place].rstrip(b" \t").endswith(b"\n"):
        above = content.rfind(b"\n", 0, place - 1) + 1
        if not content[above:place].lstrip().startswith(b"#"):
            break
        place = above
    return place


def _loaded(text: str, file: str) -> Pack | None:
    try:
        return loader.read(text, file)
    except PackError:
        return None


def _spaced(text: str, spots: set[tuple[int, int]]) -> tuple[str, int]:
    """The text with its spacing mended at these lines and columns, and in how many places it was."""
    edits = spacing_edits(text, Positions(text)) if spots else ()
    pieces = [edit.piece for edit in edits if (edit.spot.line, edit.spot.column) in spots]
    return applied(text, pieces), len(pieces)


def _ordered(text: str, pack: Pack, paths: set[Path]) -> tuple[str, int]:
    """The text with the keys of the tables at `paths` in their order, and how many tables that has changed."""
    content, pieces = text.encode(), []
    for section in Positions(text).sections if paths else ():
        if section.path in paths:
            body = content[section.start : section.end].decode()
            new = _sorted(body, order_of(pack, section.path), newline(text))
            pieces += [(section.start, section.end, new.encode())] if new != body else []
    return applied(text, pieces), len(pieces)


def _sorted(body: str, order: Sequence[str], newline: str) -> str:
    """The lines below a header with their keys in order; what stands above a key moves with it."""
    is_open = not body.endswith("\n")
    try:
        document = tomlkit.parse(body + newline if is_open else body)
    except TOMLKitError:
        # It does not read all that TOML 1.1 allows.
        return body
    groups: list[list[int]] = [[]]
    keys = [key for key, _ in document.body]
    for position, key in enumerate(keys):
        groups[-1].append(position)
        if key is not None:
            groups.append([])
    *pairs, tail = groups
    pairs.sort(key=lambda group: order.index(getattr(keys[group[-1]], "key", "")))
    document.body[:] = [document.body[position] for group in (*pairs, tail) for position in group]
    mended = document.as_string()
    return mended.removesuffix(newline) if is_open else mended


def write(file: str, text: str) -> None:
    """Write a pack whole or not at all; its mode, its byte order mark and links to it stay."""
    target = os.path.realpath(file)
    temporary = ""
    try:
        with open(target, "rb") as before:
            mark = _BOM if before.read(len(_BOM)) == _BOM else b""
        handle, temporary = tempfile.mkstemp(
            dir=os.path.dirname(target), prefix=f".{os.path.basename(target)}-"
        )
        with os.fdopen(handle, "wb") as stream:
            stream.write(mark + text.encode())
        shutil.copymode(target, temporary)
        os.replace(temporary, target)
    except OSError as error:
        if temporary:
            os.unlink(temporary)
        why = (error.strerror or "error").lower()
        raise EnvironmentFault(f"`{file}` cannot be written ({why})") from None
