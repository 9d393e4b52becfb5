"""Words of sentences on relations: which mean the same, which add nothing, which change a claim.

The groups are of English words. A word stands for the first of its group; words are compared by
their stems, so that each form is found.
"""

from __future__ import annotations

from bilatcli.index.stems import stem_word
from bilatcli.normalization import normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_GROUPS = """
recognise recognition recognised
relation relations ties
establish establishment inaugurate
participate participation participated part
resume restore renew reestablish restart reopen
break sever
order commission contract
deliver delivery receipt receive handover
acquire buy purchase procure bought sell sold sale supply supplier supplies supplied
export exports
import imports
trade turnover traded
share percent
visit visited trip tour travel
meet met meeting talks summit received
sign signed conclude concluded signature ink inked signing
agreement accord deal pact
treaty treaties
memorandum mou memoranda
close shut closed closure
begin start began launch launched inception commence
exercise drill manoeuvre maneuver
troop soldier personnel serviceman
plane aircraft warplane jet
fighter fighters
helicopter chopper
give grant gave granted given award donate extend
send sent dispatch
seize storm seized stormed
bomb bombed strike struck
clash fight fought clashed
war wars
border frontier
refugee refugees
migrant migrants
embassy embassies
consulate consulates
defence defense
military army
invest investment
pledge promise
put estimate count
hold held
minister ministers
independence independent
freeze froze frozen
mission missions
withdraw withdrew pullout
aid help assistance relief
gas lng
oil crude
mediate mediation mediator
support back backed
reject refuse refused rejected decline
ambassador envoy
goods merchandise
"""
"""Words with the same meaning; the first of a line stands for all."""

_LIGHT = """
a an the this that these those its it his her their our they them he she who whom whose which what
in on at of to for from by with into onto upon over under between among amid across per as than then
and or but nor while when where after before during since until till through throughout about around
nearly almost some roughly approximately more less least most up down out off both two sides side
is are was were be been being am has have had having do does did done can could will would
not no there here so such also still just only even again further later earlier ago
country countries nation nations state government capital republic federation
worth cost costs price priced value valued total amount amounted stand stood stands reach reached
come came went go hit
pass passed climb climbed exceed exceeded rise rose make made take took taken get got keep keeps
kept
maintain maintains maintained run ran extend become became name named call called
year years month day days date end ended
according figure figures data statistics statistic official officially formally bilateral mutual
other another one any each every all many much very own same via like including
say said put says
"""
"""Words that a fact need not have for a sentence to be supported by it.

Those that narrow or widen a claim (`only`, `most`, `all`) are taken out again below.
"""

_WEIGHTY = """
only most all every each official ended end all any least
"""
"""Words that look light but change what a sentence claims, so a fact must have them."""

_HEDGES = {
    "plan": "plan planned plans intend intends intended intention aim aims expect expected due "
    "will would may might could propose proposed proposal want wants wanted interest interested "
    "consider "
    "considered considering considers draft seek sought look slated offer offered ready should "
    "suggest suggested",
    "talk": "negotiate negotiating negotiation negotiated negotiations discuss discussed "
    "discussing discussion approve approved approval intent",
    "deny": "deny denied denies denial reject rejected refuse refused refuses dispute disputed",
    "claim": "claim claimed claims allege alleged allegation accuse accused accusation",
    "cancel": "cancel cancelled annul annulled scrap scrapped",
}
"""Words that say that something was not simply so, by what they say."""

STATEMENTS = frozenset(
    "say said says stated argue argues argued insist insists insisted claims claimed told".split()
)
"""Verbs of who says something, normalized. A fact with one is a statement, not what is stated."""

REPORTS = STATEMENTS | frozenset(
    "called calls call demands demanded urged urges asked asks wants wanted holds hold".split()
)
"""Verbs that give the opinion of somebody else, normalized."""

OPPOSITES = (
    ("before", "after"),
    ("more", "less"),
    ("more", "fewer"),
    ("rose", "fell"),
    ("rise", "fall"),
    ("up", "down"),
    ("increased", "decreased"),
    ("higher", "lower"),
    ("largest", "smallest"),
    ("most", "least"),
    ("supports", "opposes"),
    ("supported", "opposed"),
    ("accepted", "rejected"),
    ("first", "last"),
    ("north", "south"),
    ("east", "west"),
    ("surplus", "deficit"),
)
"""Words that reverse what a sentence says."""

