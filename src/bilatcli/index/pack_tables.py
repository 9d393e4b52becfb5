"""The rows of the tables of a pack, and the words that they can be found by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilatcli.index.stems import stem_words
from bilatcli.index.tables import Chunk
from bilatcli.json_reader import parse_json
from bilatcli.normalization import normalize, search_tokens
from bilatcli.packs import edtf
from bilatcli.packs.models import Pack
from bilatcli.packs.table_reader import TableData
from bilatcli.packs.templates import parse_literals
from bilatcli.text import to_json


def find_issued_days(pack: Pack) -> dict[str, str]:
    """Return the first day of the issue of each source that has one."""
    dated = (source for source in pack.source if source.issued)
    return {source.id: edtf.parse_date(str(source.issued)).earliest for source in dated}


def make_table_chunks(pack: Pack, data: TableData) -> Iterator[Chunk]:
    """Yield the rows of a table of a pack, and of what the index has about it."""
    name, id = pack.pack.name, data.table.id
    titles = {source.id: source.title for source in pack.source}
    issued = find_issued_days(pack)
    sources = sorted(_find_source_ids(data))
    plan = {
        **data.plan,
        "pack": name,
        "updated": pack.pack.updated.isoformat(),
        "issued_days": {source: issued[source] for source in sources if source in issued},
    }
    literals = _list_literals(data, [titles[source] for source in sources])
    words = f" {' '.join(sorted(set(stem_words(search_tokens(literals)))))} "
    about = data.table.topic, plan["coverage"], data.table.file, len(data.rows)
    yield "data_table", [(id, name, *about, " ".join(sources), words, to_json(plan))]
    rows = sorted(data.rows)
    yield "table_row", [(relation, id, key, cells) for relation, key, cells in rows]
    found = sorted({relation for relation, _, _ in rows})
    yield "member", [(code, each) for each in found for code in each.upper().split("-")]


def _find_source_ids(data: TableData) -> set[str]:
    """Return the ids of the sources of the facts of a table."""
    _, entries = data.plan["values"]["sources"]
    ids = {value for kind, value in entries if kind == "constant"}
    columns = {value for kind, value in entries if kind == "column"}
    first = 1 if data.plan["is_directed"] else 0
    places = [
        place for place, (name, _) in enumerate(data.plan["columns"], first) if name in columns
    ]
    if places:
        for _, _, cells in data.rows:
            values = parse_json(cells)
            ids.update(values[place] for place in places if values[place] is not None)
    return ids


def find_words(tables: Iterable[TableData]) -> list[str]:
    """Return the words of tables that a filter and a search can have, as they are written.

    These are the words of templates, and the words of texts in cells that have letters only.
    """
    words: set[str] = set()
    for data in tables:
        literals = _list_literals(data, map(str, _list_constants(data)))
        words.update(normalize(literals).split(), search_tokens(literals))
        first = 1 if data.plan["is_directed"] else 0
        places = [
            place for place, (_, kind) in enumerate(data.plan["columns"], first) if kind == "text"
        ]
        for _, _, cells in data.rows if places else ():
            values = parse_json(cells)
            texts = " ".join(values[place] or "" for place in places)
            words.update(word for word in normalize(texts).split() if word.isalpha())
    return sorted(words)


def _list_literals(data: TableData, more: Iterable[str]) -> str:
    """Return the texts of a table that all of its rows share, and some more."""
    templates = [*data.table.text, *(data.table.note or ())]
    literals = [part for template in templates for part in parse_literals(template)]
    return " ".join([data.table.id, data.table.topic, *literals, *more])


def _list_constants(data: TableData) -> Iterator[object]:
    """Yield the words that the keys of all facts of a table share, such as its kind."""
    for kind, value in data.plan["values"].values():
        if kind == "constant" and isinstance(value, str):
            yield value
