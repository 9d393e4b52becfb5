"""The types, fields, languages and months that BibTeX, BibLaTeX and CSL have in common."""

from __future__ import annotations

ENTRY_TYPES: dict[str, tuple[str, str]] = {
    "article": ("misc", "online"),
    "article-journal": ("article", "article"),
    "article-magazine": ("article", "article"),
    "article-newspaper": ("article", "article"),
    "bill": ("misc", "legislation"),
    "book": ("book", "book"),
    "broadcast": ("misc", "video"),
    "chapter": ("incollection", "incollection"),
    "classic": ("book", "book"),
    "collection": ("proceedings", "collection"),
    "dataset": ("misc", "dataset"),
    "document": ("misc", "misc"),
    "entry": ("incollection", "incollection"),
    "entry-dictionary": ("incollection", "inreference"),
    "entry-encyclopedia": ("incollection", "inreference"),
    "figure": ("misc", "image"),
    "graphic": ("misc", "image"),
    "hearing": ("misc", "jurisdiction"),
    "interview": ("misc", "misc"),
    "legal_case": ("misc", "jurisdiction"),
    "legislation": ("misc", "legislation"),
    "manuscript": ("unpublished", "unpublished"),
    "map": ("misc", "image"),
    "motion_picture": ("misc", "movie"),
    "musical_score": ("book", "book"),
    "pamphlet": ("booklet", "booklet"),
    "paper-conference": ("inproceedings", "inproceedings"),
    "patent": ("misc", "patent"),
    "performance": ("misc", "performance"),
    "periodical": ("article", "periodical"),
    "personal_communication": ("misc", "letter"),
    "post": ("misc", "online"),
    "post-weblog": ("misc", "online"),
    "regulation": ("misc", "legislation"),
    "report": ("techreport", "report"),
    "review": ("article", "review"),
    "review-book": ("article", "review"),
    "software": ("misc", "software"),
    "song": ("misc", "music"),
    "speech": ("misc", "unpublished"),
    "standard": ("misc", "standard"),
    "thesis": ("phdthesis", "thesis"),
    "treaty": ("misc", "legal"),
    "webpage": ("misc", "online"),
}
"""The types of entries in BibTeX and in BibLaTeX by CSL's type. All other types are `misc`."""

CSL_TYPES = {
    # The first type of the table wins.
    **{biblatex: csl for csl, (_, biblatex) in reversed(ENTRY_TYPES.items())},
    "conference": "paper-conference",
    "electronic": "webpage",
    "image": "graphic",
    "inbook": "chapter",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "mastersthesis": "thesis",
    "mvbook": "book",
    "online": "webpage",
    "phdthesis": "thesis",
    "proceedings": "book",
    "techreport": "report",
    "unpublished": "manuscript",
    "www": "webpage",
}
"""CSL's type by that of an entry. The type of other entries depends on whether they have a URL."""
del CSL_TYPES["misc"]

OUTLET_FIELDS = {
    "article": "journal",
    "review": "journal",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "inreference": "booktitle",
    "techreport": "institution",
    "report": "institution",
    "phdthesis": "school",
    "thesis": "institution",
    "online": "organization",
    "unpublished": "howpublished",
    "booklet": "howpublished",
    "misc": "howpublished",
}
"""The field for the outlet by the type of an entry. All other types have `publisher`."""

CSL_FIELDS = {
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "howpublished": "publisher",
    "title": "title",
    "doi": "DOI",
    "keywords": "keyword",
}
"""CSL's field by that of an entry. All other fields keep their names."""

_BABEL = """
    af=afrikaans ar=arabic az=azerbaijani bg=bulgarian bn=bengali ca=catalan cs=czech da=danish
    de=ngerman el=greek en=english es=spanish et=estonian fa=persian fi=finnish fr=french he=hebrew
    hi=hindi hr=croatian hu=hungarian hy=armenian id=indonesian is=icelandic it=italian ja=japanese
    ka=georgian ko=korean la=latin lt=lithuanian lv=latvian mk=macedonian mn=mongolian nl=dutch
    no=norwegian pl=polish pt=portuguese ro=romanian ru=russian sk=slovak sl=slovene sq=albanian
    sr=serbian sv=swedish ta=tamil th=thai tr=turkish uk=ukrainian ur=urdu vi=vietnamese zh=chinese
"""
BABEL_LANGUAGES = dict(pair.split("=") for pair in _BABEL.split())
"""The name of a language in babel, the language package of LaTeX, by its ISO 639-1 code."""

_OTHER_NAMES = """
    de=german de=austrian de=naustrian de=swissgerman de=nswissgerman
    en=british en=american en=australian en=canadian en=newzealand en=usenglish en=ukenglish
    es=mexican fa=farsi fr=francais fr=frenchb fr=canadien hu=magyar id=bahasa no=norsk no=nynorsk
    pt=brazil pt=brazilian pt=portuges sl=slovenian sr=serbianc
"""
LANGUAGE_CODES = {name: code for code, name in BABEL_LANGUAGES.items()} | {
    name: code for code, _, name in (pair.partition("=") for pair in _OTHER_NAMES.split())
}
"""The code of a language by its names in babel."""

MONTHS = tuple(
    """
    January February March April May June
    July August September October November December
    """.split()
)
