"""One question, asked of a library: what is served, and what is found under weights learned from other questions.

An answer is right when its sentence covers at least half of a gold span in the gold document; a passage, when it holds
one whole. Both are compared by offsets into the source's text as read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.answer import answer, level
from indexer.candidates import Sentence
from indexer.doubts import doubts
from indexer.evaluate_answers import Question, first_rank, right_quotes
from indexer.library import LibraryReader
from indexer.model import Judgement, Model, judged
from indexer.order import judgement, reordered
from indexer.records import Answer, Passage, Span

TRANSFER = Path(__file__).parent / "transfer.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question, in one of the two ways."""

    passage: int  # rank of the first passage that holds a gold span; 0 when there is none
    quote: int  # rank of the first right sentence; 0 when there is none
    confidence: float
    answered: bool  # level "answer"
    right: bool  # whether the first sentence is


@dataclass(frozen=True, slots=True)
class Both:
    """A question as it is served, and under the weights from the other set."""

    served: Asked
    transferred: Asked


def transferred(name: str, path: Path = TRANSFER) -> Model:
    """The weights under which a set is measured: learned from the other one alone."""
    held = json.loads(path.read_text(encoding="utf-8"))[name]
    return Model(held["sentence"], held["confidence"]["weights"], held["confidence"]["intercept"])


def questions(rows: Iterable[dict[str, Any]]) -> list[Question]:
    """The questions that have an answer."""
    return [
        Question(
            row["question"],
            row["doc_id"],
            tuple(Span(gold["start"], gold["start"] + len(gold["text"])) for gold in row["answers"]),
        )
        for row in rows
        if row["answerable"]
    ]


def ask(reader: LibraryReader, question: Question, model: Model) -> Both:
    """A question, asked both ways; they share the passages and the features of their sentences."""
    given = answer(reader, question.text)
    shipped = judgement(reader, given.results.query)
    found = judged(shipped.scene, model, shipped.features)
    again = reordered(reader, given.results.query, found)
    hits = reader.placed([head.key for head in again.page(0, len(again))])
    return Both(_served(given, question), _transferred(reader, question, found, hits))


def _served(given: Answer, question: Question) -> Asked:
    """What `pincite answer` and the page show."""
    hits = [
        hit.passage.document_id == question.document
        and any(hit.citation.source_span.holds(gold) for gold in question.gold)
        for hit in given.results.hits
    ]
    quote = first_rank(right_quotes(given, question))
    return Asked(first_rank(hits), quote, given.confidence, given.level == "answer", quote == 1)


def _transferred(reader: LibraryReader, question: Question, found: Judgement, hits: Sequence[Passage]) -> Asked:
    """The same of a judgement and the passages in the order that it puts them in."""
    right = [is_right(reader, one.candidate.sentence, question) for one in found.ranking]
    held = [_holds(reader, question, hit.document_id, hit.span) for hit in hits]
    is_answered = level(found.confidence, doubts(found)) == "answer"
    return Asked(first_rank(held), first_rank(right), found.confidence, is_answered, right[:1] == [True])


def is_right(reader: LibraryReader, one: Sentence, question: Question) -> bool:
    """True when a sentence covers at least half of a gold span in the gold document."""
    if one.document_id != question.document:
        return False
    span = reader.document(question.document).text.source(one.span.start, one.span.end)
    return any((min(span.end, gold.end) - max(span.start, gold.start)) * 2 >= len(gold) for gold in question.gold)


def is_reachable(reader: LibraryReader, question: Question) -> bool:
    """True when some passage of its document holds a gold span whole."""
    if question.document not in reader.known():
        return False
    return any(_holds(reader, question, question.document, one.span) for one in reader.passages(question.document))


def _holds(reader: LibraryReader, question: Question, document: str, place: Span) -> bool:
    """True when a stretch of the document holds a gold span whole."""
    if document != question.document:
        return False
    span = reader.document(document).text.source(place.start, place.end)
    return any(span.holds(gold) for gold in question.gold)


def weights(sentence: Mapping[str, float], confidence: Mapping[str, float], intercept: float) -> dict[str, Any]:
    """A model as `transfer.json` and `model.json` hold it."""
    return {"sentence": dict(sentence), "confidence": {"intercept": intercept, "weights": dict(confidence)}}
