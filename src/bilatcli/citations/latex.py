"""Turn the LaTeX of a reference into plain text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar
from unicodedata import normalize

from bilatcli.citations.latex_math import raise_or_lower

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

SOFT_HYPHEN = "\u00ad"

_BARE = re.compile(r"(?<!\\)[%&]")
"""A comment and a cell of a table in LaTeX. The fields of a .bib file have neither."""
_LINK = re.compile(r"\\href\s*\{([^{}]*)\}|\\url\s*\{([^{}]*)\}")
_ESCAPED = re.compile(r"\\([_%&#~$ ])(?:\{\})?")
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")
_URL_ESCAPES = str.maketrans(
    {
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$%&#_"},
    }
)
_LIGATURE = re.compile(r"(?<=[-'`])(?=[-'`])")
_COMMAND = re.compile(r"\\[A-Za-z]+\s*")
_NO_LETTER = re.compile(r"\\([~^])(?:\s*\{\s*\}|(?=\s*(?:$|[}.,;:!?)\]])))")
_DOTLESS = re.compile(r"[ıȷ](?=[\u0300-\u036f])")
"""The letters without a dot that only stand under an accent."""
_MATH_COMMAND = r"[_^]|\\(?:[A-Za-z]{3,}|mu|nu|xi|pi|le|ge|ne|in|to|pm|mp|sp|sb)"
_DOLLARS = re.compile(
    rf"""
    \\.
    | \$\$?(?:[A-Za-z][^\s$\\]*|[0-9.,]+|[<>=]+)\$\$?(?![0-9])
    | \$\$?(?=[^$]*(?:{_MATH_COMMAND}))(?:
        \s+(?:[^$\\]|\\.)+?\s
      | (?=\S)(?:[^$\\]|\\.)+?(?<=\S)
    )\$\$?
    | \$
    """,
    re.VERBOSE | re.DOTALL,
)
"""An escape, a formula, or a dollar sign: `$n^2$` is a formula, `$5m to $6m` is two prices."""
_ARGUMENT = {
    **dict.fromkeys(("mkbibemph", "mkbibbold", "mkbibitalic", "mkbibsuperscript"), "%s"),
    **dict.fromkeys(("textsubscript", "mkbibsubscript", "url", "mbox", "text"), "%s"),
    **dict.fromkeys(("enquote", "mkbibquote"), "“%s”"),
    # Programs hide the letters by which a name is sorted in a command without output.
    **dict.fromkeys(("noopsort", "NoopSort", "SortNoop", "sortnoop", "noop"), ""),
    **dict.fromkeys(("hspace", "vspace", "phantom", "hphantom", "vphantom"), ""),
    "href": "%(2)s",
    "ocirc": "%s\u030a",
}
_SWITCHES = """
    relax protect ignorespaces left right displaystyle textstyle em it bf sc rm tt sl sf itshape
    bfseries scshape upshape slshape normalfont tiny small normalsize large Large huge