NEGATIONS = frozenset("not no never without nor none neither cannot nt".split())
"""Words that negate what a sentence says, normalized."""

OPINIONS = frozenset(
    "should ought must hopefully unfortunately arguably probably perhaps maybe hope opinion view "
    "mistake disaster beautiful sweeter loyal honey shameful tragic wonderful terrible best worst "
    "wise foolish deserves deserve".split()
)
"""Words of sentences that judge or advise, normalized."""
QUESTION_STARTS = frozenset(
    "did does do is are was were has have had who whom what when where why how which will would "
    "can could should".split()
)

PHRASES = {
    ("set", "up"): "establish",
    ("date", "from"): "establish",
    ("dates", "from"): "establish",
    ("broke", "off"): "break",
    ("breaking", "off"): "break",
    ("cut", "off"): "break",
    ("cut", "ties"): "break",
    ("drop", "ties"): "break",
    ("gave", "up"): "abandon",
    ("hand", "over"): "deliver",
    ("handed", "over"): "deliver",
    ("shot", "down"): "shoot",
}
"""Two words that together stand for one, normalized."""

IMPLIED = {
    "host": "refugee migrant exercise visit meet",
    "share": "border",
    "long": "border",
    "won": "order",
    "plane": "trainer fighter helicopter drone",
    "gun": "atags",
    "independence": "recognise",
    "open": "relation embassy",
    "acquire": "export import",
    "export": "sold",
    "diplomat": "relation",
    "people": "migrant refugee",
    "warplane": "fighter",
    "weapon": "missile fighter",
}
"""Words that a fact has without saying so, by the words of which it has one."""

ROLE_VERBS = {
    "sell sold sells selling supply supplied supplies supplying deliver delivered delivers export "
    "exported exports exporting provide provided give gave given gives send sent sends donate "
    "donated "
    "grant granted grants pledge pledged lease leased extend extended ship shipped": "giver",
    "buy bought buys buying purchase purchased order ordered orders import imported imports "
    "importing receive received receives acquire acquired procure procured rent rented rents "
    "get got obtain obtained host hosts hosted hosting": "getter",
    "recognise recognised recognises recognize recognized recognizes visit visited visits bomb "
    "bombed attack "
    "attacked invade invaded strike struck condemn condemned condemns close closed shut break "
    "broke "
    "cross crossed name named seize seized accuse accused tour recall recalled ban banned sue sued "
    "support supported supports back backed backs suspend suspended cut paid pay call called "
    "mediate mediated annex annexed occupy occupied threaten threatened keep keeps kept maintain "
    "maintains maintained have has had offer offered deploy deployed": "actor",
}
"""Verbs by the role of their subject, in all their forms."""

REPEATED = frozenset(
    "visit meet talk exercise trade export import attack call strike summit condemn say put drill "
    "bomb protest poll share aid".split()
)
"""What happens again and again: another date can be another event."""

UNIQUE = frozenset("recognise establish resume break".split())
"""What happens once between two countries, or seldom, so that another date is an error."""


def _key(word: str) -> str:
    return stem_word(normalize(word))


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_key, words))


class Lexicon:
    """The groups of this module by stems, made on first use."""

    def __init__(self) -> None:
        self.heads: dict[str, str] = {}
        for line in _GROUPS.strip().splitlines():
            head, *others = line.split()
            for word in (head, *others):
                self.heads.setdefault(_key(word), head)
        weighty = _keys(_WEIGHTY.split())
        self.light = _keys(_LIGHT.split()) - weighty
        self.hedges = {
            _key(word): name for name, words in _HEDGES.items() for word in words.split()
        }
        self.implied = {
            self.head(_key(word)): frozenset(map(self.head, map(_key, others.split())))
            for word, others in IMPLIED.items()
        }
        self.roles = {word: role for words, role in ROLE_VERBS.items() for word in words.split()}

    def head(self, stem: str) -> str:
        """Return the word that stands for a stem, or the stem itself."""
        return self.heads.get(stem, stem)


_LEXICON: list[Lexicon] = []


def get_lexicon() -> Lexicon:
    """Return the lexicon, which is made once."""
    if not _LEXICON:
        _LEXICON.append(Lexicon())
    return _LEXICON[0]
