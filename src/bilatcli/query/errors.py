"""Errors of questions: a country or record that is unknown or ambiguous, or without facts."""

from __future__ import annotations

from bilatcli.errors import EXIT_EMPTY, BilatcliError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.error_details import Candidate


class NoSuchCountry(BilatcliError):
    """No country matches the given word. The candidates are the closest names."""

    kind = "no-such-country"
    exit_code = EXIT_EMPTY

    def __init__(self, word: str, candidates: Sequence[Candidate] = ()) -> None:
        near = ", ".join(candidate.label for candidate in candidates)
        hint = f"did you mean {near}?" if near else "give a name, code, capital or demonym"
        super().__init__(f"no country is called `{word}`", hint=hint, candidates=candidates)


class NotACountry(NoSuchCountry):
    """The given word is a subject that is not a country. The candidates are what it leads to."""

    def __init__(self, problem: str, *, hint: str, candidates: Sequence[Candidate] = ()) -> None:
        BilatcliError.__init__(self, problem, hint=hint, candidates=candidates)


class Ambiguous(BilatcliError):
    """The given word has several meanings. The candidates are these meanings."""

    kind = "ambiguous"
    exit_code = EXIT_EMPTY

    def __init__(self, word: str, candidates: Sequence[Candidate]) -> None:
        *first, last = (candidate.label for candidate in candidates)
        meanings = f"{', '.join(first)} or {last}" if first else last
        super().__init__(
            f"`{word}` could mean {meanings}", hint="choose one", candidates=candidates
        )


class FormerState(Ambiguous):
    """The given word is a state that has ended. The candidates are its successors."""

    def __init__(self, problem: str, candidates: Sequence[Candidate]) -> None:
        names = ", ".join(candidate.label for candidate in candidates)
        hint = f"its successors are {names}: name one" if candidates[1:] else f"name {names}"
        BilatcliError.__init__(self, problem, hint=hint, candidates=candidates)


class NothingRecorded(BilatcliError):
    """The countries are known, but no pack has facts on them. The candidates are related relations.

    `outline` leads to the generated data on the same pair, if there are any. `more` is how many
    related relations there are besides the candidates.
    """

    kind = "nothing-recorded"
    exit_code = EXIT_EMPTY

    def __init__(
        self,
        relations: str,
        candidates: Sequence[Candidate],
        *,
        outline: Candidate | None = None,
        more: int = 0,
    ) -> None:
        related = ", ".join(candidate.label for candidate in candidates)
        rest = f" and {more} more (`bilatcli list`)" if more else ""
        hint = f"related: {related}{rest}" if related else ""
        problem = f"no facts on {relations}"
        if outline is not None:
            problem = f"no facts on {relations}, only generated data: `{outline.command}`"
            candidates = [outline, *candidates]
        elif not candidates:
            hint = "`bilatcli list` shows what is recorded"
        super().__init__(problem, hint=hint, candidates=candidates)


class NoSuchRecord(BilatcliError):
    """No fact and no source has the given id. The candidates are the closest ids."""

    kind = "no-such-record"
    exit_code = EXIT_EMPTY

    def __init__(self, word: str, candidates: Sequence[Candidate] = ()) -> None:
        near = ", ".join(candidate.id for candidate in candidates)
        hint = f"did you mean {near}?" if near else "`bilatcli search jf-17` finds ids by words"
        super().__init__(f"no fact or source has the id `{word}`", hint=hint, candidates=candidates)
