"""Public collections from ../shared/data: documents for queries, and passages, answers and confidence for questions.

An answer is right when its sentence covers at least half of a gold span in the gold document; a passage, when it holds
one whole. Both are compared by offsets into the source's text as read. To see whether the confidence tells an answer
from a lack of one, all questions are asked again of a library that holds half of the documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from indexer.answer import answer
from indexer.evaluate import evaluate_retrieval, ranked
from indexer.evaluate_answers import Question, first_rank, right_quotes
from indexer.library import LibraryReader
from indexer.measures import auroc
from indexer.records import Span
from indexer.search import search
from indexer.trec import read_qrels, read_queries
from tests.evaluation.floors import Outcome
from tests.evaluation.libraries import library_of, lines

DEPTH = 1000  # documents of a query
CONFIDENT = 0.3  # the share of questions whose precision is reported


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question."""

    passage: int  # rank of the first passage that holds a gold span; 0 when there is none
    quote: int  # rank of the first right sentence; 0 when there is none
    confidence: float
    answered: bool  # level "answer"
    reachable: bool = True  # whether any passage of the document holds a gold span whole


def retrieval(folder: Path) -> Outcome:
    """How well the documents that people judged relevant are ranked."""
    queries, qrels = read_queries(folder / "queries.jsonl"), read_qrels(folder / "qrels.tsv")
    with library_of({"corpus.jsonl": (folder / "corpus.jsonl").read_bytes()}) as reader:
        evaluation = evaluate_retrieval(
            partial(ranked, reader, "document"), queries, qrels, DEPTH, ("nDCG@10", "RR@10", "R@100")
        )
    remarks = [f"{len(evaluation.not_found)} queries found nothing"] if evaluation.not_found else []
    return Outcome(evaluation.means, tuple(remarks))


def question_answering(folder: Path) -> Outcome:
    """How well passages and sentences that answer are ranked, and what the confidence is worth."""
    asked = questions(lines(folder / "qa.jsonl"))
    documents = lines(folder / "corpus.jsonl")
    whole = _all_asked(documents, asked)
    half = _all_asked([row for row in documents if is_kept(row["_id"])], asked)
    there = [is_kept(question.document) for question in asked]
    remark = f"{len(asked)} questions, {sum(there)} of them about documents that are kept in the half"
    return Outcome({**rank_values(whole), **confidence_values(half, there)}, (remark,))


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


def is_kept(document: str) -> bool:
    """True for the half of the documents that stays, told from a hash of the id."""
    return sha256(document.encode("utf-8")).digest()[0] % 2 == 0


def rank_values(asked: Sequence[Asked]) -> dict[str, float]:
    """How high the right passage and the right sentence stand."""
    return {
        "gold in a passage": _share(one.reachable for one in asked),
        "passage R@1": _share(one.passage == 1 for one in asked),
        "passage R@10": _share(0 < one.passage <= 10 for one in asked),
        "answer @1": _share(one.quote == 1 for one in asked),
        "answer @3": _share(0 < one.quote <= 3 for one in asked),
    }


def confidence_values(asked: Sequence[Asked], there: Sequence[bool]) -> dict[str, float]:
    """What the confidence is worth when the document of some questions is not there."""
    right = [one.quote == 1 for one in asked]
    given = [ok for one, ok in zip(asked, right, strict=True) if one.answered]
    best = sorted(zip(asked, right, strict=True), key=lambda pair: -pair[0].confidence)
    top = [ok for _, ok in best[: round(CONFIDENT * len(best))]]
    return {
        "AUROC there or removed": _auroc(asked, there),
        "AUROC right or not": _auroc(asked, right),
        "precision of the surest 30 %": _share(top),
        "precision when answered": _share(given),
        "share answered of those there": _share(o.answered for o, here in zip(asked, there, strict=True) if here),
        "share declined of those removed": _share(
            not o.answered for o, here in zip(asked, there, strict=True) if not here
        ),
    }


def _all_asked(documents: Iterable[dict[str, Any]], asked: Iterable[Question]) -> list[Asked]:
    """The questions, asked of a library of the documents."""
    data = "".join(json.dumps(row) + "\n" for row in documents).encode("utf-8")
    with library_of({"corpus.jsonl": data}) as reader:
        kept = [summary.id for summary in reader.documents() if summary.passages]
        sources = {document: _passage_sources(reader, document) for document in kept}
        return [_asked(reader, question, sources.get(question.document, [])) for question in asked]


def _passage_sources(reader: LibraryReader, document_id: str) -> list[Span]:
    """Where the passages of a document stand in its source."""
    text = reader.document(document_id).text
    return [text.source(passage.span.start, passage.span.end) for passage in reader.passages(document_id)]


def _asked(reader: LibraryReader, question: Question, sources: Sequence[Span]) -> Asked:
    """A question, searched and answered; `sources` are the passages of its document."""
    hits = search(reader, question.text, 10).hits
    passages = [
        hit.passage.document_id == question.document
        and any(hit.citation.source_span.holds(gold) for gold in question.gold)
        for hit in hits
    ]
    given = answer(reader, question.text)
    reachable = any(source.holds(gold) for source in sources for gold in question.gold)
    return Asked(
        first_rank(passages),
        first_rank(right_quotes(given, question)),
        given.confidence,
        given.level == "answer",
        reachable,
    )


def _auroc(asked: Sequence[Asked], positive: Sequence[bool]) -> float:
    """How well the confidence tells the positive questions from the others."""
    sides: dict[bool, list[float]] = {True: [], False: []}
    for one, good in zip(asked, positive, strict=True):
        sides[good].append(one.confidence)
    return auroc(sides[True], sides[False])


def _share(cases: Iterable[bool]) -> float:
    """The share of cases that are true; of none, all are."""
    kept = list(cases)
    return sum(kept) / len(kept) if kept else 1.0
