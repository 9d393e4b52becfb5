"""The tables on subjects that are not countries: their names, and the places within countries."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator

from bilatcli.index.name_keys import script_of
from bilatcli.index.stems import subject_pattern
from bilatcli.index.tables import Values, insert_rows
from bilatcli.normalization import normalize
from bilatcli.packs import loader
from bilatcli.packs.subject_models import Subject, SubjectList

_SUBJECTS = "names/subjects.toml"
_MIN_FUZZY_LENGTH = 6
"""Letters that a name must have to be compared with misspelt ones: shorter ones are acronyms."""


def load_subjects(folder: str) -> SubjectList:
    """Return the subjects in the data folder. Raises PackError for errors in the file."""
    return loader.load_subjects(os.path.join(folder, _SUBJECTS))


def read_names(subjects: Iterable[Subject]) -> dict[str, tuple[str, str]]:
    """Return the country and the kind of name of each text that is read as a country."""
    return {
        text: (subject.reads_as, "former" if subject.kind == "former-state" else "part")
        for subject in subjects
        if subject.reads_as is not None
        for text in subject.texts
    }


def fill_subject_tables(connection: sqlite3.Connection, listed: SubjectList) -> None:
    """Fill the tables on subjects and places."""
    insert_rows(connection, "subject", map(_subject_row, listed.subject))
    names = {
        text: subject.id
        for subject in listed.subject
        if subject.reads_as is None
        for text in subject.texts
    }
    insert_rows(connection, "subject_name", sorted(names.items()))
    insert_rows(connection, "subject_block", _block_rows(names))
    places = ((normalize(name), each.part_of) for each in listed.place for name in each.names)
    insert_rows(connection, "place", places, ignore_existing=True)


def _subject_row(subject: Subject) -> Values:
    return (
        subject.id,
        subject.name,
        subject.kind,
        subject.years,
        " ".join(subject.issues),
        "\n".join(subject_pattern(normalize(text)) for text in subject.search),
        " ".join(subject.members),
        " ".join(subject.part_of),
        " ".join(subject.successors),
        subject.as_of,
    )


def _block_rows(names: dict[str, str]) -> Iterator[Values]:
    """Yield the names of each script that misspelt names are compared with, and their subjects."""
    blocks: dict[str, list[tuple[str, str]]] = {}
    for name, subject in sorted(names.items()):
        if len(name) >= _MIN_FUZZY_LENGTH:
            blocks.setdefault(script_of(name), []).append((name, subject))
    for script, block in sorted(blocks.items()):
        texts, ids = zip(*block, strict=True)
        yield script, "\n".join(texts), "\n".join(ids)
