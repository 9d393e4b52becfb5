"""Searching: facts of all relations that say some words, the likeliest first, and where in a fact the words stand.

Words are not read as countries: all are looked for, each as the beginning of a word, but for those that only join.
"""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.query import filters, parser
from bilatcli.query.options import USUAL_LIMIT
from bilatcli.query.request import MAX_TOKENS, Query, option_country
from bilatcli.text import cut, fold, is_glued, json_string, json_value, squeeze
from bilatcli.views.document import Document
from bilatcli.views.result import FACT_ID, JSON, PART, PLACE, SOURCES, as_it_was

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Member
    from bilatcli.views.result import Row

    Span = tuple[int, int]

ORDER, SCORE = 2, 7
"""Where the rows of the statement have whether a fact is in outline, or how many there are; and its score."""


def search(statement: str, request: Request, index: Index) -> Document:
    """Return the document of the facts that say the words, the likeliest first."""
    query = understand(request, index)
    found = index.rows(statement, parameters(query))
    facts = [as_it_was(row) if request.as_of else row for row in found if row[PART] == "fact"]
    facts.sort(key=lambda row: (row[ORDER], row[SCORE], row[FACT_ID]))
    sources = {row[PLACE]: row[JSON] for row in found if row[PART] == "source"}
    counts = {row[PART]: int(row[ORDER]) for row in found if row[PART] in ("found", "said")}
    verification = "null" if request.verification is None else json_string(request.verification)
    limit = request.limit or USUAL_LIMIT
    members: dict[str, Member] = {
        "query": f'{query.json()[:-1]},"verification":{verification},"limit":{limit}}}',
        "relation": "null",
        "total": str(counts["found"]),
        "matches": [_match_json(row, query.words) for row in facts],
        "facts": [row[JSON] for row in facts],
        "sources": [
            sources[id] for id in dict.fromkeys(id for row in facts for id in row[SOURCES].split())
        ],
    }
    said = [*query.notes(), *_notes(query, counts["said"], counts["found"], limit)]
    return Document(request.view, members, rows="facts", fields=request.fields, notes=said)


def understand(request: Request, index: Index) -> Query:
    """Return what a request asks for: the words, mended where no fact has them, and the country of its option.

    Raises UsageError where there is no word.
    """
    if request.verified and request.verification not in (None, "cited"):
        raise UsageError(
            f"--verified asks for `cited`, and --verification for `{request.verification}`: give one"
        )
    phrase = parser.tokens(request.words)
    if len(phrase) > MAX_TOKENS:
        raise UsageError(f"{len(phrase)} words are too many to look for: give at most {MAX_TOKENS}")
    telling = [token for token in phrase if not token.is_joining] or phrase
    words = list({token.word_number: token.word for token in telling if cut(token.word)}.values())
    if not words:
        raise UsageError(f"name what to look for, as in `bilatcli {request.view} jf-17`")
    countries = [] if request.country is None else [option_country(request, index)]
    return Query(request, countries, filters.understand(words, index, filters.SAID))


def parameters(query: Query) -> dict[str, object]:
    """What the statement is asked with."""
    request = query.request
    country = next(iter(query.codes), None)
    verification = "cited" if request.verified else request.verification
    filtered = {
        "topic": request.topic,
        "country": country,
        "verification": verification,
        "all": int(request.all),
    }
    when = {"as_of": request.as_of, "since": request.since, "until": request.until}
    # FTS5 reads an expression, another engine the phrases.
    asked = {"sought": sought(query.words), "phrases": phrases(query.words)}
    return {**asked, "limit": request.limit or USUAL_LIMIT, **filtered, **when}


def sought(words: Sequence[str]) -> str:
    """Return what FTS5 is asked for: every word, or all of them written as one.

    Folded words hold letters, digits and vowel signs alone, so that nothing in quotation marks is taken for syntax.
    What is quite the word counts twice, and so comes before what only begins with it.

    >>> sought(["JF-17"])
    '("jf 17" OR "jf 17" * OR "jf17" OR "jf17" *)'
    """
    every, whole = phrases(words)
    asked = " AND ".join(map(_quoted, every))
    return f"({asked}) OR {_quoted([whole])}" if whole else asked


def phrases(words: Sequence[str]) -> tuple[list[list[str]], str]:
    """Return the phrases that words are sought as: the forms of each, and of several all of them written as one.

    >>> phrases(["JF-17", "Baku"])
    ([['jf 17', 'jf17'], ['baku']], 'jf17baku')
    """
    whole = squeeze("".join(words)).replace(" ", "") if len(words) > 1 else ""
    return [_forms(word) for word in words], whole


