"""The list of subjects that are not countries: its rules, and the bundled file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bilatcli.error_details import PackError
from bilatcli.normalization import normalize
from bilatcli.packs.loader import (
    load_countries,
    load_pack,
    load_subjects,
    load_translations,
    load_words,
)
from bilatcli.packs.models import Stance
from support import ROOT

DATA = ROOT / "data"
BUNDLED = load_subjects(DATA / "names" / "subjects.toml")
PACKS = [path for path in DATA.glob("*.toml") if path.name != "countries.toml"]


def problem_of(path: Path, text: str) -> str:
    """Return the only problem of a list of subjects, without the path."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_subjects(path)
    (problem,) = refused.value.problems
    return f"{problem.line}: {problem.what}: {problem.remedy}"


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            'kind = "region"\npart_of = ["RU"]',
            "1: `subject`: `x` is a region: remove `part_of`",
        ),
        (
            'kind = "territory"\nreads_as = "RU"',
            "1: `subject`: `x` is a territory: remove `reads_as`",
        ),
        (
            'kind = "place"\nreads_as = "RU"\npart_of = ["GE"]',
            (
                "1: `subject`: `x` is read as RU, but is not part of it:"
                " name it in `part_of` or `successors`"
            ),
        ),
        (
            'kind = "place"\nsuccessors = ["RU"]',
            "1: `subject`: `x` is not a former state: remove `successors`",
        ),
        (
            'kind = "regoin"',
            "4: `kind`: `regoin` is not an allowed value: did you mean `region`?",
        ),
        (
            'kind = "region"\nmembers = ["AZ", "ru"]',
            "5: `members`: `ru` is not a country code: did you mean `RU`?",
        ),
        (
            'kind = "region"\nmember = ["AZ"]',
            "5: unknown key `member`: did you mean `members`?",
        ),
        (
            'kind = "region"\n[[subject]]\nid = "x"\nname = "Y"\nkind = "region"',
            "1: `subject`: two subjects are called `x`: rename one",
        ),
        (
            'kind = "region"\n[[subject]]\nid = "y"\nname = "Ñ"\nkind = "region"\nnames = ["X!"]',
            "1: `subject`: `x` and `y` are both called `x`: remove the name from one of them",
        ),
    ],
)
def test_rules(tmp_path: Path, lines: str, problem: str) -> None:
    """A subject that breaks a rule is refused, with its place and a remedy."""
    text = f'[[subject]]\nid = "x"\nname = "X"\n{lines}\n'
    assert problem_of(tmp_path / "subjects.toml", text) == problem


def test_no_subject_is_a_country() -> None:
    """No name of a subject or a place is a name or a code of a country in any list."""
    names = {
        normalize(text)
        for country in load_countries(DATA / "countries.toml")
        for text in (
            country.code,
            country.alpha3,
            country.numeric or "",
            *(name.text for name in country.names),
        )
    }
    for file in ("translations.toml", "iso-codes.toml"):
        for country in load_translations(DATA / "names" / file):
            names.update(map(normalize, country.translations))
    for subject in BUNDLED.subject:
        assert names.isdisjoint(subject.texts), subject.id
    for places in BUNDLED.place:
        assert names.isdisjoint(map(normalize, places.names)), places.part_of


def test_no_subject_is_an_everyday_word() -> None:
    """No name is a common English word."""
    words = set(load_words(DATA / "names" / "everyday.txt"))
    for subject in BUNDLED.subject:
        assert words.isdisjoint(subject.texts), subject.id


def test_places_are_no_subjects() -> None:
    """A place that is a subject is not listed again, and no place is part of two countries."""
    subjects = {text for subject in BUNDLED.subject for text in subject.texts}
    owners: dict[str, str] = {}
    for places in BUNDLED.place:
        for name in map(normalize, places.names):
            assert name not in subjects
            assert owners.setdefault(name, places.part_of) == places.part_of


def test_territories_have_no_owner() -> None:
    """Nothing says to whom a territory belongs whose status is in dispute."""
    territories = [each for each in BUNDLED.subject if each.kind == "territory"]
    assert len(territories) >= 40
    for each in territories:
        owners = (*each.part_of, *each.members, each.reads_as or "", *each.successors)
        assert not any(owners), each.id


def test_members() -> None:
    """Members are in the order of their codes; those of an organisation are as of a date."""
    for each in BUNDLED.subject:
        assert list(each.members) == sorted(each.members), each.id
        assert bool(each.as_of) == (each.kind == "organisation" and bool(each.members)), each.id
    sizes = {each.id: len(each.members) for each in BUNDLED.subject}
    known = {"eu": 27, "nato": 32, "oic": 57, "osce": 57, "commonwealth": 56, "african-union": 55}
    assert known.items() <= sizes.items()


def test_years() -> None:
    """A former state has the year of its end if it has years, and successors unless it is old."""
    for each in BUNDLED.subject:
        if each.years:
            assert each.kind in ("former-state", "organisation"), each.id
            assert re.fullmatch(r"\d{4}/\d{4}", each.years), each.id


def test_issues_are_known() -> None:
    """Every issue that a subject leads to has a stance in a bundled pack."""
    issues = {
        fact.issue
        for path in PACKS
        for relation in load_pack(path).relation
        for fact in relation.fact
        if isinstance(fact, Stance)
    }
    for subject in BUNDLED.subject:
        assert issues.issuperset(subject.issues), subject.id
