"""The raised and lowered parts of a formula in LaTeX, as letters."""

from __future__ import annotations

import re
from collections.abc import Callable

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_DEGREES = ("∘", "°")
_OPERATOR = re.compile(
    r"(\\(?:log|ln|lg|exp|sin|cos|tan|max|min|lim|times|cdot|leq?|geq?|neq?|pm|to|in|sim|rightarrow))"
    r"\s+"
)
"""A command that stands apart from what follows; LaTeX would take the blank for its end."""

_GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_SCRIPT = re.compile(rf"([_^])\s*(?:{_GROUP}|(\\[A-Za-z]+\s*(?:\{{[^{{}}]*\}})?|\\.)|([^\s{{}}]))")


def raise_or_lower(latex: str, decode: Callable[[str], str]) -> str:
    r"""Return a formula whose raised and lowered parts are letters; `decode` reads a part.

    >>> raise_or_lower("Cu_2O 5^{th}", str), raise_or_lower("K_{3,3}^k", str)
    ('Cu₂O 5th', 'K_(3,3)^k')
    """

    def convert(found: re.Match[str]) -> str:
        inner = next((part for part in found.groups()[1:] if part is not None), "")
        text = decode(raise_or_lower(inner, decode)).translate({ord("{"): "", ord("}"): ""})
        return _set_part(found[1], " ".join(text.split()))

    return _SCRIPT.sub(convert, _OPERATOR.sub(r"\1{} ", latex))


def _set_part(mark: str, text: str) -> str:
    """Return a part that is raised (`^`) or lowered (`_`)."""
    if mark == "^" and text in _DEGREES:
        return "°"
    if len(text) > 1 and text.isalpha():
        # An ordinal, as in `5^{th}`, or a word.
        return text
    letters = _RAISED if mark == "^" else _LOWERED
    if all(ord(letter) in letters for letter in text):
        return text.translate(letters)
    return f"{mark}{text}" if text.isalnum() else f"{mark}({text})"