def _forms(word: str) -> list[str]:
    """A word in its parts, and as one: designations are found however they are written."""
    return list(dict.fromkeys(form for form in (" ".join(cut(word)), squeeze(word)) if form))


def _quoted(forms: Sequence[str]) -> str:
    return "(" + " OR ".join(f'"{form}" OR "{form}" *' for form in forms) + ")"


def _notes(query: Query, said: int, found: int, limit: int) -> list[str]:
    """What an answer leaves out: facts beyond the limit, or why there are none."""
    request = query.request
    if found > limit:
        return [
            f"{found - limit} more {'fact' if found - limit == 1 else 'facts'}: add --limit {found}"
        ]
    if found:
        return []
    topic = f" of topic {request.topic}" if request.topic else ""
    about = "".join(f" on {match.name}" for match in query.countries)
    doubts = request.verified or request.verification
    hint = (
        f"add --all, or leave --{'verified' if request.verified else 'verification'} out"
        if doubts
        else "add --all"
    )
    are = "is" if said == 1 else "are"
    narrow = [request.topic, request.country, request.as_of, request.since, request.until]
    looser = "leave words out" if len(query.words) > 1 else "`bilatcli list` shows what there is"
    rest = (
        f"{said} {are} superseded or not verified so: {hint}"
        if said
        else "leave options out"
        if any(narrow)
        else looser
    )
    return [f"no fact{topic}{about} has `{query.filter}`; {rest}"]


# --- where the words stand


def _match_json(row: Row, words: Sequence[str]) -> str:
    """What is said of one fact: how well it matches, and where its text has the words."""
    text = json_value(row[JSON], "text")
    at = spans(text, words)
    there = dict.fromkeys(text[start:end] for start, end in at)
    return (
        f'{{"fact":{json_string(row[FACT_ID])},"score":{-float(row[SCORE]):.4f},'
        f'"words":[{",".join(map(json_string, there))}],"spans":[{",".join(f"[{start},{end}]" for start, end in at)}]}}'
    )


def spans(text: str, words: Sequence[str]) -> list[Span]:
    """Return where a text has words that begin with those that are sought, as (start, end), none within another.

    >>> spans("Kashmiris and JF-17s", ["jf17", "kashmir"])
    [(0, 9), (14, 20)]
    """
    parts = _parts(text)
    sought = [cut(word) for word in words]
    whole = [squeeze(word) for word in (*words, "".join(words))]
    found = [
        (parts[start][1], parts[end - 1][2])
        for start in range(len(parts))
        for end in (
            *(_apart(parts, start, each) for each in sought),
            *(_together(parts, start, each) for each in whole),
        )
        if end
    ]
    kept: list[Span] = []
    for start, end in sorted(found):
        if kept and start < kept[-1][1]:
            kept[-1] = kept[-1][0], max(end, kept[-1][1])
        else:
            kept.append((start, end))
    return kept


_Part = tuple[str, int, int]


def _parts(text: str) -> list[_Part]:
    """The words of a text as they are searched, with where each begins and ends."""
    runs: list[Span] = []
    is_open = False
    for place, letter in enumerate(text):
        if not letter.isalnum() and (letter.isascii() or " " in fold(f"a{letter}a")):
            is_open = False
            continue
        is_single = not letter.isascii() and any(map(is_glued, fold(letter)))
        if is_open and not is_single:
            runs[-1] = runs[-1][0], place + 1
        else:
            runs.append((place, place + 1))
        is_open = not is_single
    return [(part, start, end) for start, end in runs for part in cut(text[start:end])]


def _apart(parts: Sequence[_Part], start: int, sought: Sequence[str]) -> int:
    """Where the parts end that are those of a word, the last of them only begun with it; 0 where they are not."""
    end = start + len(sought)
    there = [part for part, _, _ in parts[start:end]]
    is_same = (
        len(there) == len(sought) > 0
        and there[:-1] == list(sought[:-1])
        and there[-1].startswith(sought[-1])
    )
    return end if is_same else 0


def _together(parts: Sequence[_Part], start: int, sought: str) -> int:
    """Where the parts end that are a word once nothing stands between them; 0 where they are not."""
    joined = ""
    for end in range(start, len(parts)):
        if not sought or not (sought.startswith(joined) or joined.startswith(sought)):
            return 0
        joined += parts[end][0]
        if joined.startswith(sought):
            return end + 1
    return 0
