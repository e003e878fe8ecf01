"""Words -> ranked, marked and cited passages."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.cite import cite_excerpt
from indexer.cost import affordable, costs_of
from indexer.engines import Found
from indexer.expand import expanded
from indexer.facets import asked, condition, counted, holding, in_order
from indexer.flags import flagged
from indexer.library import LibraryReader
from indexer.marks import marker, terms_in
from indexer.order import RERANKED, Head, Ordered, ordered, unranked
from indexer.query import parse
from indexer.records import DEFAULTS, Clause, Excerpt, Hit, Options, Query, Results, Span, Term
from indexer.suggest import did_you_mean

MAX_LIMIT = 100  # hits on one page
MOST = 10_000  # matches that are ranked and counted one by one; beyond, the total is a lower bound
# Hits that more matches come to at least, however they overlap: each takes in two neighbours at most, and the first
# hundred, which may be copies of one, two others each. 1 + (MOST - 3 * RERANKED) / 3 is 3,234, told as a round number.
SURE = 3_000
# Of more than MOST matches, those listed at most for a page near the first. Of 100,000 passages the best hundred are
# found in .18 ms, 400 in .4, 1,000 in .7; 10,000 in .76, and .14 more to leave out those that overlap a better one.
FEW = 1_000
EXPANDING = 0.4  # part of the time after which no more words are looked up that a query stands for
MATCHING = 0.75  # part of the time that finding matches may take; the rest is for ranking and showing them


_Best = tuple[Found, Ordered]  # matches, and the hits that they come to


class _Known(NamedTuple):
    """What the index knows of a hit."""

    head: Head
    excerpt: Excerpt
    terms: Sequence[Term]  # of the text, those that the query looks for
    marks: tuple[Span, ...]
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
    is_listed = bool(narrowing or options.facets or query.required) or options.sort != "relevance"
    end = SURE if is_listed else min(offset + limit, SURE)
    found, hits = _first(reader, query, end, deadline) or _all(reader, query, narrowing, deadline)
    is_late = found.timed_out or query.is_cut
    if narrowing and found.total <= MOST:  # of more, those that do not match were not asked for
        held = holding(reader, query, narrowing, MOST, deadline)
        hits, is_late = hits.only(held.matches), is_late or held.timed_out
    if options.sort != "relevance":
        query = _with_partial_order(query) if found.total > MOST else query
        hits = hits.by(in_order(reader, hits.found, options.sort))
    total = SURE if found.total > MOST and not is_listed else len(hits)
    facets = [name for name in options.facets if name != "flag" or not is_late]
    return Results(
        query=_with_meant(reader, query, total),
        total=total,
        exact=found.total <= MOST and not is_late,
        hits=_hits(reader, query, hits, offset, min(limit, total - offset)),
        generation=reader.generation,
        facets=counted(reader, query, hits.found, facets, deadline),
        timed_out=is_late,
    )


def _first(reader: LibraryReader, query: Query, end: int, deadline: float) -> _Best | None:
    """The few best of more than MOST matches, with hits up to `end`; None where there are fewer, or that takes more."""
    few = max(RERANKED, 3 * end)
    if few > FEW or sum(costs_of(query, reader).values()) <= MOST:
        return None
    found = reader.search(query.clauses, (), few, deadline, counted=MOST + 1)
    if found.total <= MOST and not found.timed_out:
        return None
    hits = _ordered(reader, query, found)
    return (found, hits) if len(hits) >= end or found.timed_out else None


def _all(reader: LibraryReader, query: Query, narrowing: Clause | None, deadline: float) -> _Best:
    """All matches, MOST of them at most."""
    found = reader.search(query.clauses, query.required, MOST, deadline, counted=MOST + 1)
    if narrowing and found.total > MOST:
        found = reader.search(query.clauses, (*asked(query), narrowing), MOST, deadline)
    return found, _ordered(reader, query, found)


def _ordered(reader: LibraryReader, query: Query, found: Found) -> Ordered:
    return unranked(found.matches) if found.timed_out else ordered(reader, query, found.matches)


def _with_partial_order(query: Query) -> Query:
    """The query with a word that others match than those which are put in another order."""
    said = f"more than {MOST:,} passages match, and {MOST:,} of them are put in this order: a filter leaves fewer"
    return replace(query, warnings=(*query.warnings, said))


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
    known = map(_Known, page, excerpts, terms, map(marker(query), terms), flags)
    return tuple(_hit(reader, query, one, rank) for rank, one in enumerate(known, offset + 1))


def _hit(reader: LibraryReader, query: Query, known: _Known, rank: int) -> Hit:
    """A head with its text, marks and citation."""
    head, passage = known.head, known.excerpt.passage
    row = reader.summary(head.match.document_id)
    return Hit(
        rank=rank,
        score=head.match.score,
        passage=passage,
        matches=known.marks,
        document=row,
        citation=cite_excerpt(row, known.excerpt, passage.span),
        also=tuple(reader.named(head.also)) if head.also else (),
        flags=flagged(query, known.terms, known.flags),
    )
