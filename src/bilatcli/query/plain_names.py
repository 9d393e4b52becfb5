"""Names of countries in other forms: other articles, another order of words, other state words."""

from __future__ import annotations

from bilatcli.index import SUBJECT, Statement
from bilatcli.normalization import normalize
from bilatcli.query.names import fetch_country_names, look_up_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.index.state_words import BareName
    from bilatcli.index.store import Index
    from bilatcli.query.names import NameEntry

LOOSE_KINDS = ("code", "capital", SUBJECT)
"""Kinds of names that a text with a word for the form of a state cannot be."""
MAX_NAME_WORDS = 12
"""Maximum words of a name within a longer text."""
MAX_SHORT_WORD = 3
"""Maximum letters of words that never say what form a state has: `jf 17` is not looked up."""
_ARTICLES = frozenset("das der die el gli het i il l la las le les lo los os the".split())
"""Words that a name may begin with, or have in brackets after it: `Belgique (la)`."""
_NAMESAKES = (
    ("CG", "CD", frozenset(("democratic",))),
    ("KR", "KP", frozenset(("democratic", "popular"))),
    ("TW", "CN", frozenset(("popular",))),
    ("DM", "DO", frozenset(("republic",))),
)
"""Two countries of one name, and the words for the form of a state that only the second has."""
TERRITORIES = {
    "AU": "CC CX HM NF",
    "CN": "HK MO",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "BV SJ",
    "NZ": "CK NU TK",
    "US": "AS GU MP PR UM VI",
}
"""Codes of ISO 3166-1 of territories, by the state that tables name with them."""
NAMESAKES = frozenset(code for each in _NAMESAKES for code in each[:2])
"""The codes of all of them."""
NEVER_BARE = NAMESAKES - {"DO", "TW"}
"""Countries whose name another state has too: the Republic of China, the Dominican Republic."""

_FIND_PLAIN_NAME = Statement(
    "find_plain_name",
    """
    SELECT p.code, c.name, p.kind
    FROM plain_name p JOIN country c ON c.code = p.code
    WHERE p.form = :form
    """,
)


def drop_folded_codes(entries: list[NameEntry], typed: str) -> list[NameEntry]:
    """Return the meanings of a typed text without codes, if it has other letters than codes have.

    `Mỹ`, the United States in Vietnamese, has the letters of a code only after its accents are
    dropped, and `₨` is one character.
    """
    if typed.isascii() or not any(kind == "code" for _, _, kind in entries):
        return entries
    from unicodedata import decomposition

    # Full-width letters are the same letters. Small digits are those of a footnote.
    is_plain = all(each.isascii() or decomposition(each).startswith("<wide>") for each in typed)
    return entries if is_plain else [each for each in entries if each[2] != "code"]


def find_plain_name(text: str, index: Index) -> list[NameEntry]:
    """Return the only country whose name has the same words in another order or other articles.

    The text is normalized. The list is empty if there is no such country.
    """
    from bilatcli.index.name_keys import sort_key_form

    form = sort_key_form(text)
    # Letters such as those of `R.-U.` are an abbreviation, whose order counts.
    return _find_form(form, index) if any(len(word) > 1 for word in form.split()) else []


def _find_form(form: str, index: Index) -> list[NameEntry]:
    rows = index.rows(_FIND_PLAIN_NAME, {"form": form})
    return [(row["code"], row["name"], row["kind"]) for row in rows]


def find_spellings(typed: Iterable[str], index: Index) -> dict[str, list[NameEntry]]:
    """Return the countries that typed texts mean by their accents and punctuation: `Suède`."""
    from bilatcli.index.name_keys import spelling_of

    spellings = {text: spelling_of(text) for text in typed}
    spellings = {
        text: spelling for text, spelling in spellings.items() if spelling != normalize(text)
    }
    known = look_up_names(set(spellings.values()), index)
    return {text: known[spelling] for text, spelling in spellings.items() if known[spelling]}


def is_article(text: str) -> bool:
    """Return True if a text as typed is an article, in lower case."""
    return text.strip("'\u2019 ") in _ARTICLES


def find_exactly(text: str, index: Index) -> list[NameEntry]:
    """Return the countries and subjects that a normalized text names, in any of its forms."""
    return find_listed(text, index) or find_bare_name(text, index)


def find_listed(text: str, index: Index) -> list[NameEntry]:
    """Return the countries and subjects of a normalized text, whatever its articles and order."""
    first, _, rest = text.partition(" ")
    texts = [text, rest] if rest and first in _ARTICLES else [text]
    known = look_up_names(set(texts), index)
    found = next((known[each] for each in texts if known[each]), [])
    return found or find_plain_name(text, index)


def find_place(name: str, index: Index) -> list[NameEntry]:
    """Return the country that a name is a part of, or nothing."""
    from bilatcli.query.subjects import find_places

    return [(match.code, match.name, match.kind) for match in find_places([name], index)]


def list_runs(words: Sequence[str]) -> list[str]:
    """Return all runs of words that are short enough for a name, the longest first."""
    longest = min(len(words), MAX_NAME_WORDS)
    return [
        " ".join(words[start : start + length])
        for length in range(longest, 0, -1)
        for start in range(len(words) - length + 1)
    ]


def find_bare_name(text: str, index: Index) -> list[NameEntry]:
    """Return the only country, or the subject, of a name without words for the form of a state.

    The text is normalized. Words such as "republic" may be those of any language.
    """
    if all(len(word) <= MAX_SHORT_WORD for word in text.split()) and text.isascii():
        return []
    from bilatcli.index.state_words import strip_state_words

    bare = strip_state_words(text)
    if not bare.word_count:
        return []
    entries = look_up_names({bare.text}, index)[bare.text] or _find_form(bare.form, index)
    if any(kind in LOOSE_KINDS for _, _, kind in entries):
        return []
    codes = {code for code, _, _ in entries}
    for namesakes in _NAMESAKES:
        if not codes.isdisjoint(namesakes[:2]):
            return _choose_namesake(namesakes, entries, bare, index)
    return entries if len(entries) == 1 and is_bare_name_of(entries[0][0], bare) else []


def is_bare_name_of(code: str, bare: BareName) -> bool:
    """Return True unless another country or territory may have such words with the same name."""
    return code not in NAMESAKES and not (bare.is_part and code in TERRITORIES)


def _choose_namesake(
    namesakes: tuple[str, str, frozenset[str]],
    entries: Sequence[NameEntry],
    bare: BareName,
    index: Index,
) -> list[NameEntry]:
    """Return the country of two namesakes that has the words which a name had besides the bare one.

    A name without a word that only the second has is the first if it has one such word: the
    Republic of Korea. That of Taiwan is "Republic of China", so the word has to be "republic".
    """
    plain, marked, marks = namesakes
    if marks & bare.marks:
        return [each for each in entries if each[0] == marked]
    if bare.word_count > 1:
        return []
    if plain == "TW" and "republic" in bare.marks:
        names = fetch_country_names([plain], index)
        return [(code, name, entries[0][2]) for code, name in names.items()]
    return [each for each in entries if each[0] == plain]
