"""Stems of words: what facts and questions are compared by, so that each form finds the others.

The only module that imports PyStemmer, and only if a word needs it.
"""

from __future__ import annotations

from functools import lru_cache

from bilatcli.index.spelling import unify_spelling
from bilatcli.normalization import normalize, normalize_joined
from bilatcli.vocabulary import PREFIX_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MIN_LENGTH = 3
"""Minimum letters of a word that has forms."""
MAX_LENGTH = 40
"""Maximum letters of such a word. A longer one is not a word of a language."""
MIN_PREFIX_LENGTH = 5
"""Letters from which a text that mentions a subject may go on. `eu` does not match `europe`."""
MAX_CACHED_STEMS = 200_000
"""Maximum number of stems in memory."""
MAX_CACHED_TEXTS = 1_024
"""Maximum number of texts whose words are in memory: facts repeat statuses, systems, names."""


_OWN_STEMS = {
    "accordance": "accordance",
    "according": "according",
    "any": "any",
    "authorities": "authority",
    "authority": "authority",
    "importance": "importance",
    "important": "important",
    "informal": "informal",
    "officer": "officer",
    "officers": "officer",
    "positive": "positive",
    "relative": "relative",
    "relatively": "relative",
    "relatives": "relative",
    "terminal": "terminal",
    "united": "united",
}
"""Stems of words that the algorithm takes for forms of another word: `import`, `unit`, `office`."""


class _Stems(dict[str, str]):
    """The stem of each word, computed on first use."""

    def __init__(self) -> None:
        super().__init__()
        self._stem_english: Callable[[str], str] | None = None

    def __missing__(self, word: str) -> str:
        stem = self._stem(word) if has_forms(word) and word not in _OWN_STEMS else word
        stem = _OWN_STEMS.get(stem, stem)
        if len(self) < MAX_CACHED_STEMS:
            self[word] = stem
        return stem

    def _stem(self, word: str) -> str:
        if self._stem_english is None:
            from Stemmer import Stemmer

            self._stem_english = Stemmer("english").stemWord
        return self._stem_english(unify_spelling(word))


_STEMS = _Stems()


def has_forms(word: str) -> bool:
    """Return True if a normalized word can have other forms.

    Numbers, designations and words of other scripts have none.
    """
    return MIN_LENGTH <= len(word) <= MAX_LENGTH and word.isascii() and word.isalpha()


def stem_word(word: str) -> str:
    """Return the stem of a normalized word by Snowball's algorithm for English, in one spelling.

    https://snowballstem.org/algorithms/english/stemmer.html

    >>> [stem_word(word) for word in ["embassies", "recognised", "recognizes", "soldiers", "jf17"]]
    ['embassi', 'recogn', 'recogn', 'soldier', 'jf17']
    """
    return _STEMS[word]


def stem_words(words: Iterable[str]) -> list[str]:
    """Return the stem of each word."""
    return list(map(_STEMS.__getitem__, words))


class Words(dict[str, str]):
    """The words of some texts with their stems. A word is added when its stem is looked up."""

    def __missing__(self, word: str) -> str:
        stem = self[word] = stem_word(word)
        return stem

    def stem_all(self, words: Iterable[str]) -> str:
        """Return the stems of words, separated by spaces, and add the words.

        >>> words = Words()
        >>> words.stem_all(["two", "embassies"]), list(words)
        ('two embassi', ['two', 'embassies'])
        """
        return " ".join(map(self.__getitem__, words))


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def split_words(text: str) -> tuple[Sequence[str], frozenset[str]]:
    """Return the normalized words of a text, and its designations, each in one word.

    >>> split_words("Two JF-17s, later")
    (['two', 'jf', '17s', 'later'], frozenset({'jf17s'}))
    """
    words, joined = normalize(text).split(), normalize_joined(text).split()
    return words, frozenset(joined).difference(words) if joined != words else frozenset()


def stem_text(text: str) -> str:
    """Return a normalized text with the stem of each word.

    >>> stem_text("two embassies")
    'two embassi'
    """
    return " ".join(stem_words(text.split()))


def subject_pattern(text: str) -> str:
    """Return the pattern of a normalized text that mentions a subject.

    >>> subject_pattern("united nations"), subject_pattern("eu")
    ('united nation*', 'eu')
    """
    return stem_text(text) + (PREFIX_MARK if len(text) >= MIN_PREFIX_LENGTH else "")
