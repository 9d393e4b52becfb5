"""The rows of a pack, made of its files alone: in this process, or in one that works for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from bilatcli.citations.csl import source_to_csl
from bilatcli.files import hash_files
from bilatcli.index.pack_tables import find_issued_days, find_words, make_table_chunks
from bilatcli.index.rows import PackContext, fact_rows, row_values
from bilatcli.index.search_text import CountryPhrases, SearchText
from bilatcli.index.stems import Words, has_forms
from bilatcli.index.tables import Chunk, Values
from bilatcli.packs import loader
from bilatcli.packs.models import Pack, Relation
from bilatcli.text import replace_surrogates, to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.packs.table_reader import TableData

WORDS = "fact_word"
FACTS = "fact"
SEARCH_ROWS = "fact_search (statement, subject, people, note, titles, rowid)"
"""Tables of the index. The rows of the last two end with the place of a fact in its pack."""


@dataclass
class PackRows:
    """The rows of a pack, in the order in which they are inserted.

    `about` is what the table `pack` has beside its name, its file and its precedence. `tables` are
    the ids of its tables, `table_files` the rows of `input` for their files. `chunks` are the rows
    of all other tables of the index.
    """

    path: str
    name: str
    about: Values
    tables: Sequence[str]
    table_files: Sequence[Values]
    chunks: Iterator[Chunk]


def make_rows(path: str, names: Mapping[str, str]) -> PackRows:
    """Return the rows of the pack in a file. Raises PackError for errors in it.

    `names` has the name of each country code.
    """
    pack, tables = loader.load_pack_with_tables(path)
    head = pack.pack
    digest = hash_files([path, *(each.path for each in tables)])
    return PackRows(
        path=path,
        name=head.name,
        about=(head.title, head.licence, head.updated.isoformat(), digest),
        tables=[table.id for table in pack.table],
        table_files=[(replace_surrogates(t.path), t.file_stat, t.digest) for t in tables],
        chunks=_make_chunks(pack, tables, names),
    )


def _make_chunks(
    pack: Pack, tables: Sequence[TableData], names: Mapping[str, str]
) -> Iterator[Chunk]:
    """Yield the rows of all tables of the index, one relation after the other."""
    name = pack.pack.name
    yield "source", [(s.id, name, to_json(source_to_csl(s))) for s in pack.source]
    context = PackContext(
        pack=name,
        coverage=pack.pack.coverage,
        updated=pack.pack.updated.isoformat(),
        issued_days=find_issued_days(pack),
        names=names,
    )
    search_text = SearchText(names, {source.id: source.title for source in pack.source})
    phrases = None if context.is_generated else CountryPhrases(names)
    last = 0
    for relation in pack.relation:
        header = relation.model_dump(exclude={"id", "countries", "fact"}, exclude_unset=True)
        yield "header", [(relation.id, name, to_json(header))]
        yield "member", [(country, relation.id) for country in relation.countries]
        yield from _make_fact_chunks(relation, last, context, search_text, phrases)
        last += len(relation.fact)
    table_words = find_words(tables)
    for words in (context.words, search_text.words):
        words.stem_all(table_words)
    yield WORDS, list(_word_rows(name, context.words, search_text.words))
    for data in tables:
        yield from make_table_chunks(pack, data)


def _make_fact_chunks(
    relation: Relation,
    last: int,
    context: PackContext,
    search_text: SearchText,
    phrases: CountryPhrases | None,
) -> Iterator[Chunk]:
    """Yield the rows of the facts of a relation, of which the first has the place after `last`."""
    rows: list[Values] = []
    search_rows: list[Values] = []
    elsewhere: list[Values] = []
    made = zip(fact_rows(relation.id, relation.fact, context), relation.fact, strict=True)
    for place, (row, fact) in enumerate(made, last + 1):
        rows.append((*row_values(row), place))
        columns = search_text.columns(relation.id, fact.__dict__)
        search_rows.append((*columns, place))
        if phrases is not None:
            codes = sorted(map(str.lower, phrases.find(columns)))
            pairs = map("-".join, combinations(codes, 2))
            elsewhere += [(pair, row["id"]) for pair in pairs if pair != relation.id]
    yield FACTS, rows
    yield SEARCH_ROWS, search_rows
    evidence = ((row[0], fact) for row, fact in zip(rows, relation.fact, strict=True))
    yield "evidence", [(id, source) for id, fact in evidence for source in fact.sources]
    yield "filed_elsewhere", elsewhere


def _word_rows(pack: str, in_filters: Words, in_searches: Words) -> Iterator[Values]:
    """Yield the rows of the words of a pack."""
    for word, stem in sorted({**in_filters, **in_searches}.items()):
        yield word, pack, stem if has_forms(word) else "", word in in_filters, word in in_searches
