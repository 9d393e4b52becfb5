"""Compiling: the records of packs become the rows of the index, with the JSON text that documents are joined from."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bilatcli import dates, packs, vocabulary
from bilatcli.chains import chains
from bilatcli.errors import PackError
from bilatcli.records import Country, Fact, MilitaryFact, Pack, Relation, Source, Stance, TradeFact
from bilatcli.text import fold

UNDATED = "~"
"""Sorts behind every date."""

# CSL has a periodical's or site's name in another field than a book's or report's publisher.
_IN_CONTAINER = ("article", "entry", "webpage", "post", "review")

Row = tuple[object, ...]


def write(target: str, countries: str, files: Sequence[str], *, version: int, stamps: Mapping[str, str]) -> None:
    """Compile `files` into an index of the format `version` at `target`, which appears whole or not at all.

    `stamps` are stored to tell later whether the index is still true. Raises PackError for what is wrong in a pack,
    OSError or sqlite3.Error where the folder cannot be written.
    """
    folder, name = os.path.split(os.path.abspath(target))
    os.makedirs(folder, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary, isolation_level=None)
        try:
            _fill(connection, countries, files)
            _insert(connection, "input", stamps.items())
            connection.execute(f"PRAGMA user_version = {version:d}")
            connection.execute("VACUUM")
        finally:
            connection.close()
        with open(temporary, "rb+") as stream:
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def in_memory(countries: str, files: Sequence[str]) -> sqlite3.Connection:
    """Return an index that lives as long as its connection; raises PackError as `write` does."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _fill(connection, countries, files)
    return connection


