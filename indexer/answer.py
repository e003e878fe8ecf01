"""Question -> the sentences that answer it, word for word, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analyse import analyse, fold
from indexer.cite import cite
from indexer.library import LibraryReader
from indexer.marks import marks, places
from indexer.query import concepts
from indexer.question import GENERAL, gives, kind_of
from indexer.rank import clause_idf, pair_evidence
from indexer.records import Answer, Clause, Hit, Query, Quote, Results, Span
from indexer.search import search
from indexer.sentences import sentence_spans

PASSAGES = 10  # candidates come from these; 20 or 40 found no better sentence on two question sets
QUOTES = 3
ANSWER = 0.6  # confidence from which a quote is given as the answer
POSSIBLE = 0.35  # and from which it is offered as a possible one
FEW_WORDS = 4  # a shorter sentence ("Yes.", "Fig. 2.") answers nothing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, and how well."""

    hit: Hit
    span: Span  # in the passage's text
    score: float
    confidence: float  # from 0 to 1
    held: frozenset[int]  # which clauses of the question the sentence or its surroundings hold


def answer(reader: LibraryReader, question: str) -> Answer:
    """The best sentences with their citations, or level "none" and the reason."""
    results = search(reader, question, limit=PASSAGES)
    weights = _weights(reader, results.query)
    found = sorted(_candidates(results, weights), key=lambda c: (-c.score, c.hit.rank, c.span))
    best = _distinct(found)[:QUOTES]
    confidence = best[0].confidence if best else 0.0
    level = "answer" if confidence >= ANSWER else "possible" if confidence >= POSSIBLE else "none"
    missing = _missing(results.query, weights, best[0] if best else None)
    return Answer(
        question=question,
        level=level,
        confidence=confidence,
        reason="" if level == "answer" else _reason(results, missing, level),
        missing=missing,
        quotes=tuple(_quote(reader, results.query, c) for c in best if c.confidence >= POSSIBLE),
        results=results,
    )


def _weights(reader: LibraryReader, query: Query) -> dict[Clause, float]:
    """How much each clause of the question says: its rarity, little for words that only ask."""
    frequencies = reader.frequencies(sorted(set().union(*concepts(query))))
    idf = clause_idf(query, frequencies, reader.size())
    return {
        clause: idf[clause] * (0.25 if fold(word) in GENERAL else 1.0)
        for clause, word in zip(query.clauses, query.words, strict=True)
    }


def _candidates(results: Results, weights: dict[Clause, float]) -> Iterator[Candidate]:
    """The sentences of the passages found, scored."""
    kind = kind_of(results.query.text)
    top = max((hit.score for hit in results.hits), default=1.0) or 1.0
    for hit in results.hits:
        sentences = sentence_spans(hit.passage.text)
        held = [_held(results.query, span.of(hit.passage.text)) for span in sentences]
        around = _held(results.query, " ".join((hit.document.title, *hit.passage.heading)))
        for at, span in enumerate(sentences):
            text = span.of(hit.passage.text)
            if len(text.split()) < FEW_WORDS:
                continue
            near = held[at].union(around, *held[max(0, at - 2) : at], *held[at + 1 : at + 2])
            yield _scored(results.query, weights, hit, span, (held[at], near, gives(kind, text), hit.score / top))


def _scored(
    query: Query,
    weights: dict[Clause, float],
    hit: Hit,
    span: Span,
    evidence: tuple[frozenset[int], frozenset[int], bool, float],
) -> Candidate:
    """A candidate from its evidence: clauses held, held nearby, kind of answer given, passage score."""
    held, near, fits, passage = evidence
    inside, nearby = _share(weights, held), _share(weights, near)
    pairs = pair_evidence(query, analyse(span.of(hit.passage.text)), weights) / (sum(weights.values()) or 1.0)
    score = inside + 0.5 * nearby + 0.5 * pairs + 0.3 * passage + (0.25 if fits else 0.0)
    confidence = nearby**2 * (0.4 + 0.6 * inside) * (1.0 if fits else 0.6)
    return Candidate(hit, span, score, min(1.0, confidence), near)


def _held(query: Query, text: str) -> frozenset[int]:
    """The clauses of the question that a text holds, by number."""
    terms = analyse(text)
    return frozenset(at for at, clause in enumerate(query.clauses) if places(clause, terms))


def _share(weights: dict[Clause, float], held: frozenset[int]) -> float:
    """How much of the question's weight the clauses held make up, from 0 to 1."""
    total = sum(weights.values())
    return sum(weight for at, weight in enumerate(weights.values()) if at in held) / total if total else 0.0


def _distinct(candidates: list[Candidate]) -> list[Candidate]:
    """Each sentence once, though overlapping passages hold it twice."""
    seen: set[str] = set()
    kept = []
    for candidate in candidates:
        text = candidate.span.of(candidate.hit.passage.text)
        if text not in seen:
            seen.add(text)
            kept.append(candidate)
    return kept


def _missing(query: Query, weights: dict[Clause, float], best: Candidate | None) -> tuple[str, ...]:
    """The telling words of the question that stand neither in the best sentence nor around it."""
    held = best.held if best else frozenset()
    heavy = max(weights.values(), default=0.0) / 3
    return tuple(
        word
        for at, (word, weight) in enumerate(zip(query.words, weights.values(), strict=True))
        if at not in held and weight >= heavy
    )


def _reason(results: Results, missing: tuple[str, ...], level: str) -> str:
    """Why no sentence is given as the answer, in one sentence."""
    if not results.hits:
        return "No passage holds any of the words."
    if missing:
        return f"No sentence about the rest also mentions {', '.join(missing)}."
    if level == "possible":
        return "The closest sentence may not answer it."
    return "No sentence holds enough of the question."


def _quote(reader: LibraryReader, query: Query, candidate: Candidate) -> Quote:
    """A candidate as a marked, cited quote."""
    passage = candidate.hit.passage
    document = reader.document(passage.document_id)
    start = passage.span.start
    span = Span(start + candidate.span.start, start + candidate.span.end)
    text = candidate.span.of(passage.text)
    return Quote(text, round(candidate.confidence, 4), marks(query, text), candidate.hit, cite(document, passage, span))
