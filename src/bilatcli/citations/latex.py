"""Turn the LaTeX of a reference into plain text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, ClassVar
from unicodedata import normalize

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

SOFT_HYPHEN = "\u00ad"

_BARE = re.compile(r"(?<!\\)[%&]")
"""A comment and a cell of a table in LaTeX. The fields of a .bib file have neither."""
_LINK = re.compile(r"\\href\s*\{([^{}]*)\}|\\url\s*\{([^{}]*)\}")
_ESCAPED = re.compile(r"\\([_%&#~$ ])(?:\{\})?")
_COMMAND = re.compile(r"\\[A-Za-z]+\s*")
_ARGUMENT = {
    **dict.fromkeys(("mkbibemph", "mkbibbold", "mkbibitalic", "mkbibsuperscript"), "%s"),
    **dict.fromkeys(("textsubscript", "url"), "%s"),
    **dict.fromkeys(("enquote", "mkbibquote"), "“%s”"),
    "href": "%(2)s",
    "ocirc": "%s\u030a",
}
_TEXTS = {
    **{name: name for name in ("LaTeX", "TeX", "BibTeX")},
    "textbraceleft": "{",
    "textbraceright": "}",
    "copyright": "©",
    "textcopyright": "©",
}
"""What commands are in text: those with an argument, and those without."""


def latex_to_text(latex: str, problems: list[str] | None = None) -> str:
    r"""Return a text without its LaTeX commands, on one line. Mathematics stays as it is.

    Commands that are not known are left out, and `problems` gets a clause on each.

    >>> latex_to_text(r"Garc{\'{\i}}a"), latex_to_text(r"\emph{Baku} in the 20\textsuperscript{th}")
    ('García', 'Baku in the 20th')
    """
    try:
        text = _make_decoder().latex_to_text(_BARE.sub(r"\\\g<0>", latex))
    except (LookupError, TypeError, ValueError, RecursionError):
        text = _COMMAND.sub("", latex).replace("{", "").replace("}", "")
    if problems is not None:
        problems += [rf"the command `\{name}` is not known" for name in _make_decoder().unknown]
    return " ".join(normalize("NFC", text).replace(SOFT_HYPHEN, "").split())


def find_address(latex: str) -> str:
    r"""Return the address in a field: the argument of `\url` or `\href`, or else all of it.

    >>> find_address(r"\href{https://example.org/a\_b}{here}"), find_address(r"a\%20b")
    ('https://example.org/a_b', 'a%20b')
    """
    link = _LINK.search(latex)
    text = (link[1] or link[2]) if link else latex
    return _ESCAPED.sub(r"\1", text).strip("{} \n\t<>")


@cache
def _make_decoder() -> LatexNodes2Text:
    """Return the decoder of pylatexenc, with the commands of references that it does not know."""
    import logging

    from pylatexenc import latex2text, latexwalker
    from pylatexenc.macrospec import MacroSpec

    # It warns on standard error of commands without their arguments, which users cannot change.
    logging.getLogger("pylatexenc").addHandler(logging.NullHandler())
    texts = latex2text.get_default_latex_context_db()
    specs = [
        latex2text.MacroTextSpec(name, simplify_repl=text)
        for name, text in (_ARGUMENT | _TEXTS).items()
    ]
    texts.add_context_category("references", prepend=True, macros=specs)
    texts.set_unknown_macro_spec(
        latex2text.MacroTextSpec("", simplify_repl=lambda node: note_unknown(node.macroname))
    )
    walked = latexwalker.get_default_latex_context_db()
    macros = [MacroSpec(name, "{{" if name == "href" else "{") for name in _ARGUMENT]
    walked.add_context_category("references", prepend=True, macros=macros)

    class Decoder(latex2text.LatexNodes2Text):  # type: ignore[misc]  # pylatexenc is untyped
        """A decoder that knows how many arguments these commands have.

        `unknown` has the names of the commands in the last text that it does not know.
        """

        unknown: ClassVar[list[str]] = []

        def latex_to_text(self, latex: str) -> str:
            self.unknown.clear()
            walker = latexwalker.LatexWalker(latex, latex_context=walked, tolerant_parsing=True)
            nodes, _, _ = walker.get_latex_nodes()
            text: str = self.nodelist_to_text(nodes)
            return text

    def note_unknown(name: str) -> str:
        Decoder.unknown.append(name)
        return ""

    return Decoder(latex_context=texts, math_mode="verbatim")
