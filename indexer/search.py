"""Words -> ranked, marked and cited passages."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from indexer.cite import cite
from indexer.cost import affordable
from indexer.engines import Found
from indexer.expand import expanded
from indexer.facets import asked, condition, counted, holding, in_order
from indexer.flags import flags
from indexer.library import LibraryReader
from indexer.marks import marks
from indexer.near import copies
from indexer.query import concepts, parse
from indexer.rank import clause_idf, collapsed, lowered, reranked
from indexer.records import DEFAULTS, Hit, Match, Options, Query, Results

MAX_LIMIT = 100  # hits on one page
MOST = 10_000  # matches that are ranked and counted one by one; beyond, the total is a lower bound
MATCHING = 0.75  # part of the time that finding matches may take; the rest is for ranking and showing them
RERANKED = 100  # of the best matches, those looked at for words that stand together


class Head(NamedTuple):
    """A match, and what is folded into it."""

    match: Match
    also: tuple[tuple[str, int], ...]  # document id and ordinal of each

    @property
    def key(self) -> tuple[str, int]:
        """Document id and ordinal."""
        return self.match.document_id, self.match.ordinal


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
    deadline = time.monotonic() + options.seconds * MATCHING
    query = affordable(expanded(parse(text, strict=options.strict), reader, options), reader)
    narrowing = condition(reader, query, options.filters)
    found = reader.search(query.clauses, query.required, MOST, deadline)
    if narrowing and found.total > MOST:
        found = reader.search(query.clauses, (*asked(query), narrowing), MOST, deadline)
    heads = _all_heads(reader, query, found)
    if narrowing:
        kept = holding(reader, query, narrowing, MOST, deadline)
        heads = [head for head in heads if head.key in kept]
    keys = [head.key for head in heads]
    if options.sort != "relevance":
        heads = [heads[at] for at in in_order(reader, keys, options.sort)]
    hits = [_hit(reader, query, head, offset + at) for at, head in enumerate(heads[offset : offset + limit], 1)]
    return Results(
        query=query,
        total=len(heads),
        exact=found.total <= MOST and not found.timed_out,
        hits=tuple(hits),
        generation=reader.generation,
        facets=counted(reader, query, keys, options.facets, MOST, deadline),
        timed_out=found.timed_out,
    )


def _all_heads(reader: LibraryReader, query: Query, found: Found) -> list[Head]:
    """What was found, ranked and folded; as it was found when time is up."""
    if found.timed_out:
        return _heads(found.matches)
    return _without_copies(reader, _heads(_ranked(reader, query, found.matches)))


def _ranked(reader: LibraryReader, query: Query, matches: Sequence[Match]) -> list[Match]:
    """The matches, the best of them put in order of pair evidence, lists of references ranked down."""
    best = matches[:RERANKED]
    passages = reader.placed([(m.document_id, m.ordinal) for m in best])
    references = {(p.document_id, p.ordinal) for p in passages if p.section == "references"}
    if len(query.clauses) > 1:
        frequencies = reader.frequencies(sorted(set().union(*concepts(query))))
        idf = clause_idf(query, frequencies, reader.size())
        best = reranked(query, best, [passage.text for passage in passages], idf)
    return [*lowered(best, references), *matches[RERANKED:]]


def _heads(matches: Sequence[Match]) -> list[Head]:
    """The matches with their overlapping neighbours folded into them."""
    return [Head(match, tuple((match.document_id, n) for n in also)) for match, also in collapsed(matches)]


def _without_copies(reader: LibraryReader, heads: list[Head]) -> list[Head]:
    """The heads, those among the best that a nearly equal document says better folded into the better one."""
    best, rest = heads[:RERANKED], heads[RERANKED:]
    if len({head.match.document_id for head in best}) < 2:
        return heads
    passages = reader.placed([head.key for head in best])
    folded = copies(passages, lambda document_id: reader.summary(document_id).sketch)
    also = {at: head.also for at, head in enumerate(best)}
    for copy, better in folded.items():
        also[better] += (best[copy].key, *best[copy].also)
    return [Head(head.match, also[at]) for at, head in enumerate(best) if at not in folded] + rest


def _hit(reader: LibraryReader, query: Query, head: Head, rank: int) -> Hit:
    """A head with its text, marks and citation."""
    match = head.match
    document = reader.document(match.document_id)
    passage, *others = reader.placed([head.key, *head.also])
    return Hit(
        rank=rank,
        score=match.score,
        passage=passage,
        matches=marks(query, passage.text),
        document=reader.summary(match.document_id),
        citation=cite(document, passage, passage.span),
        also=tuple(other.id for other in others),
        flags=flags(query, passage.text),
    )
