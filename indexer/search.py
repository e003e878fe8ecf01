"""Words -> ranked, marked and cited passages."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.cite import cite_excerpt
from indexer.cost import affordable
from indexer.expand import expanded
from indexer.facets import asked, condition, counted, holding, in_order
from indexer.flags import flagged
from indexer.library import LibraryReader
from indexer.marks import marked, terms_in
from indexer.order import Head, Ordered, ordered, unranked
from indexer.query import parse
from indexer.records import DEFAULTS, Excerpt, Hit, Options, Query, Results, Term
from indexer.suggest import did_you_mean

MAX_LIMIT = 100  # hits on one page
MOST = 10_000  # matches that are ranked and counted one by one; beyond, the total is a lower bound
EXPANDING = 0.4  # part of the time after which no more words are looked up that a query stands for
MATCHING = 0.75  # part of the time that finding matches may take; the rest is for ranking and showing them


class _Known(NamedTuple):
    """What the index knows of a hit."""

    head: Head
    excerpt: Excerpt
    terms: Sequence[Term]  # of the text, those that the query looks for
    flags: Mapping[int, str]  # position -> the flag that its word stands under


def search(
    reader: LibraryReader,
    text: str,
    limit: int = 10,
    offset: int = 0,
    options: Options = DEFAULTS,
) -> Results:
    """One page of the passages that match a query, best first; past the end the page is empty.

    Overlapping neighbours of one document count as one hit, and so do copies in nearly equal documents. QueryError
    when the query is empty, or cannot be obeyed to the letter and is asked to be.
    """
    began = time.monotonic()
    deadline = began + options.seconds * MATCHING
    asked_for = parse(text, strict=options.strict)
    query = affordable(expanded(asked_for, reader, options, began + options.seconds * EXPANDING), reader)
    narrowing = condition(reader, query, options.filters)
    found = reader.search(query.clauses, query.required, MOST, deadline, counted=MOST + 1)
    if narrowing and found.total > MOST:
        found = reader.search(query.clauses, (*asked(query), narrowing), MOST, deadline)
    hits = unranked(found.matches) if found.timed_out else ordered(reader, query, found.matches)
    is_late = found.timed_out or query.is_cut
    if narrowing:
        held = holding(reader, query, narrowing, MOST, deadline)
        hits, is_late = hits.only(held.matches), is_late or held.timed_out
    if options.sort != "relevance":
        hits = hits.by(in_order(reader, hits.found, options.sort))
    facets = [name for name in options.facets if name != "flag" or not is_late]
    return Results(
        query=_with_meant(reader, query, len(hits)),
        total=len(hits),
        exact=found.total <= MOST and not is_late,
        hits=_hits(reader, query, hits, offset, limit),
        generation=reader.generation,
        facets=counted(reader, query, hits.found, facets, MOST, deadline),
        timed_out=is_late,
    )


def _with_meant(reader: LibraryReader, query: Query, hits: int) -> Query:
    """The query with what may have been meant; a fault in that is no reason to show no hits."""
    with contextlib.suppress(Exception):
        meant = did_you_mean(query, reader, hits)
        return replace(query, did_you_mean=meant) if meant else query
    return query


def _hits(reader: LibraryReader, query: Query, found: Ordered, offset: int, limit: int) -> tuple[Hit, ...]:
    """So many hits from one on; what the index knows of their texts is not worked out again."""
    page = found.page(offset, limit)
    excerpts = reader.excerpts([head.match for head in page])
    where, flags = found.known(reader, query, page)
    terms = terms_in(query.clauses, [excerpt.passage.text for excerpt in excerpts], where)
    known = map(_Known, page, excerpts, terms, flags)
    return tuple(_hit(reader, query, one, rank) for rank, one in enumerate(known, offset + 1))


def _hit(reader: LibraryReader, query: Query, known: _Known, rank: int) -> Hit:
    """A head with its text, marks and citation."""
    head, passage = known.head, known.excerpt.passage
    row = reader.summary(head.match.document_id)
    return Hit(
        rank=rank,
        score=head.match.score,
        passage=passage,
        matches=marked(query, known.terms),
        document=row,
        citation=cite_excerpt(row, known.excerpt, passage.span),
        also=tuple(reader.named(head.also)) if head.also else (),
        flags=flagged(query, known.terms, known.flags),
    )
