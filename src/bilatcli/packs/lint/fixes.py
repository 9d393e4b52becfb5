"""`check --fix`: change the layout and the form of dates in packs, never their content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bilatcli.error_details import PackError
from bilatcli.files import rewrite_file
from bilatcli.packs import loader
from bilatcli.packs.editor import apply_edits
from bilatcli.packs.lint.edits import (
    find_date_replacements,
    find_spacing_edits,
    get_key_order,
    sort_keys,
)
from bilatcli.packs.lint.runner import LOAD_ERROR, Finding
from bilatcli.packs.models import Pack
from bilatcli.packs.positions import Path, Positions
from bilatcli.packs.text_file import read_text

KEY_ORDER, SPACING = "BL301", "BL302"


def fix_dates(files: Sequence[str]) -> Counter[str]:
    """Fix the form of dates in packs that do not load, and return the number of fixes by rule.

    A pack is written only if it then loads. Raises EnvironmentFault if a pack cannot be written.
    """
    count: Counter[str] = Counter()
    for file in files:
        try:
            text = read_text(file)
        except PackError:
            continue
        if _parse_or_none(text, file) is not None:
            continue
        replacements = list(find_date_replacements(text))
        fixed = apply_edits(text, replacements)
        if replacements and _parse_or_none(fixed, file) is not None:
            rewrite_file(file, fixed)
            count[LOAD_ERROR] += len(replacements)
    return count


def fix_layout(findings: Sequence[Finding]) -> Counter[str]:
    """Fix the findings on the layout of packs, and return the number of fixed findings by rule.

    A pack is written only if its records stay equal. Raises EnvironmentFault if a pack cannot be
    written.
    """
    count: Counter[str] = Counter()
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.rule.code in (KEY_ORDER, SPACING):
            by_file.setdefault(finding.file, []).append(finding)
    for file, found in by_file.items():
        text = read_text(file)
        pack = loader.parse_pack(text, file)
        places = {(each.line, each.column) for each in found if each.rule.code == SPACING}
        tables = {each.path[:-1] for each in found if each.rule.code == KEY_ORDER}
        spaced, spacing_count = _fix_spacing(text, places)
        fixed, order_count = _sort_keys(spaced, pack, tables)
        if fixed != text and _parse_or_none(fixed, file) == pack:
            rewrite_file(file, fixed)
            count += Counter({KEY_ORDER: order_count, SPACING: spacing_count})
    return count


def _parse_or_none(text: str, file: str) -> Pack | None:
    try:
        return loader.parse_pack(text, file)
    except PackError:
        return None


def _fix_spacing(text: str, places: set[tuple[int, int]]) -> tuple[str, int]:
    """Return the text with its spacing fixed at these positions, and the number of fixes."""
    edits = find_spacing_edits(text, Positions(text)) if places else ()
    replacements = [edit.replacement for edit in edits if edit.position in places]
    return apply_edits(text, replacements), len(replacements)


def _sort_keys(text: str, pack: Pack, paths: set[Path]) -> tuple[str, int]:
    """Return the text with the keys of the tables at `paths` sorted, and the number of tables."""
    content = text.encode()
    replacements = [
        sort_keys(content, section, get_key_order(pack, section.path))
        for section in (Positions(text).sections if paths else ())
        if section.path in paths
    ]
    return apply_edits(text, replacements), len(replacements)
