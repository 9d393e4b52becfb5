"""Errors for words that are not a country: what they are instead, and commands with an answer."""

from __future__ import annotations

from bilatcli.error_details import Candidate
from bilatcli.errors import UsageError
from bilatcli.query.countries import resolve_name, suggest_countries
from bilatcli.query.errors import Ambiguous, FormerState, NoSuchCountry, NotACountry
from bilatcli.query.filters import has_pattern
from bilatcli.query.names import SUBJECT_KINDS, Match
from bilatcli.query.options import COUNTRY
from bilatcli.query.subjects import (
    country_labels,
    find_mentions,
    find_places,
    is_shown,
    load_subjects,
)
from bilatcli.query.tokenizer import typed_pieces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilatcli.errors import BilatcliError
    from bilatcli.index.store import Index
    from bilatcli.query.countries import Resolution
    from bilatcli.query.interpret import Query
    from bilatcli.query.options import Option
    from bilatcli.query.request import Request
    from bilatcli.query.subjects import Subject
    from bilatcli.query.tokenizer import Phrase, Span

    Command = Callable[[str], str]
    """Returns the command that asks the same with the code of a country in place of a name."""


def find_refusal(query: Query, index: Index, *, takes_subjects: bool) -> BilatcliError | None:
    """Return the error for a query that cannot be answered with what it names, or None.

    Without a country it needs subjects that facts can mention, if the view takes them. With one, a
    former state and a part of another country are not left out silently.
    """
    if not query.codes and not query.subjects:
        return _refuse_word(query, query.typed_filter or " ".join(query.request.words), index)
    for subject in query.subjects:
        if query.codes:
            is_former = subject.kind == "former-state" and not takes_subjects
            is_refused = is_former or _is_foreign(subject, query, index)
        else:
            is_refused = not (takes_subjects and subject.is_searchable)
        if is_refused:
            return _refuse(subject, _command_beside(query, subject), index)
    return None


def resolve_option(option: Option, name: str, index: Index) -> Resolution:
    """Return what the name in an option stands for. Raises UsageError if it is empty."""
    if not name.strip():
        raise UsageError(
            f"`{option.key}` is empty",
            hint="give a country, such as azerbaijan",
            options=(option.key,),
        )
    return resolve_name(name, index)


def refuse_option(
    option: Option, request: Request, found: Resolution, index: Index
) -> BilatcliError:
    """Return the error for a name in an option that is not a country."""

    def command(code: str) -> str:
        return request.command(request.words, **{option.key: code})

    if found.subject is not None:
        return _refuse(found.subject, command, index)
    if found.candidates:
        return Ambiguous(found.input, [_to_candidate(each, command) for each in found.candidates])
    near = suggest_countries(found.input, index)
    return NoSuchCountry(found.input, [_to_candidate(each, command) for each in near])


def find_members(subject: Subject, index: Index) -> list[Match]:
    """Return the members of a subject as matches of its name."""
    return [
        Match(subject.input, code, name, kind="member")
        for code, name in country_labels(subject.members, index)
    ]


def explain_subject(subject: Subject, index: Index) -> str:
    """Return the sentence that says what a subject is, and which commands have an answer."""
    return _refuse(subject, lambda code: f"bilatcli summary {code}", index).message


def _is_foreign(subject: Subject, query: Query, index: Index) -> bool:
    """Return True for a part of another country that no fact mentions."""
    if not subject.part_of or not set(query.codes).isdisjoint(subject.part_of):
        return False
    return not any(has_pattern(pattern, index) for pattern in subject.patterns)


def _refuse_word(query: Query, word: str, index: Index) -> BilatcliError:
    """Return the error for a word that is neither a country nor a subject, with names near it."""

    def command(code: str) -> str:
        return query.request.command([code])

    if places := load_subjects(find_places([word], index), index):
        return _refuse(places[0], command, index)
    near = suggest_countries(word, index)
    return NoSuchCountry(word, [_to_candidate(match, command) for match in near])


def _refuse(subject: Subject, command: Command, index: Index) -> BilatcliError:
    """Return the error for a subject in place of a country."""
    if subject.part_of:
        owners = _label_countries(subject.part_of, command, index)
        names = " and ".join(owner.label for owner in owners)
        what = f"{subject.label} is part of {names}"
        return NotACountry(what, hint=f"ask about {names}", candidates=owners)
    if subject.successors:
        successors = _label_countries(subject.successors, command, index)
        return FormerState(subject.describe(), successors)
    leads = _find_leads(subject, index)
    hint = " or ".join(f"`{lead.command}`" for lead in leads)
    hint = f"try {hint}" if leads else "no fact mentions it"
    return NotACountry(subject.describe(), hint=hint, candidates=leads)


def _find_leads(subject: Subject, index: Index) -> list[Candidate]:
    """Return commands that have an answer about a subject, the best first."""
    from shlex import quote

    typed = quote(subject.input if subject.score == 100 else subject.name)
    leads = []
    if subject.members:
        leads.append((f"list --country {typed}", "relations of its members"))
    if subject.issues:
        leads.append((f"stances {typed}", "who takes which position"))
    if any(map(is_shown, find_mentions([subject], index))):
        leads.append((f"facts {typed}", "facts that mention it"))
    return [Candidate(subject.id, what, command=f"bilatcli {command}") for command, what in leads]


def _command_beside(query: Query, subject: Subject) -> Command:
    """Return the function that asks a query with a country in place of one of its subjects."""
    codes = [code.lower() for code in query.codes]
    words = [word for word in query.words if word != subject.input]
    return lambda code: query.request.command([*dict.fromkeys([code, *codes]), *words])


def _label_countries(codes: Sequence[str], command: Command, index: Index) -> list[Candidate]:
    return [
        Candidate(code, name, command=command(code.lower()))
        for code, name in country_labels(codes, index)
    ]


def _to_candidate(match: Match, command: Command) -> Candidate:
    """Return a country as a candidate, or a subject with the command for facts that mention it."""
    if match.kind in SUBJECT_KINDS:
        from shlex import quote

        return Candidate(match.code, match.name, command=f"bilatcli facts {quote(match.name)}")
    asked = command(match.code.lower())
    return Candidate(match.code, match.name, command=asked, score=match.score)


def refuse_ambiguous(
    request: Request, phrase: Phrase, span: Span, matches: Sequence[Match]
) -> Ambiguous:
    """Return the error for a name with several meanings, with a command for each."""
    before = typed_pieces(phrase.tokens[: span[0]]).split()
    after = typed_pieces(phrase.tokens[span[1] :]).split()
    candidates = [
        Candidate(
            match.code,
            match.name,
            command=request.command([*before, match.code.lower(), *after]),
            score=match.score,
        )
        for match in matches
    ]
    return Ambiguous(matches[0].input, candidates)


def find_option_countries(request: Request, index: Index) -> list[Match]:
    """Return the country of the option `country`, or the members of a region or organisation.

    Raises UsageError if it is empty, NoSuchCountry or Ambiguous with a command for each candidate.
    """
    found = resolve_option(COUNTRY, request.country or "", index)
    if found.match is not None:
        return [found.match]
    if found.subject is not None and found.subject.members:
        return find_members(found.subject, index)
    raise refuse_option(COUNTRY, request, found, index)
