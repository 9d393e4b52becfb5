"""A table says the same as the facts that its rows make: one pack, written in two ways."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilatcli.errors import BilatcliError
from bilatcli.index import build
from bilatcli.index.build import Inputs
from bilatcli.index.store import Index, SQLiteIndex
from bilatcli.query.request import Request
from bilatcli.resources import data_folder
from bilatcli.views import VIEWS
from bilatcli.views import run as run_view
from table_support import HEAD

PAIRS = (("FJ", "IS"), ("FJ", "US"), ("IS", "PH"))
DATES = ("1999", "2001-05", "2001-05-20", "2003?", "2003/2005", "2010")
SYSTEMS = ("JF-17", "JF-17 Thunder", "T-129", "patrol boats")

TABLES = {
    "trade": """
topic = "trade"
text = [
    "{from:The} sold {to:the} goods for {usd:money} in {date:long}, {n} {n:item|items}.",
    "{from:The} sold {to:the} goods for {usd:money}.",
]
measure = "{measure}"
value_usd = "{usd}"
headline = true
""",
    "military": """
topic = "military"
text = "{from:The} gave {n} {system} to {to:the}, for {usd:money}, as {measure}."
kind = "arms-transfer"
stage = "delivered"
system = "{system}"
quantity = "{n}"
value_usd = "{usd}"
""",
    "stance": """
topic = "stance"
text = "{from:Poss} wish on {system}: {n} {measure}, {usd:money}, {to:the}."
issue = "fish"
holder = "{from}"
favours = "{to}"
position = "for {system}"
""",
}

TABLE = """
[[table]]
id = "rows"
file = "rows.csv"
pair = "directed"
columns = {{
    date = "date?", n = "integer", usd = "usd", system = "text", measure = "text", end = "date?",
    proof = "text"
}}
{topic}
date = "{{date}}"
until = "{{end}}"
key = "{{n}}"
sources = ["roll-calls", "yearbook"]
verification = "{{proof}}"
note = "It ended in {{end:long}}."
keep = "{keep}"
coverage = "{coverage}"
"""

DERIVED = ("relation", "pack", "coverage", "first", "last", "supplier", "recipient", "chain")
"""The keys of a fact in a document that it does not have in a pack."""

QUESTIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("facts", "fj is", {}),
    ("facts", "fj is", {"all": True}),
    ("facts", "fj is us", {"all": True}),
    ("facts", "fj", {"all": True}),
    ("facts", "fj us thunder", {"all": True}),
    ("facts", "fj us", {"as_of": "2002-01-01"}),
    ("facts", "fj is", {"as_of": "2004-06-01", "all": True}),
    ("facts", "fj", {"since": "2001-06-01", "until": "2004-01-01", "all": True}),
    ("facts", "fj is", {"topic": "trade"}),
    ("facts", "fj is", {"verified": True}),
    ("facts", "fj is", {"sort": "newest", "limit": 2, "all": True}),
    ("summary", "fj is", {}),
    ("timeline", "fj is", {"all": True}),
    ("military", "fj is", {"all": True}),
    ("stances", "fj is", {"all": True}),
    ("figures", "fj is", {}),
    ("figures", "fj", {"measure": "exports"}),
    ("diff", "fj is 2000 2004", {}),
    ("cite", "fj is", {}),
    ("cite", "yearbook", {}),
    ("show", "fj-is/rows-fj-1 fj-is/rows-is-2", {}),
    ("show", "rows-fj-1", {}),
    ("cite", "fj-is/rows-fj-1 roll-calls", {}),
    ("list", "", {"country": "fj"}),
    ("latest", "fj", {}),
    ("latest", "fj", {"as_of": "2002-01-01", "limit": "2"}),
    ("latest", "is", {"since": "2001-06-01", "all": True}),
    ("latest", "us", {"verified": True, "limit": "1"}),
)

PROFILES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("summary", "fj", {}),
    ("summary", "fj", {"as_of": "2002-01-01"}),
)
"""Questions with positions on an issue over all relations, among which are no rows of tables."""

Row = Mapping[str, Any]


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Return rows of a table with different numbers for each sender and pair."""
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(PAIRS), st.booleans(), st.integers(1, 5)),
            min_size=1,
            max_size=9,
            unique=True,
        )
    )
    return [
        {
            "from": pair[is_turned],
            "to": pair[not is_turned],
            "date": draw(st.sampled_from([*DATES, ""])),
            "n": number,
            "usd": draw(st.sampled_from([1, 12_500, 3_500_000_000])),
            "system": draw(st.sampled_from(SYSTEMS)),
            "measure": draw(st.sampled_from(["exports", "loan"])),
            "end": draw(st.sampled_from(["", "2011"])),
            "proof": draw(st.sampled_from(["cited", "single-source-claim"])),
        }
        for pair, is_turned, number in keys
    ]


