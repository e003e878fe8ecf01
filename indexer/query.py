"""The query language: text -> Query, which is also the receipt of how it was read.

Words side by side are any-of, "words in quotes" are a phrase that every hit has; `query_grammar` has the rest. Nothing
a person types is an error but an empty query: what cannot be read as syntax is read as words, and the receipt says so.
A strict reading raises QueryError instead, with the place.
"""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.clauses import changed, terms
from indexer.errors import QueryError
from indexer.query_clauses import Reading
from indexer.query_grammar import tree
from indexer.query_tokens import Problem, tokens
from indexer.records import Clause, Flagged, Query, Span

MAX_CHARS = 512
_NO_TEXT = re.compile("[\ufffd\ud800-\udfff]")  # as a server and a shell hand on bytes that are no text


def parse(text: str, *, strict: bool = False) -> Query:
    """How `text` is searched; QueryError when it is empty or, if `strict`, when something in it cannot be obeyed."""
    if not text.strip():
        raise QueryError(text, "the query is empty", 0, len(text))
    kept, problems = _cut(text)
    if bad := _NO_TEXT.search(kept):
        problems.append(Problem("the query holds bytes that are no UTF-8", Span(*bad.span()), "they part words"))
    found, more = tokens(kept)
    reading = Reading(tree(found), kept)
    if reading.root is None and reading.ignored:
        reading = Reading(tree(found), kept, keep_stop_words=True)
    problems += [*more, *reading.problems]
    if reading.root is None:
        problems.append(Problem("there is no word in the query", Span(0, len(text))))
    if strict and problems:
        raise QueryError(text, problems[0].reason, problems[0].span.start, problems[0].span.end)
    return _query(text, reading, problems)


def concepts(query: Query) -> list[frozenset[str]]:
    """The terms of each clause: what counts as a match of it."""
    return [frozenset(terms(clause)) for clause in query.clauses]


def _query(text: str, reading: Reading, problems: list[Problem]) -> Query:
    clauses = tuple(reading.scoring)

    def asked(clause: Clause) -> Clause | None:
        return replace(clause, clauses=clauses) if isinstance(clause, Flagged) else None

    return Query(
        text=text,
        clauses=clauses,
        required=tuple(changed(clause, asked) for clause in reading.required),
        words=tuple(reading.scoring.values()),
        parsed=reading.line,
        is_plain=reading.is_plain,
        ignored=tuple(reading.ignored),
        warnings=tuple(dict.fromkeys(problem.warning for problem in problems)),
    )


def _cut(text: str) -> tuple[str, list[Problem]]:
    """As much of the text as is read, up to the last white space before the limit."""
    if len(text) <= MAX_CHARS:
        return text, []
    kept = text[: MAX_CHARS + 1]
    kept = (kept[: kept.rindex(" ")] if " " in kept.strip() else kept)[:MAX_CHARS]
    reason = f"the query has {len(text):,} characters, more than {MAX_CHARS}"
    return kept, [Problem(reason, Span(len(kept), len(text)), f"only the first {len(kept)} are read")]
