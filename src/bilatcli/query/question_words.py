"""Question words: the small words of a question, in several languages, that do not filter facts."""

from __future__ import annotations

from bilatcli.index import SUBJECT, Statement
from bilatcli.normalization import normalize
from bilatcli.query.patterns import matches_text
from bilatcli.text import to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query
    from bilatcli.query.names import Match
    from bilatcli.query.tokenizer import Phrase, Span

WORD_CODES = frozenset(
    "al au aus ben cok de er es est et gab il im je ki la ma me mu ne sa se si sur um ve".split()
)
"""Codes of countries that are question words in a language other than English, normalized."""
WORD_SUBJECTS = frozenset(("eu", "un"))
"""The same for acronyms of organisations."""
OPTIONAL = "optional"
"""In place of the language of words that filter facts only if a fact of the question has them."""
MAX_PHRASE_WORDS = 3
"""Maximum words of a question phrase, such as `country profile`."""
MAX_CACHED_WORDS = 50_000
"""Maximum number of looked-up texts that an index keeps in memory."""

_FIND_QUESTION_WORDS = Statement(
    "find_question_words",
    """
    SELECT word, language FROM question_word
    WHERE word IN (SELECT value FROM json_each(:texts))
    """,
)


def drop_question_words(
    words: Sequence[str], index: Index, *, is_alone: bool, fixed: Collection[str] = ()
) -> tuple[list[str], list[str]]:
    """Return the words that filter facts, and the question words that are dropped.

    The words that are `fixed` are kept. A word in capitals beside others is an acronym: `WHO`. If a
    question has no other words (`is_alone`) and all of them are question words, none is dropped.
    """
    is_shouted = "".join(words).isupper()
    free = [word for word in words if word not in fixed]
    texts = {word: normalize(word) for word in free if is_shouted or not word.isupper()}
    found = _find_languages(texts.values(), index)
    known = {text for text, languages in found.items() if languages != {OPTIONAL}}
    dropped = [word for word in words if texts.get(word) in known]
    kept = [word for word in words if texts.get(word) not in known]
    return (list(words), []) if is_alone and not kept else (kept, dropped)


def find_question_phrases(phrase: Phrase, free: Collection[int], index: Index) -> set[int]:
    """Return those of the free positions of a phrase that are in question phrases: `profile of`."""
    texts = {
        (start, end): " ".join([token.normalized for token in phrase.tokens[start:end]])
        for start in range(len(phrase))
        for end in range(start + 2, min(start + MAX_PHRASE_WORDS, len(phrase)) + 1)
        if all(i in free or i in phrase.conjunctions for i in range(start, end))
    }
    known = _find_languages(texts.values(), index) if texts else {}
    return {i for span, text in texts.items() if text in known for i in range(*span) if i in free}


def find_optional_words(words: Iterable[str], index: Index) -> list[str]:
    """Return the words that filter facts only if a fact of the question has them."""
    texts = {word: normalize(word) for word in words}
    known = _find_languages(texts.values(), index)
    return [word for word, text in texts.items() if OPTIONAL in known.get(text, ())]


def drop_absent_words(query: Query, texts: Iterable[str], index: Index) -> None:
    """Drop the optional words of a query that no text of a fact has beside the other words.

    "What has Türkiye sold to Azerbaijan": no fact says `sold`, but facts show who supplied whom.
    "Has Iran sold drones to Russia": a fact that says `sold` of oil is no answer.
    """
    optional = find_optional_words(query.plain_words, index)
    if optional:
        needed = [query.patterns_of(word) for word in query.words if word not in optional]
        texts = [text for text in texts if all(matches_text(each, text) for each in needed)]
        query.drop_words([word for word in optional if not _is_in(texts, query.patterns_of(word))])


def _is_in(texts: Iterable[str], patterns: Sequence[str]) -> bool:
    return any(matches_text(patterns, text) for text in texts)


def drop_question_codes(
    phrase: Phrase, taken: dict[Span, list[Match]], index: Index
) -> dict[Span, list[Match]]:
    """Drop codes that are words of the language of a question: French `est`, `la`.

    An acronym such as `un` is dropped alike. The question must have another word of that language,
    and a country that is named in full.
    """
    codes = {
        span: text
        for span, matches in taken.items()
        if (text := phrase.tokens[span[0]].normalized) in _doubtful_texts(matches[0], span)
    }
    is_named = any(
        span not in codes and matches[0].match != "code" for span, matches in taken.items()
    )
    free = [phrase.tokens[i].normalized for i in phrase.free_positions(taken)]
    if not (codes and is_named and free):
        return taken
    known = _find_languages([*codes.values(), *free], index)
    languages = {language for text in free for language in known.get(text, ())}
    return {
        span: matches
        for span, matches in taken.items()
        if span not in codes or languages.isdisjoint(known.get(codes[span], ()))
    }


def _doubtful_texts(match: Match, span: Span) -> frozenset[str]:
    """Return the texts that may be question words rather than what they were read as."""
    if match.kind == SUBJECT and span[1] - span[0] == 1:
        return WORD_SUBJECTS
    return WORD_CODES if match.match == "code" else frozenset()


def _find_languages(texts: Iterable[str], index: Index) -> dict[str, set[str]]:
    """Return the languages in which each of the texts is a question word; others are left out.

    The index remembers all texts that were looked up.
    """
    known = index.question_words
    letters = {text for text in texts if text.replace(" ", "").isalpha()}
    new = letters.difference(known)
    if new:
        if len(known) > MAX_CACHED_WORDS:
            known.clear()
            new = letters
        known.update((text, set()) for text in new)
        for row in index.rows(_FIND_QUESTION_WORDS, {"texts": to_json(sorted(new))}):
            known[row["word"]].add(row["language"])
    return {text: known[text] for text in letters if known[text]}
