"""What hits can be narrowed down to, counted and put in order by.

A filter is a query that restricts and does not rank: hits keep their order, so a count is what filtering then leaves.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

import numpy as np

from indexer.arrays import Array, holds
from indexer.clauses import changed, terms
from indexer.engines import POSITION_BITS, Found
from indexer.engines.bm25f import TEXT
from indexer.engines.forms import MARK, Form, forms, stretches
from indexer.engines.matches import Matches
from indexer.errors import QueryError
from indexer.expand import expanded
from indexer.keywords import year_of
from indexer.library_reader import LibraryReader
from indexer.negation import FLAGS
from indexer.query import parse
from indexer.query_tokens import FIELDS, tokens
from indexer.records import AllOf, AnyOf, Clause, Facet, Flagged, Near, Options, Query
from indexer.standing import each, passage_of, standing

MOST_VALUES = 20  # of a facet, the most frequent
MAX_FILTERS = 16
_NOWHERE = np.empty(0, np.int64)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def condition(reader: LibraryReader, query: Query, filters: Sequence[str]) -> Clause | None:
    """What the filters ask of a passage; QueryError when one cannot be obeyed to the letter."""
    if len(filters) > MAX_FILTERS:
        raise QueryError(filters[MAX_FILTERS], f"there are more than {MAX_FILTERS} filters", 0, 0, "filter")
    clauses = [_condition(reader, query, text) for text in filters if text.strip()]
    return AllOf(tuple(clauses)) if clauses else None


def asked(query: Query) -> tuple[Clause, ...]:
    """What every hit of a query matches."""
    return query.required or (AnyOf(query.clauses),)


def holding(reader: LibraryReader, query: Query, clause: Clause, most: int, deadline: float | None = None) -> Found:
    """Up to `most` of the passages that match the query and the clause."""
    return reader.search((), (*asked(query), clause), most, deadline)


def counted(
    reader: LibraryReader, query: Query, hits: Matches, names: Sequence[str], deadline: float | None = None
) -> tuple[Facet, ...]:
    """How many of the hits have each value of the facets, the most frequent values first."""
    if not names or not hits:
        return ()
    found: list[Facet] = []
    tallies = reader.tally(hits, [name for name in names if name != "flag"])
    for name in names:
        counts = _flags(reader, query, hits, deadline) if name == "flag" else tallies[name]
        least = min(sorted(counts.values())[-MOST_VALUES:], default=0)  # most values are rare, as most documents are
        best = sorted((-count, value) for value, count in counts.items() if count >= max(least, 1))[:MOST_VALUES]
        found += [Facet(name, value, _label(reader, name, value), -count) for count, value in best]
    return tuple(found)


def in_order(reader: LibraryReader, hits: Matches, sort: str) -> list[int]:
    """The places of the hits in another order than the one they have; hits of one date or title keep theirs."""
    documents = hits.document_ids
    rows = {document_id: reader.summary(document_id) for document_id in set(documents)}
    if sort == "title":
        titles = {document_id: row.title.casefold() for document_id, row in rows.items()}
        return sorted(range(len(hits)), key=lambda at: titles[documents[at]])
    dates = {document_id: date_of(row.date) for document_id, row in rows.items()}
    dated = [at for at in range(len(hits)) if dates[documents[at]]]
    undated = [at for at in range(len(hits)) if not dates[documents[at]]]
    return sorted(dated, key=lambda at: dates[documents[at]], reverse=sort == "newest") + undated


def date_of(date: str) -> tuple[int, ...]:
    """A date as numbers, as many as it gives; none when it has no year."""
    found = _DATE.match(date)
    if found:
        return tuple(int(part) for part in found.groups() if part)
    year = year_of(date)
    return (int(year),) if year else ()


def _condition(reader: LibraryReader, query: Query, text: str) -> Clause:
    """What one filter asks."""
    try:
        _check_fields(text)
        restriction = expanded(parse(text, strict=True), reader, Options(expand=False))
    except QueryError as error:
        raise QueryError(text, error.reason, error.start, error.end, "filter") from error

    def of_the_query(clause: Clause) -> Clause | None:
        return replace(clause, clauses=query.clauses) if isinstance(clause, Flagged) else None

    return AllOf(tuple(changed(clause, of_the_query) for clause in asked(restriction)))


def _check_fields(text: str) -> None:
    """QueryError for a field without a value, be it one that there is not: a query may hold "Note: x", a filter not."""
    for token in tokens(text)[0]:
        if token.kind == "word" and token.text.endswith(":"):
            reason = f'nothing stands right behind "{token.text[:40]}"; fields are {", ".join(FIELDS)}'
            raise QueryError(text, reason, token.span.start, token.span.end)


def _flags(reader: LibraryReader, query: Query, hits: Matches, deadline: float | None) -> dict[str, int]:
    """How many of the hits hold one of the query's words only where a flag stands, by flag; none without the time.

    Of ten thousand hits the words are looked for in a tenth of the time that all passages under a flag take.
    """
    words = {term for clause in query.clauses for term in terms(clause)}
    places = reader.positions(hits.by_number(), [*words, *(MARK + flag for flag in FLAGS)])
    held = {flag: np.zeros(len(hits), bool) for flag in FLAGS}
    for clause in query.clauses:
        if deadline is not None and time.monotonic() > deadline:
            return {}
        begins = np.concatenate([_NOWHERE, *(_begins(form, places) for form, in_ in forms(clause) if TEXT in in_)])
        of = passage_of(begins)
        here = _marked(of, len(hits))
        for flag, of_any in held.items():
            of_any |= here & ~_marked(of[~holds(places[MARK + flag], begins)], len(hits))
    return {flag: int(np.count_nonzero(of_any)) for flag, of_any in held.items()}


def _begins(form: Form, places: Mapping[str, Array]) -> Array:
    """Where a form begins in the hits."""
    if not isinstance(form, Near):
        return standing(form, places)
    held = {term: places[term] for term in form.terms}
    shared = reduce(np.intersect1d, map(passage_of, held.values()))
    pairs = zip(shared.tolist(), each(held, shared), strict=True)
    starts = [(at << POSITION_BITS) + start for at, one in pairs for start in stretches(form.terms, one, form.gap)]
    return np.array(starts, np.int64)


def _marked(passages: Array, count: int) -> Array:
    """For each of so many passages, whether it is one of these."""
    marked = np.zeros(count, bool)
    marked[passages] = True
    return marked


def _label(reader: LibraryReader, name: str, value: str) -> str:
    return reader.summary(value).title if name == "document" else value
