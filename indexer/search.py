"""Words -> ranked, marked and cited passages."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.cite import cite
from indexer.library import LibraryReader
from indexer.marks import marks
from indexer.query import concepts, parse
from indexer.rank import clause_idf, collapsed, reranked
from indexer.records import Hit, Match, Query, Results

MAX_LIMIT = 100  # hits on one page
MOST = 10_000  # matches that are ranked and counted one by one; beyond, the total is a lower bound
RERANKED = 100  # of the best matches, those looked at for words that stand together


def search(reader: LibraryReader, text: str, limit: int = 10, offset: int = 0) -> Results:
    """One page of the passages that match a query, best first; past the end the page is empty.

    Overlapping neighbours of one document count as one hit. QueryError when the query is empty or too long.
    """
    query = parse(text)
    found = reader.search(query.clauses, query.required, MOST)
    heads = collapsed(_ranked(reader, query, found.matches))
    hits = [
        _hit(reader, query, match, also, offset + at)
        for at, (match, also) in enumerate(heads[offset : offset + limit], 1)
    ]
    exact = found.total <= MOST
    return Results(query, len(heads), exact, tuple(hits), reader.generation)


def _ranked(reader: LibraryReader, query: Query, matches: Sequence[Match]) -> list[Match]:
    """The matches, the best of them put in order of pair evidence."""
    if len(query.clauses) < 2:
        return list(matches)
    best = matches[:RERANKED]
    frequencies = reader.frequencies(sorted(set().union(*concepts(query))))
    idf = clause_idf(query, frequencies, reader.size())
    texts = [passage.text for passage in reader.placed([(m.document_id, m.ordinal) for m in best])]
    return [*reranked(query, best, texts, idf), *matches[RERANKED:]]


def _hit(reader: LibraryReader, query: Query, match: Match, also: tuple[int, ...], rank: int) -> Hit:
    """A match with its text, marks and citation."""
    document = reader.document(match.document_id)
    keys = [(match.document_id, ordinal) for ordinal in (match.ordinal, *also)]
    passage, *others = reader.placed(keys)
    return Hit(
        rank=rank,
        score=match.score,
        passage=passage,
        matches=marks(query, passage.text),
        document=reader.summary(match.document_id),
        citation=cite(document, passage, passage.span),
        also=tuple(other.id for other in others),
    )
