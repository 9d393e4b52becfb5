"""English spellings of words in Latin alphabets with letters of their own, such as `Şuşa`.

Facts are in English and have Shusha. Without its marks, `Şuşa` would be the word `susa`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_SPELLINGS = 256
"""Maximum number of spellings of one word."""

_MARKED_LETTERS = {
    "ş": ("sh",),
    "ș": ("sh",),
    "š": ("sh",),
    "ç": ("ch",),
    "č": ("ch",),
    "ć": ("ch", "c"),
    "ž": ("zh", "z"),
    "ğ": ("gh", "g"),
    "ə": ("a", "e"),
    "\u0131": ("i", "y"),
}
"""English spellings of letters that tell that a word is not English."""

_PLAIN_LETTERS = {"c": ("j", "c"), "x": ("kh", "x"), "q": ("g", "gh", "q"), "j": ("j", "zh")}
"""English spellings of other letters, in a word that has one of the marked letters."""


def list_english_spellings(word: str) -> Iterator[str]:
    """Yield the normalized English spellings of a word; none if it has no letter of its own.

    The first are those by the rules of Azerbaijani and Turkish.

    >>> list(list_english_spellings("Şuşa")), list(list_english_spellings("Susa"))
    (['shusha'], [])
    """
    from itertools import islice, product
    from unicodedata import normalize as unicode_normalize

    from bilatcli.normalization import normalize_joined

    # The dot that lower case puts on a capital dotted I would keep the letter from its spelling.
    letters = unicode_normalize("NFC", word).replace("\u0130", "i").lower()
    if _MARKED_LETTERS.keys().isdisjoint(letters):
        return
    spellings = {**_MARKED_LETTERS, **_PLAIN_LETTERS}
    choices = [spellings.get(letter, (letter,)) for letter in letters]
    for choice in islice(product(*choices), MAX_SPELLINGS):
        yield normalize_joined("".join(choice))
