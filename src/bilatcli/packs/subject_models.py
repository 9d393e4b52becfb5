"""Records of subjects that are not countries: territories, organisations, regions, former states.

The rules keep a subject neutral: only a place can be part of a country, and a territory whose
status is in dispute has no owner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from bilatcli import vocabulary
from bilatcli.normalization import normalize
from bilatcli.packs.record import Record
from bilatcli.packs.value_types import (
    FROM_LIST,
    Countries,
    CountryCode,
    Edtf,
    Slug,
    Text,
    Texts,
    validation_error,
)

if TYPE_CHECKING:
    SubjectKind = str
else:
    SubjectKind = Literal[vocabulary.SUBJECT_KINDS]

_OWNED_KINDS = ("place",)
"""The kinds of subjects that can be part of a country."""
_READ_KINDS = ("place", "former-state")
"""The kinds of subjects whose names can be read as a country."""


class Subject(Record):
    """A subject, the texts that name it, and what it leads to.

    `issues` are slugs of issues, `search` texts that facts mention it by. `members` are the
    countries in it on the day `as_of`, `part_of` the country that a place belongs to. The names are
    read as the country `reads_as` if there is one. A former state has `successors`, and the
    `years` from its beginning to its end as two EDTF years with a slash between them.
    """

    id: Slug
    name: Text
    kind: SubjectKind
    names: Texts = ()
    issues: Annotated[tuple[Slug, ...], FROM_LIST] = ()
    search: Texts = ()
    members: Countries = ()
    as_of: Edtf | None = None
    part_of: Countries = ()
    reads_as: CountryCode | None = None
    successors: Countries = ()
    years: Text | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """All names, each in the form that is looked up."""
        return tuple(dict.fromkeys(map(normalize, (self.name, *self.names))))

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        if self.part_of and self.kind not in _OWNED_KINDS:
            raise validation_error(f"`{self.id}` is a {self.kind}", "remove `part_of`")
        if self.reads_as and self.kind not in _READ_KINDS:
            raise validation_error(f"`{self.id}` is a {self.kind}", "remove `reads_as`")
        if self.successors and self.kind != "former-state":
            raise validation_error(f"`{self.id}` is not a former state", "remove `successors`")
        if self.reads_as and self.reads_as not in (*self.part_of, *self.successors):
            raise validation_error(
                f"`{self.id}` is read as {self.reads_as}, but is not part of it",
                "name it in `part_of` or `successors`",
            )
        return self


class Places(Record):
    """Names of places that are part of one country, besides its subdivisions of ISO 3166-2."""

    part_of: CountryCode
    names: Texts


def _check_unique(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """Raise if two subjects have the same id or name."""
    ids: set[str] = set()
    owners: dict[str, str] = {}
    for subject in subjects:
        if subject.id in ids:
            raise validation_error(f"two subjects are called `{subject.id}`", "rename one")
        ids.add(subject.id)
        for text in subject.texts:
            if text in owners:
                raise validation_error(
                    f"`{owners[text]}` and `{subject.id}` are both called `{text}`",
                    "remove the name from one of them",
                )
            owners[text] = subject.id
    return subjects


class SubjectList(Record):
    """The file of subjects."""

    subject: Annotated[tuple[Subject, ...], FROM_LIST, AfterValidator(_check_unique)]
    place: Annotated[tuple[Places, ...], FROM_LIST] = ()
