"""Public collections from ../shared/data: documents for queries, and passages, answers and confidence for questions.

Questions are measured twice. "transfer": the weights were learned from the other question set alone, so the figures say
what to expect of a collection that nobody has seen. Without that word: what is served with the shipped weights, which
were learned from both sets, and where a question that is declined has no answer. To see whether the confidence tells an
answer from a lack of one, all questions are asked again of a library that holds half of the documents. Intervals are
95 % bootstrap intervals over the questions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from indexer.evaluate import evaluate_retrieval, intervals, ranked, table
from indexer.evaluate_answers import Question
from indexer.measures import auroc
from indexer.model import Model
from indexer.significance import bootstrap
from indexer.trec import read_qrels, read_queries
from tests.evaluation.asked import Asked, Both, ask, is_reachable, questions, transferred
from tests.evaluation.confidence import calibration_error, precision_coverage, reliability
from tests.evaluation.floors import Outcome
from tests.evaluation.libraries import library_of, lines

DEPTH = 1000  # documents of a query
CONFIDENT = 0.3  # the share of questions whose precision is reported

Cases = Mapping[str, Sequence[bool]]  # measure -> for each question that it is about, whether it is right


def retrieval(folder: Path) -> Outcome:
    """How well the documents that people judged relevant are ranked."""
    queries, qrels = read_queries(folder / "queries.jsonl"), read_qrels(folder / "qrels.tsv")
    with library_of({"corpus.jsonl": (folder / "corpus.jsonl").read_bytes()}) as reader:
        evaluation = evaluate_retrieval(
            partial(ranked, reader, "document"), queries, qrels, DEPTH, ("nDCG@10", "RR@10", "R@100")
        )
    spans = [f"{name}: {of.low:.4f}-{of.high:.4f} (95 %)" for name, of in intervals(evaluation).items()]
    idle = [f"{len(evaluation.not_found)} queries found nothing"] if evaluation.not_found else []
    return Outcome(evaluation.means, (*spans, *idle))


def question_answering(folder: Path) -> Outcome:
    """How well passages and sentences that answer are ranked, and what the confidence is worth."""
    asked = questions(lines(folder / "qa.jsonl"))
    documents = lines(folder / "corpus.jsonl")
    model = transferred(folder.name)
    whole, reachable = all_asked(documents, asked, model)
    half, _ = all_asked([row for row in documents if is_kept(row["_id"])], asked, model)
    there = [is_kept(question.document) for question in asked]
    cases = {
        "gold in a passage": reachable,
        **outcomes([one.served for one in whole], [one.served for one in half], there),
    }
    moved = outcomes([one.transferred for one in whole], [one.transferred for one in half], there)
    cases |= {f"transfer {name}": held for name, held in moved.items()}
    surest = [(one.transferred.confidence, one.transferred.right) for one in half]
    values = {name: share(held) for name, held in cases.items()} | {
        "AUROC there or removed": _auroc(zip([one.served.confidence for one in half], there, strict=True)),
        "transfer AUROC there or removed": _auroc(zip([sure for sure, _ in surest], there, strict=True)),
        "transfer AUROC right or not": _auroc(surest),
    }
    return Outcome(values, (*_remarks(asked, there), _intervals(cases), *_tables(surest)))


def _remarks(asked: Sequence[Question], there: Sequence[bool]) -> list[str]:
    return [f"{len(asked)} questions, {sum(there)} of them about documents that are kept in the half"]


def _intervals(cases: Cases) -> str:
    """How sure the shares are."""
    rows = [
        (name, str(len(held)), f"{interval.low:.3f}-{interval.high:.3f}")
        for name, held in cases.items()
        if held
        for interval in [bootstrap([float(one) for one in held], samples=500)]
    ]
    return table(("", "of", "95 % interval"), rows)


def _tables(cases: Sequence[tuple[float, bool]]) -> list[str]:
    """What the confidence is worth under weights from the other set, in the half."""
    error = f"mean distance of confidence and share right: {calibration_error(cases):.3f}"
    return [reliability(cases), error, precision_coverage(cases)]


def is_kept(document: str) -> bool:
    """True for the half of the documents that stays, told from a hash of the id."""
    return sha256(document.encode("utf-8")).digest()[0] % 2 == 0


def outcomes(whole: Sequence[Asked], half: Sequence[Asked], there: Sequence[bool]) -> dict[str, list[bool]]:
    """How high the right passage and sentence stand, and how often an answer is given, and rightly."""
    best = sorted(half, key=lambda one: -one.confidence)
    placed = list(zip(half, there, strict=True))
    return {
        "passage R@1": [one.passage == 1 for one in whole],
        "passage R@10": [0 < one.passage <= 10 for one in whole],
        "answer @1": [one.quote == 1 for one in whole],
        "answer @3": [0 < one.quote <= 3 for one in whole],
        "precision of the surest 30 %": [one.right for one in best[: round(CONFIDENT * len(best))]],
        "precision when answered": [one.right for one in half if one.answered],
        "share answered of those there": [one.answered for one, here in placed if here],
        "share declined of those removed": [not one.answered for one, here in placed if not here],
    }


def all_asked(
    documents: Iterable[dict[str, Any]], asked: Sequence[Question], model: Model
) -> tuple[list[Both], list[bool]]:
    """The questions, asked of a library of the documents, and which of them have a gold span whole in a passage."""
    data = "".join(json.dumps(row) + "\n" for row in documents).encode("utf-8")
    with library_of({"corpus.jsonl": data}) as reader:
        return [ask(reader, question, model) for question in asked], [is_reachable(reader, one) for one in asked]


def share(cases: Sequence[bool]) -> float:
    """The share of cases that are true; of none, all are."""
    return sum(cases) / len(cases) if cases else 1.0


def _auroc(cases: Iterable[tuple[float, bool]]) -> float:
    """How well the confidence tells the true cases from the others."""
    sides: dict[bool, list[float]] = {True: [], False: []}
    for confidence, good in cases:
        sides[good].append(confidence)
    return auroc(sides[True], sides[False])