def _fill(connection: sqlite3.Connection, countries: str, files: Sequence[str]) -> None:
    """Compile `files`, in the order of their layers, into an empty database."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;")
    connection.executescript((Path(__file__).parent / "schema.sql").read_text(encoding="utf-8"))
    connection.execute("BEGIN")
    names = _fill_countries(connection, packs.load_countries(countries))
    for layer, file in enumerate(files):
        _add_pack(connection, packs.load(file), layer, file, names)
    _lay_over(connection, names)
    issues = connection.execute("SELECT DISTINCT issue FROM fact WHERE issue IS NOT NULL").fetchall()
    _insert(connection, "issue", issues)
    connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        statement = f"INSERT OR IGNORE INTO {table} VALUES ({marks})"  # noqa: S608 -- `table` is a word of this file
        connection.execute(statement, first)
        connection.executemany(statement, rows)


def _fill_countries(connection: sqlite3.Connection, countries: Sequence[Country]) -> Mapping[str, str]:
    _insert(connection, "country", ((country.code, country.name) for country in countries))
    _insert(connection, "name", (row for country in countries for row in _name_rows(country)))
    return {country.code: country.name for country in countries}


def _name_rows(country: Country) -> Iterator[Row]:
    for code in (country.code, country.alpha3, country.numeric):
        if code is not None:
            yield fold(code), country.code, "code"
    for name in country.names:
        yield fold(name.text), country.code, name.kind


def _add_pack(connection: sqlite3.Connection, pack: Pack, layer: int, file: str, names: Mapping[str, str]) -> None:
    _refuse_clashes(connection, pack, file)
    name = pack.pack.name
    _insert(connection, "source", ((source.id, name, _json(csl(source))) for source in pack.source))
    for relation in pack.relation:
        header = relation.model_dump(exclude={"id", "countries", "fact"}, exclude_unset=True)
        _insert(connection, "header", [(relation.id, name, layer, _json(header))])
        _insert(connection, "member", ((country, relation.id) for country in relation.countries))
        _insert(connection, "fact", _fact_rows(relation, name, names))
        cited = [(fact, source) for fact in relation.fact for source in fact.sources]
        _insert(connection, "evidence", ((f"{relation.id}/{fact.id}", source) for fact, source in cited))
        header_sources = (*relation.established_sources, *relation.status_sources, *relation.sources)
        references = [("header", source) for source in header_sources] + [(fact.topic, id) for fact, id in cited]
        _insert(connection, "reference", ((relation.id, *reference) for reference in dict.fromkeys(references)))
        _insert(connection, "word", ((word,) for fact in relation.fact for word in set(_words(fact, names).split())))


def _refuse_clashes(connection: sqlite3.Connection, pack: Pack, file: str) -> None:
    """Raise PackError where an id of this pack means something else in a pack compiled before it."""
    findings: list[packs.Finding] = []
    for position, source in enumerate(pack.source):
        for other, text in connection.execute("SELECT pack, json FROM source WHERE id = ?", (source.id,)):
            if text != _json(csl(source)):
                what = f"the source `{source.id}` differs from the one in pack `{other}`"
                findings.append((("source", position, "id"), False, what, "write the same record, or another id"))
    for place, relation in enumerate(pack.relation):
        for position, fact in enumerate(relation.fact):
            id = f"{relation.id}/{fact.id}"
            for (other,) in connection.execute("SELECT pack FROM fact WHERE id = ?", (id,)):
                what = f"pack `{other}` has a fact `{id}` already"
                path = ("relation", place, "fact", position, "id")
                findings.append((path, False, what, "choose an id that is not taken"))
    if findings:
        raise PackError(packs.placed(file, findings))


def _fact_rows(relation: Relation, pack: str, names: Mapping[str, str]) -> Iterator[Row]:
    named = chains(relation.fact)
    for place, fact in enumerate(relation.fact):
        id = f"{relation.id}/{fact.id}"
        chain = named.get(fact.id)
        stance = fact if isinstance(fact, Stance) else None
        yield (
            id,
            fact.id,
            relation.id,
            pack,
            fact.topic,
            _grouping(fact, chain),
            f"{vocabulary.TOPICS.index(fact.topic):02} {_earliest(fact)} {place:06}",
            fact.date or fact.as_of,
            int(fact.headline),
            fact.status,
            fact.verification,
            f"{relation.id}/{fact.superseded_by}" if fact.superseded_by else None,
            stance and stance.issue,
            stance and stance.holder,
            stance and stance.favours,
            chain,
            _json(_step(id, fact)) if chain and isinstance(fact, MilitaryFact) else None,
            " ".join(fact.sources),
            f" {_words(fact, names)} ",
            _json(_fact(relation.id, fact, pack, chain)),
        )


def _earliest(fact: Fact) -> str:
    date = fact.date or fact.as_of
    return dates.parse(date).earliest if date else UNDATED


def _grouping(fact: Fact, chain: str | None) -> str:
    if isinstance(fact, MilitaryFact):
        return f"{vocabulary.KINDS.index(fact.kind):02} {chain or UNDATED}"
    return f"{fact.issue} {fact.holder}" if isinstance(fact, Stance) else ""


def _fact(relation: str, fact: Fact, pack: str, chain: str | None) -> dict[str, Any]:
    """A fact as a document has it: every key of its type, ids global, `null` where nothing is known."""
    values = fact.model_dump()
    note, sources = values.pop("note"), values.pop("sources")
    values["id"] = f"{relation}/{fact.id}"
    values["superseded_by"] = f"{relation}/{fact.superseded_by}" if fact.superseded_by else None
    if isinstance(fact, MilitaryFact):
        values["chain"] = chain
    return {"id": values.pop("id"), "relation": relation, **values, "note": note, "sources": sources, "pack": pack}


def _step(id: str, fact: MilitaryFact) -> dict[str, Any]:
    keys = {"date", "stage", "quantity", "value_usd", "status", "verification"}
    return {"id": id, **fact.model_dump(include=keys)}


def _words(fact: Fact, names: Mapping[str, str]) -> str:
    """What a filter is looked for in: every word that a fact says, and designations without their hyphens too."""
    said: list[str | None] = [fact.id.replace("-", " "), fact.topic, fact.text, fact.note, fact.date, fact.as_of]
    codes = [*fact.actors, *fact.toward]
    if isinstance(fact, MilitaryFact):
        said += [fact.kind, fact.system, fact.stage]
        codes += fact.partners
    elif isinstance(fact, Stance):
        said += [fact.issue, fact.position]
        codes += [code for code in (fact.holder, fact.favours, fact.against) if code]
    elif isinstance(fact, TradeFact):
        said.append(fact.measure)
    said += [fact.status, fact.verification, *(names.get(code, code) for code in dict.fromkeys(codes))]
    words = [word for each in said if each for word in each.split()]
    squeezed = (fold(word).replace(" ", "") for word in words if " " in fold(word))
    return " ".join((*(fold(word) for word in words), *dict.fromkeys(squeezed))).replace("  ", " ").strip()


def csl(source: Source) -> dict[str, Any]:
    """Return a source as a CSL-JSON item; `custom` holds what CSL has no field for.

    Dates are date-parts, an uncertain or approximate one is marked `circa`. A date that is no plain calendar date
    or interval of two is given as `literal`.
    """
    place = "container-title" if source.type.startswith(_IN_CONTAINER) else "publisher"
    item = {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "author": [_person(name) for name in source.authors] or None,
        place: source.publisher,
        "issued": _csl_date(source.issued),
        "accessed": _csl_date(source.accessed),
        "URL": source.url,
        "language": source.lang,
    }
    return {**{k: v for k, v in item.items() if v is not None}, "custom": {"reliability": source.reliability}}


def _person(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": name}


def _csl_date(date: str | None) -> dict[str, Any] | None:
    if date is None:
        return None
    plain = date.rstrip("?~%")
    try:
        parts = [[int(number) for number in end.split("-")] for end in plain.split("/")]
    except ValueError:
        return {"literal": date}
    return {"date-parts": parts, **({"circa": True} if plain != date else {})}


def _lay_over(connection: sqlite3.Connection, names: Mapping[str, str]) -> None:
    """Make the relations: for each key of a header the last layer that gives it, then what the facts add up to."""
    laid: dict[str, dict[str, Any]] = {}
    packed: dict[str, list[str]] = {}
    for id, pack, text in connection.execute("SELECT relation, pack, json FROM header ORDER BY relation, layer"):
        laid[id] = laid.get(id, {}) | json.loads(text)
        packed.setdefault(id, []).append(pack)
    counts = _counts(connection)
    for id, header in laid.items():
        countries = [{"code": code, "name": names[code]} for code in id.upper().split("-")]
        name = "–".join(country["name"] for country in countries)
        who = {"id": id, "name": name, "countries": countries}
        keys = ("established", "status", "overview")
        lists = ("established_sources", "status_sources", "sources")
        said: dict[str, Any] = {key: header.get(key) for key in keys} | {key: header.get(key, []) for key in lists}
        line = {**who, "status": said["status"], **counts[id], "coverage": "curated", "packs": packed[id]}
        sources = dict.fromkeys(id for key in lists for id in said[key])
        _insert(connection, "relation", [(id, name, " ".join(sources), _json({**who, **said}), _json(line))])


def _counts(connection: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """What the facts of each relation add up to: how many, on what, how well verified, from how many sources."""
    found: dict[str, dict[str, Any]] = {}
    for relation, sources in connection.execute(
        "SELECT relation, COUNT(DISTINCT source) FROM reference GROUP BY relation"
    ):
        found[relation] = {"sources": sources}
    for (relation,) in connection.execute("SELECT DISTINCT relation FROM header").fetchall():
        start: dict[str, Any] = {"facts": 0, "sources": 0, "newest": None, "topics": {}, "verification": {}}
        found[relation] = start | found.get(relation, {})
    grouped = "SELECT relation, topic, verification, COUNT(*) FROM fact GROUP BY relation, topic, verification"
    for relation, topic, verification, count in connection.execute(grouped):
        line = found[relation]
        line["facts"] += count
        line["topics"][topic] = line["topics"].get(topic, 0) + count
        line["verification"][verification] = line["verification"].get(verification, 0) + count
    newest = (
        "SELECT relation, date, MAX(substr(ordering, 4, 10)) FROM fact "
        "WHERE date IS NOT NULL AND status <> 'planned' "
        "GROUP BY relation"
    )
    for relation, date, _ in connection.execute(newest):
        found[relation]["newest"] = date
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
