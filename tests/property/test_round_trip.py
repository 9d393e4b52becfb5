"""Documents have the values of a pack, whatever they are, and no others."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilatcli import vocabulary
from bilatcli.citations import csl
from bilatcli.environment import Environment
from bilatcli.index.store import open_index
from bilatcli.query.request import Request
from bilatcli.views import VIEWS, run

Table = dict[str, Any]

HEADER = {"name": "own", "title": "Generated", "licence": "CC0-1.0"}

texts = st.text(min_size=1, max_size=60).filter(str.strip)
statements = st.one_of(texts, texts.map(lambda text: (text * 240)[:240]).filter(str.strip))
slugs = st.from_regex(re.compile(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", re.ASCII), fullmatch=True)
codes = st.sampled_from(sorted(vocabulary.COUNTRY_CODES))
uncharted = st.sampled_from(["AQ", "AX", "BQ", "BV", "HM", "IO", "SJ", "TF", "UM"])
"""Countries that have no relation with each other in the bundled packs."""
actors = st.one_of(codes, texts.filter(lambda text: not re.fullmatch("[A-Z]{2}", text)))
days = st.dates().map(lambda day: day.isoformat())
dates = st.one_of(
    st.builds(lambda day, length: day[:length], days, st.sampled_from((4, 7, 10))),
    st.builds(lambda day, doubt: day + doubt, days, st.sampled_from("?~%")),
    st.builds(lambda one, other: "/".join(sorted((one, other))), days, days),
    days.map(lambda day: f"{day}/.."),
    st.sampled_from(["198X", "2021-22", "../1984", "1984?/2004~"]),
)
urls = texts.map(lambda text: "https://example.org/" + re.sub(r"\s", "-", text))
names = st.one_of(
    texts.filter(lambda text: "," not in text),
    st.sampled_from(["Khan, Imran", "Əliyev, İlham", "de la Cruz, Ana, Jr."]),
)


def lists(values: st.SearchStrategy[str], *, min_size: int = 0) -> st.SearchStrategy[list[str]]:
    """Generate lists of unique values."""
    return st.lists(values, unique=True, min_size=min_size, max_size=3)


def tables(
    keys: Mapping[str, st.SearchStrategy[Any]], **optional: st.SearchStrategy[Any]
) -> st.SearchStrategy[Table]:
    """Generate tables with all keys and any optional ones."""
    return st.fixed_dictionaries(dict(keys), optional=optional)


SOURCES = tables(
    {
        "type": st.sampled_from(vocabulary.SOURCE_TYPES),
        "title": texts,
        "reliability": st.sampled_from(vocabulary.RELIABILITIES),
    },
    authors=lists(names, min_size=1),
    publisher=texts,
    issued=dates,
    url=urls,
    lang=texts,
    accessed=dates,
)


def own_keys(
    topic: str,
) -> tuple[dict[str, st.SearchStrategy[Any]], dict[str, st.SearchStrategy[Any]]]:
    """Return the required and the optional keys that only facts of a topic have."""
    amount = st.integers(0, 10**15)
    if topic == "military":
        may = {
            "system": texts,
            "stage": st.sampled_from(vocabulary.STAGES),
            "quantity": st.integers(0, 10**9),
            "value_usd": amount,
            "partners": lists(codes),
        }
        return {"kind": st.sampled_from(vocabulary.KINDS)}, may
    if topic == "stance":
        return {"issue": slugs, "holder": actors, "position": texts}, {
            "favours": actors,
            "against": actors,
        }
    if topic in vocabulary.FIGURE_TOPICS:
        return {}, {"measure": st.sampled_from(vocabulary.MEASURES), "value_usd": amount}
    return {}, {}


@st.composite
def facts(draw: st.DrawFn, id: str, later: Sequence[str], sources: Sequence[str]) -> Table:
    """Generate a fact that may be superseded by a later one."""
    topic = draw(st.sampled_from(vocabulary.TOPICS))
    must, may = own_keys(topic)
    keys = {
        "status": st.sampled_from(vocabulary.STATUSES),
        "text": statements,
        "actors": lists(actors),
        "sources": lists(st.sampled_from(sources)) if sources else st.just([]),
        "verification": st.sampled_from(vocabulary.VERIFICATIONS),
    }
    more = {"headline": st.booleans(), "toward": lists(actors), "note": texts}
    more |= dict.fromkeys(("date", "until", "as_of"), dates)
    if later:
        more["superseded_by"] = st.sampled_from(later)
    fact = {"id": id, "topic": topic, **draw(tables(keys | must, **more, **may))}
    if not fact["sources"]:
        fact["verification"] = "citation-needed"
    return fact


@st.composite
def packs(draw: st.DrawFn) -> Table:
    """Generate a small valid pack of one relation that no bundled pack has."""
    pair = sorted(draw(st.lists(uncharted, min_size=2, max_size=2, unique=True)))
    sources = [{"id": f"own-s{n}", **draw(SOURCES)} for n in range(draw(st.integers(0, 3)))]
    ids = [source["id"] for source in sources]
    numbers = range(draw(st.integers(0, 5)))
    own = [
        draw(facts(f"f{n}", [f"f{later}" for later in numbers if later > n], ids)) for n in numbers
    ]
    named = lists(st.sampled_from(ids)) if ids else st.just([])
    header = draw(
        tables(
            {"countries": st.permutations(pair)},
            established=dates,
            status=texts,
            overview=texts,
            **dict.fromkeys(("sources", "established_sources", "status_sources"), named),
        )
    )
    return {"source": sources, "relation": {"id": "-".join(pair).lower(), **header, "fact": own}}


def toml(pack: Table) -> str:
    """Return a pack as TOML. Its strings have the escapes of JSON; DEL must be escaped too."""
    blocks = [("[pack]", HEADER)]
    blocks += [("[[source]]", source) for source in pack["source"]]
    blocks.append(
        ("[[relation]]", {key: value for key, value in pack["relation"].items() if key != "fact"})
    )
    blocks += [("[[relation.fact]]", fact) for fact in pack["relation"]["fact"]]
    lines = []
    for header, table in blocks:
        values = (
            f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items()
        )
        lines += [header, *(line.replace("\x7f", "\\u007f") for line in values)]
        lines += ["updated = 2026-11-23"] if table is HEADER else []
    return "\n".join(lines) + "\n"


def expected(fact: Table, relation: str) -> Table:
    """Return the values of a fact in a document: those of the pack, with global ids."""
    values = {**fact, "id": f"{relation}/{fact['id']}", "relation": relation, "pack": "own"}
    if "superseded_by" in fact:
        values["superseded_by"] = f"{relation}/{fact['superseded_by']}"
    return values


def to_source(item: Table) -> Table:
    """Return a CSL item as the source of a pack."""
    renamed = {"container-title": "publisher", "URL": "url", "language": "lang"}
    source = {
        renamed.get(key, key): value
        for key, value in item.items()
        if key not in ("author", "custom")
    }
    source |= {key: csl.get_date(item, key) for key in ("issued", "accessed") if key in item}
    source |= (
        {"authors": [csl.format_name(name) for name in item["author"]]} if "author" in item else {}
    )
    return source | {"reliability": item["custom"]["reliability"]}


def with_csl_dates(source: Table) -> Table:
    """Return a source with uncertain dates as CSL has them: marked `?`, whatever the mark."""
    uncertain = {
        key: source[key] for key in ("issued", "accessed") if source.get(key, "")[-1:] in ("~", "%")
    }
    plain = {key: f"{date[:-1]}?" for key, date in uncertain.items() if "?" not in date}
    return source | plain


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home for all generated packs and their indexes."""
    return tmp_path_factory.mktemp("home")


