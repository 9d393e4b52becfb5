"""Interpret a phrase of which not all words are names: countries, subjects and a filter."""

from __future__ import annotations

from bilatcli.query.filters import build_filter
from bilatcli.query.interpret import Query, parse_request
from bilatcli.query.question_words import drop_question_words, find_optional_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index
    from bilatcli.query.filters import Filter
    from bilatcli.query.request import Request
    from bilatcli.query.subjects import Subject


def interpret_phrase(request: Request, index: Index) -> Query:
    """Return the query that words mean of which not all are names."""
    parsed = parse_request(request, index)
    for span, matches in sorted(parsed.countries.items()):
        if len(matches) > 1:
            from bilatcli.query.refusals import refuse_ambiguous

            raise refuse_ambiguous(request, parsed.phrase, span, matches)
    countries = [matches[0] for _, matches in sorted(parsed.countries.items())]
    subjects: list[Subject] = []
    if parsed.subjects:
        from bilatcli.query.subjects import load_subjects

        subjects = load_subjects([match for _, match in sorted(parsed.subjects.items())], index)
    fixed = {subject.input for subject in subjects}
    wanted: Filter | None = None
    dropped: list[str] = []
    if parsed.other_words:
        is_alone = not (countries or subjects)
        words, dropped = drop_question_words(
            parsed.other_words, index, is_alone=is_alone, fixed=fixed
        )
        fixed.update(find_optional_words(words, index))
        wanted = build_filter(words, index, fixed=fixed) if words else None
    query = Query(request, countries, wanted, subjects)
    query.dropped = [*parsed.dropped, *dropped]
    return query
