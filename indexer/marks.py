"""Where a query's words stand in a text: the spans that the page marks."""

from __future__ import annotations

from collections import defaultdict

from indexer.analyse import analyse
from indexer.errors import QueryError
from indexer.query import parse
from indexer.records import AnyOf, Clause, Phrase, Query, Span, Term, Word


def marks(query: Query, text: str) -> tuple[Span, ...]:
    """The spans of `text` that match a clause of the query, in order, not overlapping; a phrase is one span."""
    terms = analyse(text)
    spans = [span for clause in query.clauses for span in places(clause, terms)]
    return _merged(spans)


def highlight(query: str, text: str) -> tuple[Span, ...]:
    """The marks in any text of a query as typed; none when the query cannot be read."""
    try:
        return marks(parse(query), text)
    except QueryError:
        return ()


def places(clause: Clause, terms: list[Term]) -> list[Span]:
    """Where a clause matches among the terms of a text."""
    if isinstance(clause, Word):
        return [found.span for found in terms if found.text == clause.term]
    if isinstance(clause, AnyOf):
        return [span for inner in clause.clauses for span in places(inner, terms)]
    return _phrase_places(clause, terms)


def _phrase_places(phrase: Phrase, terms: list[Term]) -> list[Span]:
    """From the first word to the last of each place where the terms stand in a row."""
    at: dict[int, dict[str, Span]] = defaultdict(dict)
    for found in terms:
        at[found.position][found.text] = found.span
    starts = [found for found in terms if found.text == phrase.terms[0]]
    spans = []
    for start in starts:
        row = [at.get(start.position + step, {}).get(text) for step, text in enumerate(phrase.terms)]
        if row[-1] is not None and all(span is not None for span in row):
            spans.append(Span(start.span.start, row[-1].end))
    return spans


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
