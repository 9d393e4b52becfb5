"""British and American spelling: one form of each word, so that either finds the other.

The form is for comparison, and never shown. It is the American one, or close to it: what matters is
that all spellings of a word have the same form, and other words have other forms.
"""

from __future__ import annotations

_WORDS = {
    "acknowledgement": "acknowledgment",
    "aeroplane": "airplane",
    "ageing": "aging",
    "aluminium": "aluminum",
    "artefact": "artifact",
    "cheque": "check",
    "defence": "defense",
    "draught": "draft",
    "enrol": "enroll",
    "fuelled": "fueled",
    "fuelling": "fueling",
    "fulfil": "fulfill",
    "gramme": "gram",
    "grey": "gray",
    "instalment": "installment",
    "jewellery": "jewelry",
    "judgement": "judgment",
    "kerb": "curb",
    "kilogramme": "kilogram",
    "licence": "license",
    "mould": "mold",
    "offence": "offense",
    "plough": "plow",
    "practise": "practice",
    "practised": "practiced",
    "practising": "practicing",
    "pretence": "pretense",
    "programme": "program",
    "sceptic": "skeptic",
    "sceptical": "skeptical",
    "skilful": "skillful",
    "sulphur": "sulfur",
    "wilful": "willful",
}
"""Words that differ in a way of their own. Their plurals follow."""

_BEGINNINGS = {
    "anaesth": "anesth",
    "archaeolog": "archeolog",
    "encyclopaed": "encycloped",
    "foetus": "fetus",
    "gynaec": "gynec",
    "haemo": "hemo",
    "manoeuv": "maneuv",
    "mediaeval": "medieval",
    "orthopaed": "orthoped",
    "paediat": "pediat",
}
"""What words begin with in either spelling. The rest of the word is treated as any other."""

_OUR = """
arm behavi cand clam col demean disc disfav dishon endeav fav ferv flav glam harb hon hum lab
misdemean neighb od parl ranc rig rum sav savi splend succ tum val vap vig
""".split()
"""What comes before `our` in words that have `or` in American English."""
_RE = tuple("calib cent fib lit lust maneuv meag met sab somb spect theat".split())
"""What comes before `re` in words that have `er`, also after a prefix: `kilomet`."""
_OGUE = ("anal", "catal", "dial", "epil", "monol", "prol")
"""What comes before `ogue` in words that have `og`."""

_ISE = ("ise", "ised", "ises", "iser", "isers", "ising", "isation", "isations", "isational")
_NOT_IZE = frozenset(
    """ad advert appra apprent ar bru ch chast circumc comprom compr conc cru dem desp dev disgu
    enfranch enterpr exc exerc expert franch gu impr improv inc l likew merchand mort no otherw
    parad po pra prec prem pr prom ra rev r superv surpr surm telev treat tre v w""".split()
)
"""What comes before `ise` in words that have it in every spelling."""
_YSE = ("yse", "ysed", "yses", "yser", "ysers", "ysing")


def unify_spelling(word: str) -> str:
    """Return the form of a word that its British and its American spelling share.

    The word has small letters of the English alphabet only.

    >>> [unify_spelling(word) for word in ["organisations", "neighbouring", "kilometres"]]
    ['organizations', 'neighboring', 'kilometers']
    """
    singular = word[:-1] if word[-1:] == "s" else word
    if singular in _WORDS:
        return _WORDS[singular] + word[len(singular) :]
    if word.startswith(tuple(_BEGINNINGS)):
        british = next(each for each in _BEGINNINGS if word.startswith(each))
        word = _BEGINNINGS[british] + word[len(british) :]
    if "our" in word:
        before, _, after = word.partition("our")
        return f"{before}or{after}" if before in _OUR else word
    if "is" in word:
        return _unify_verb(word, _ISE, "iz")
    if "ys" in word:
        return _unify_verb(word, _YSE, "yz")
    return _unify_ending(word)


def _unify_verb(word: str, endings: tuple[str, ...], american: str) -> str:
    """Return `organize` for `organise`, `analyze` for `analyse`, in all their forms."""
    for ending in endings:
        if word.endswith(ending):
            before = word[: -len(ending)]
            return word if before in _NOT_IZE else f"{before}{american}{ending[2:]}"
    return word


def _unify_ending(word: str) -> str:
    """Return `center` for `centre` and `dialog` for `dialogue`, in all their forms."""
    for ending, inflected in (("re", ""), ("res", "s"), ("red", "ed"), ("ring", "ing")):
        if word.endswith(ending) and word[: -len(ending)].endswith(_RE):
            return f"{word[: -len(ending)]}er{inflected}"
    for ending, inflected in (("ogue", ""), ("ogues", "s")):
        if word.endswith(ending) and word[: -len(ending)] in _OGUE:
            return f"{word[: -len(ending)]}og{inflected}"
    return word
