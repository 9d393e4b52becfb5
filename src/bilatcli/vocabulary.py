"""The closed word lists of a pack, what a field may say in the field's own terms; and what the index has for no date.

Arms transfers follow SIPRI's words (ordered, delivered); source types and their fields are CSL 1.0.2's;
country codes are ISO 3166-1 alpha-2 as officially assigned, with the user-assigned XK for Kosovo.
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
"""Topics in the order in which they are shown."""

FIGURE_TOPICS = ("trade", "transport", "energy", "humanitarian", "education")
"""Topics whose facts may carry a measure and an amount in US dollars."""

PLAIN_TOPICS = ("recognition", "diplomacy", "politics", "culture", "history", "geography")
"""Topics whose facts carry no keys of their own."""

COVERAGES = ("curated", "outline")
"""How a fact came about: an editor wrote it, or it was generated from a reference work."""

STATUSES = ("current", "historical", "planned", "superseded", "disputed")
VERIFICATIONS = ("cited", "single-source-claim", "citation-needed", "conflicting")
RELIABILITIES = ("official", "academic", "reference", "news", "dataset", "advocacy", "weak")

KINDS = (
    "arms-transfer",
    "agreement",
    "alliance",
    "aid",
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

MAX_TEXT = 240
"""The most characters of a statement."""

UNDATED = "~"
"""The place in time of a fact without a date, as the index has it: behind every date."""

NAME_KINDS = ("name", "official", "alias", "native", "former", "demonym", "capital")
"""What a country's name is, from the one it is printed with to the loosest."""

SOURCE_TYPES = tuple(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage""".split()
)

IN_CONTAINER = ("article", "entry", "webpage", "post", "review")
"""The beginnings of types of which CSL names a periodical or site, in another field than a publisher."""

COUNTRY_CODES = frozenset(
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
    MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW""".split()
)
