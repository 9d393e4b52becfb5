"""Route a question without a command to the view with the best answer."""

from __future__ import annotations

from bilatcli.query.errors import Ambiguous
from bilatcli.query.interpret import interpret
from bilatcli.query.issues import find_named_issues
from bilatcli.query.question_words import drop_question_words, find_optional_words
from bilatcli.query.request import Request, is_newest
from bilatcli.query.subjects import find_mentions, is_shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index
    from bilatcli.query.interpret import Query


class Route:
    """The view that answers words; `is_first_named` is True if they begin with a known name.

    Such a name, of a country, a subject or an issue, is not a misspelt command.
    """

    __slots__ = ("is_first_named", "view")

    def __init__(self, view: str, *, is_first_named: bool = True) -> None:
        self.view = view
        self.is_first_named = is_first_named


def find_route(request: Request, index: Index) -> Route:
    """Return the route of the words of a request. The request stays as it is.

    Countries only: `summary`. Countries and other words: `facts`. An issue, or a territory that
    leads to one, without countries: `stances`. Another subject: `facts`. Other words: `search`.
    A word such as `newest`, alone or with a country: `latest`. An organisation that no fact on the
    only country mentions: `summary`, which shows relations with its members.
    """
    if is_newest(request.text):
        return Route("latest")
    try:
        query = interpret(Request("facts", request.words, request.environment), index)
    except Ambiguous:
        return Route("summary")
    is_newest_asked = query.request.sort is not None
    if is_newest_asked and not query.subjects and len(query.codes) < 2:
        words, _ = drop_question_words(query.typed_words, index, is_alone=False)
        if not set(words).difference(find_optional_words(words, index)):
            return Route("latest")
    is_country = bool(query.codes) and not (query.words or query.subjects or is_newest_asked)
    if not is_country and find_named_issues(request.text, index):
        return Route("stances")
    view = "summary" if is_country else _choose_view(query, index)
    return Route(view, is_first_named=_has_first_word(query, request.text))


def _choose_view(query: Query, index: Index) -> str:
    if len(query.codes) == 1 and query.subjects and not query.plain_words:
        return "facts" if _is_mentioned(query, index) else "summary"
    if query.codes:
        return "facts"
    if not query.subjects:
        return "search"
    leads_to_issues = any(each.issues and each.kind == "territory" for each in query.subjects)
    return "stances" if leads_to_issues and not query.plain_words else "facts"


def _is_mentioned(query: Query, index: Index) -> bool:
    """Return True unless the subjects of a query have members, and no fact mentions them.

    The facts are those on the country of the query that answers show.
    """
    if not all(subject.members for subject in query.subjects):
        return True
    code = query.codes[0].lower()
    return any(
        is_shown(fact) and code in fact["id"].partition("/")[0].split("-")
        for fact in find_mentions(query.subjects, index)
    )


def _has_first_word(query: Query, text: str) -> bool:
    """Return True if a text begins with a country or a subject that was not guessed."""
    names = [match.input for match in query.countries if match.kind != "fuzzy"]
    names += [subject.input for subject in query.subjects if subject.score == 100]
    start = text.casefold()
    return any(start.startswith(name.casefold()) for name in names)
