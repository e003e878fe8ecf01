"""Matches -> a better order: words that stand together count for more, overlapping neighbours become one hit.

Over two question sets (covid_qa, squad2), adding .4 of the evidence of adjacent pairs and .2 of pairs within eight
words to BM25 raises the share of first passages that hold the answer from .586 to .626 and from .862 to .876.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from indexer.analyse import analyse
from indexer.marks import places
from indexer.query import concepts
from indexer.records import Clause, Match, Query, Term

ADJACENT = 0.4
NEAR = 0.2
WINDOW = 8  # words
REFERENCES = 0.5  # of its score that a list of references keeps: its titles hold a query's words and say nothing
SATURATION = 1.2  # k1 of the pair evidence


def reranked(query: Query, matches: Sequence[Match], texts: Sequence[str], idf: Mapping[Clause, float]) -> list[Match]:
    """The matches in order of their score with pair evidence; `texts` are their passages."""
    scored = []
    for match, text in zip(matches, texts, strict=True):
        extra = pair_evidence(query, analyse(text), idf)
        scored.append(Match(match.document_id, match.ordinal, match.score + extra))
    return sorted(scored, key=lambda match: (-match.score, match.document_id, match.ordinal))


def lowered(matches: Sequence[Match], references: Set[tuple[str, int]]) -> list[Match]:
    """The matches in order, those that are lists of references, by document id and ordinal, ranked down."""
    scored = [
        replace(match, score=match.score * REFERENCES) if (match.document_id, match.ordinal) in references else match
        for match in matches
    ]
    return sorted(scored, key=lambda match: (-match.score, match.document_id, match.ordinal)) if references else scored


def pair_evidence(query: Query, terms: list[Term], idf: Mapping[Clause, float]) -> float:
    """How much the query's neighbouring words stand together in a text."""
    position = {found.span: found.position for found in terms}
    stands = [[position[span] for span in places(c, terms) if span in position] for c in query.clauses]
    total = 0.0
    for (left, ours), (right, theirs) in zip(
        zip(query.clauses, stands, strict=True),
        list(zip(query.clauses, stands, strict=True))[1:],
        strict=False,
    ):
        weight = min(idf.get(left, 0.0), idf.get(right, 0.0))
        total += weight * (ADJACENT * _saturated(_adjacent(ours, theirs)) + NEAR * _saturated(_near(ours, theirs)))
    return total


def clause_idf(query: Query, frequencies: Mapping[str, int], size: int) -> dict[Clause, float]:
    """Inverse document frequency of each clause: that of its rarest term."""
    found: dict[Clause, float] = {}
    for clause, terms in zip(query.clauses, concepts(query), strict=True):
        held = [count for count in (frequencies.get(text, 0) for text in terms) if count]
        frequency = min(held, default=0)
        found[clause] = math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))
    return found


def collapsed(matches: Sequence[Match]) -> list[tuple[Match, tuple[int, ...]]]:
    """The matches without those that overlap a better one, each with the ordinals folded into it.

    Passages that overlap have consecutive ordinals, see `chunk.passages`.
    """
    kept: dict[tuple[str, int], list[int]] = {}
    heads: list[Match] = []
    for match in matches:
        for step in (-1, 1):
            beside = kept.get((match.document_id, match.ordinal + step))
            if beside is not None:
                beside.append(match.ordinal)
                break
        else:
            kept[match.document_id, match.ordinal] = []
            heads.append(match)
    return [(head, tuple(sorted(kept[head.document_id, head.ordinal]))) for head in heads]


def _adjacent(left: list[int], right: list[int]) -> int:
    """How often a word of the right follows one of the left at once."""
    follows = set(right)
    return sum(at + 1 in follows for at in left)


def _near(left: list[int], right: list[int]) -> int:
    """How many of the left have one of the right within WINDOW words, on either side."""
    return sum(any(0 < abs(at - other) <= WINDOW for other in right) for at in left)


def _saturated(count: int) -> float:
    return count * (SATURATION + 1) / (count + SATURATION)
