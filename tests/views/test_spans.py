"""Where a text has the words of a search."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bilatcli.index.stems import stem_word
from bilatcli.normalization import search_tokens
from bilatcli.query.patterns import join_patterns, make_patterns
from bilatcli.views.spans import find_spans


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("The JF-17s and a JF17B.", ["jf-17"], ["JF-17s", "JF17B"]),
        ("The JF-17.", ["jf", "17"], ["JF-17"]),
        ("In 2017 Kashmiri", ["17", "kashmir*"], ["Kashmiri"]),
        ("In 2017 Kashmiri", ["17", "kashmir"], []),
        ("Embassies of an embassy", ["embassy"], ["Embassies", "embassy"]),
        ("He recognised it, they recognize it", ["recognises"], ["recognised", "recognize"]),
        ("Soldiers", ["sold"], []),
        ("Nagorno-Karabakh", ["nagornokarabakh"], ["Nagorno-Karabakh"]),
        ("Co\u0302te d’Ivoire", ["cote", "ivoire"], ["Co\u0302te", "Ivoire"]),
        ("冰岛与蒙古的", ["蒙古"], ["蒙古"]),
        ("한국과", ["한국"], ["한국"]),
        ("", ["a"], []),
        ("a b", [""], []),
    ],
)
def test_find_spans(text: str, words: list[str], marked: list[str]) -> None:
    """The forms of the words are marked, and designations in any spelling."""
    patterns = [each for word in words for each in make_patterns(word, stem_word, search_tokens)]
    spans = find_spans(text, [*patterns, *join_patterns(words)])
    assert "".join(text[start:end] for start, end in spans) == "".join(marked)
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