DERIVED_KEYS = {"chain", "coverage", "first", "last", "supplier", "recipient"}
"""Keys that a document derives from the others."""


def assert_same_facts(found: list[Table], wanted: list[Table]) -> None:
    """Require the facts of a document to have the wanted values, and nothing else."""
    by_id = {fact["id"]: fact for fact in found}
    assert len(found) == len(by_id) == len(wanted)
    for fact in wanted:
        values = by_id[fact["id"]]
        assert {key: values[key] for key in fact} == fact
        others = values.keys() - fact.keys() - DERIVED_KEYS
        assert all(values[key] in (None, False, []) for key in others)


def assert_same_header(found: Table, relation: Table) -> None:
    """Require a relation of a document to have the countries and values of a pack's."""
    wanted = {key: value for key, value in relation.items() if key not in ("fact", "countries")}
    assert {key: found[key] for key in wanted} == wanted
    assert {country["code"] for country in found["countries"]} == set(relation["countries"])


@settings(max_examples=60, deadline=None)
@given(pack=packs())
def test_round_trip(folder: Path, pack: Table) -> None:
    """Documents have every value of a pack's relation, facts and sources, and no other."""
    path = folder / "own.toml"
    path.write_text(toml(pack), encoding="utf-8")
    environment = Environment(
        environ={"HOME": str(folder), "XDG_CACHE_HOME": str(folder)}, platform="linux"
    )
    relation = pack["relation"]
    with closing(open_index(environment, [str(path)])) as index:
        document = run(VIEWS["facts"], Request("facts", [relation["id"]], all=True), index).load()
        shown = [
            run(VIEWS["show"], Request("show", [source["id"]]), index).load()["sources"]
            for source in pack["source"]
        ]

    assert_same_facts(
        document["facts"], [expected(fact, relation["id"]) for fact in relation["fact"]]
    )
    assert_same_header(document["relation"], relation)
    assert [[to_source(item) for item in items] for items in shown] == [
        [with_csl_dates(source)] for source in pack["source"]
    ]
    used = {id for fact in relation["fact"] for id in fact["sources"]}
    used |= {id for key, ids in relation.items() if key.endswith("sources") for id in ids}
    assert sorted(source["id"] for source in document["sources"]) == sorted(used)