"""
"""Commands that change how the text after them looks."""
_BRACES = {"{": "\x01", "}": "\x02"}
_TILDE, _BACKSLASH = "\x03", "\x04"
"""What stands for the marks of a text, so that those of LaTeX are told from them."""
_TEXTS = {
    **{name: name for name in ("LaTeX", "TeX", "BibTeX")},
    **dict.fromkeys(("textbraceleft", "{", "lbrace"), _BRACES["{"]),
    **dict.fromkeys(("textbraceright", "}", "rbrace"), _BRACES["}"]),
    **dict.fromkeys(("copyright", "textcopyright"), "©"),
    **dict.fromkeys(
        "relax protect left right displaystyle textstyle em it bf sc rm tt".split(), ""
    ),
    **dict.fromkeys("sl sf itshape bfseries scshape upshape slshape normalfont".split(), ""),
    **dict.fromkeys("tiny small normalsize large Large huge ignorespaces".split(), ""),
    "textasciicircum": "^",
    "textasciitilde": _TILDE,
    "textbackslash": _BACKSLASH,
}
"""What commands are in text: those with an argument, and those without."""
_UNGROUPED = str.maketrans("", "", "{}")
_PLAIN = str.maketrans(
    {"{": "", "}": "", _TILDE: "~", _BACKSLASH: "\\"}
    | {mark: text for text, mark in _BRACES.items()}
)


def latex_to_text(latex: str, problems: list[str] | None = None) -> str:
    r"""Return a text without its LaTeX commands, on one line. Formulas become letters.

    Commands that are not known are left out, and `problems` gets a clause on each.

    >>> latex_to_text(r"Garc{\'{\i}}a"), latex_to_text(r"\emph{Baku} in the 20\textsuperscript{th}")
    ('García', 'Baku in the 20th')
    """
    return drop_braces(decode_latex(latex, problems))


def drop_braces(text: str) -> str:
    """Return a decoded text without the braces that group it, on one line."""
    return " ".join(text.translate(_PLAIN).split())


def decode_latex(latex: str, problems: list[str] | None = None) -> str:
    r"""Return a text without commands, whose braces are kept if they group several letters.

    >>> decode_latex(r"{\'E}mile {van der Berg}")
    'Émile {van der Berg}'
    """
    source = _NO_LETTER.sub(_name_symbol, _URL.sub(_escape_address, latex))
    source = _BARE.sub(r"\\\g<0>", source)
    source = _DOLLARS.sub(lambda found: r"\$" if found[0] == "$" else found[0], source)
    try:
        text = _make_decoder().latex_to_text(source)
    except (LookupError, TypeError, ValueError, RecursionError):
        text = _COMMAND.sub("", latex)
    if problems is not None:
        problems += [rf"the command `\{name}` is not known" for name in _make_decoder().unknown]
    dotted = _DOTLESS.sub(lambda found: "i" if found[0] == "ı" else "j", text)  # noqa: RUF001
    return normalize("NFC", dotted).replace(SOFT_HYPHEN, "").replace("\xa0", " ")


def _name_symbol(found: re.Match[str]) -> str:
    """Return the command for the symbol of an accent without a letter."""
    return rf"\textascii{'tilde' if found[1] == '~' else 'circum'}{{}}"


def _escape_address(found: re.Match[str]) -> str:
    """Return an address, which LaTeX takes as it is, as text without markup."""
    address = _ESCAPED.sub(r"\1", found[1]).translate(_URL_ESCAPES)
    return _LIGATURE.sub("{}", address)


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
            return self.decode(latex)

        def decode(self, latex: str) -> str:
            walker = latexwalker.LatexWalker(latex, latex_context=walked, tolerant_parsing=True)
            nodes, _, _ = walker.get_latex_nodes()
            text: str = self.nodelist_to_text(nodes)
            return text

        def math_node_to_text(self, node: Any) -> str:
            """Return a formula as text. Its braces only group it."""
            inner = node.latex_verbatim().strip("$").removeprefix("\\(").removesuffix("\\)")
            return self.decode(raise_or_lower(inner, self.decode)).translate(_UNGROUPED).strip()

    def note_unknown(name: str) -> str:
        Decoder.unknown.append(name)
        return ""

    texts = _describe_commands(note_unknown)
    return Decoder(latex_context=texts, math_mode="text", keep_braced_groups=True)


def _describe_commands(note_unknown: Callable[[str], str]) -> Any:
    """Return what all commands are in text; `note_unknown` gets the names of the unknown ones."""
    from pylatexenc import latex2text

    texts = latex2text.get_default_latex_context_db()
    specs = [
        latex2text.MacroTextSpec(name, simplify_repl=text)
        for name, text in (_ARGUMENT | _TEXTS).items()
    ]
    texts.add_context_category("references", prepend=True, macros=specs)
    texts.set_unknown_macro_spec(
        latex2text.MacroTextSpec("", simplify_repl=lambda node: note_unknown(node.macroname))
    )
    return texts