def write_csv(rows: list[Row]) -> str:
    """Return the rows as the file of a table."""
    lines = [",".join(rows[0]), *(",".join(str(value) for value in row.values()) for row in rows)]
    return "\n".join(lines) + "\n"


def write_facts(facts: list[dict[str, Any]]) -> str:
    """Return the relations of a pack with the facts of documents."""
    parts = []
    for relation in sorted({fact["relation"] for fact in facts}):
        codes = json.dumps(relation.upper().split("-"))
        parts.append(f'[[relation]]\nid = "{relation}"\ncountries = {codes}\n')
        for fact in facts:
            if fact["relation"] != relation:
                continue
            parts.append("[[relation.fact]]\n")
            for key, value in fact.items():
                if value is not None and key not in DERIVED:
                    text = value.rpartition("/")[2] if key in ("id", "superseded_by") else value
                    parts.append(f"{key} = {json.dumps(text)}\n")
    return "".join(parts)


@cache
def compile_names() -> sqlite3.Connection:
    """Return an index of no pack, and without capitals, whose sources a bundled pack has."""
    connection = build.in_memory(Inputs(data_folder(), []))
    connection.execute("DELETE FROM capital")
    return connection


def open_pack(folder: Path, text: str) -> closing[Index]:
    """Return an index of one pack."""
    path = folder / "votes.toml"
    path.write_text(text, "utf-8")
    connection = build.in_memory(Inputs(data_folder(), [str(path)]), base=compile_names())
    return closing(SQLiteIndex(connection, lambda: connection))


def ask(index: Index, view: str, words: str, options: Mapping[str, Any]) -> str:
    """Return a document, or the name of an error: ids that it suggests may differ."""
    try:
        return run_view(VIEWS[view], Request(view, words.split(), **options), index).text()
    except BilatcliError as error:
        return type(error).__name__


def read_all_facts(index: Index) -> Iterator[dict[str, Any]]:
    """Yield the facts on all pairs, in the order in which the index has their rows."""
    for pair in PAIRS:
        request = Request("facts", [f"{pair[0]}-{pair[1]}"], all=True)
        try:
            document = run_view(VIEWS["facts"], request, index).load()
        except BilatcliError:
            continue
        own = [fact for fact in document["facts"] if fact["pack"] == "votes"]
        yield from sorted(own, key=lambda fact: str(fact["id"]))


@pytest.mark.parametrize("topic", TABLES)
@pytest.mark.parametrize("keep", ["newest", "all"])
@given(rows=rows(), coverage=st.sampled_from(["curated", "generated"]))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tables_and_facts_give_the_same_documents(
    tmp_path: Path, topic: str, keep: str, rows: list[Row], coverage: str
) -> None:
    """Every view gives the same document for the rows of a table and for the facts they make."""
    questions = [each for each in QUESTIONS if topic != "stance" or each[0] != "stances"]
    if topic != "stance":
        questions += PROFILES
    head = HEAD.replace('"generated"', f'"{coverage}"')
    table = TABLE.format(topic=TABLES[topic], keep=keep, coverage=coverage)
    (tmp_path / "rows.csv").write_text(write_csv(rows), "utf-8")
    with open_pack(tmp_path, head + table) as index:
        facts = list(read_all_facts(index))
        assert len(facts) == len(rows)
        answers = [ask(index, *question) for question in questions]
    with open_pack(tmp_path, head + write_facts(facts)) as index:
        for question, answer in zip(questions, answers, strict=True):
            assert ask(index, *question) == answer, question
