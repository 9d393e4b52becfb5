"""The allowed values of a pack's fields.

Stages of arms transfers use SIPRI's terms (ordered, delivered). Source types are those of CSL
1.0.2. Country codes are the officially assigned ISO 3166-1 alpha-2 codes, and the user-assigned XK
for Kosovo.
"""

TOPICS = (
    "recognition",
    "diplomacy",
    "politics",
    "stance",
    "military",
    "trade",
    "transport",
    "energy",
    "humanitarian",
    "education",
    "culture",
    "history",
    "geography",
)
"""Topics, in display order."""

FIGURE_TOPICS = ("trade", "transport", "energy", "humanitarian", "education")
"""Topics whose facts may carry a measure and an amount in US dollars."""

PLAIN_TOPICS = ("recognition", "diplomacy", "politics", "culture", "history", "geography")
"""Topics whose facts have no additional keys."""

COVERAGES = ("curated", "outline", "generated")
"""How facts were made: written by an editor, or generated, from a reference work or a table.

A relation whose facts are all generated has the coverage `outline`.
"""

STATUSES = ("current", "historical", "planned", "superseded", "disputed")
VERIFICATIONS = ("cited", "single-source-claim", "citation-needed", "conflicting")
RELIABILITIES = ("official", "academic", "reference", "news", "dataset", "advocacy", "weak")

KINDS = (
    "arms-transfer",
    "agreement",
    "alliance",
    "aid",
    "base",
    "exercise",
    "incident",
    "production",
    "training",
    "visit",
    "war",
)
STAGES = (
    "talks",
    "planned",
    "ordered",
    "delivered",
    "signed",
    "in-force",
    "held",
    "ended",
    "cancelled",
)
MEASURES = ("trade turnover", "exports", "imports", "investment", "loan", "aid")

MAX_TEXT_LENGTH = 240
"""Maximum characters of the text of a fact."""

DEFAULT_RANK = 5
"""How telling a fact is for a summary, unless its table says: 1 is shown first."""
TOPIC_RANKS = {"recognition": 1, "politics": 2, "diplomacy": 3, "military": 4, "trade": 4}
"""How telling the facts of some topics are for a summary if they are in no table."""

UNDATED = "~"
"""The date of an undated fact in the index. It sorts after every date."""

OPEN_START = "0000-00-00"
"""The first day of an interval that is open at its start. It sorts before every date."""
OPEN_END = "9999-99-99"
"""The last day of an interval that is open at its end. It sorts after every date."""

NAME_KINDS = ("name", "official", "alias", "native", "former", "demonym", "capital")
"""Kinds of country names, from the name that is displayed to the loosest."""

COMBINING_MARK = "-"
"""Ends a name that means a country only before a hyphen: `sino-`. Other names have no hyphen."""

SUBJECT_KINDS = (
    "territory",
    "organisation",
    "group",
    "people",
    "region",
    "former-state",
    "place",
)
"""Kinds of subjects that are not countries. A place is part of a country."""

SOURCE_TYPES = tuple(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
    """.split()
)

CONTAINER_TYPE_PREFIXES = ("article", "entry", "webpage", "post", "review")
"""Prefixes of source types with a periodical or site (CSL `container-title`), not a publisher."""

COUNTRY_CODES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split()
)

PREFIX_MARK = "*"
"""The last character of a word, or of a pattern of words, that may go on: `pipel*`."""
