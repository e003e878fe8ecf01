"""How well questions are answered: passages and sentences against gold spans, and what is left unanswered.

A passage is right when it holds a gold span whole; a sentence, when it covers at least half of one, in the gold
document. Both are compared by offsets into the source's text as read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.answer import answer
from indexer.errors import EvaluationFileError, QueryError
from indexer.library import LibraryReader
from indexer.records import Answer, Span
from indexer.trec import lines

_FORM = "{question, doc_id, answers: [{text, start}], answerable}"  # start: in the source's text, in characters


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and where its answers stand in the text of one document; no gold: there is no answer."""

    text: str
    document: str
    gold: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a question."""

    answerable: bool
    passage: int  # rank of the first passage that holds a gold span; 0 when there is none
    quote: int  # rank of the first right sentence; 0 when there is none
    answered: bool  # level "answer"


def read_questions(path: Path) -> list[Question]:
    """The questions of a file, each a line as in _FORM; EvaluationFileError names a bad one."""
    found = []
    for number, line in lines(path):
        try:
            row = json.loads(line)
            gold = row.get("answers", ()) if row.get("answerable", True) else ()
            spans = tuple(Span(int(one["start"]), int(one["start"]) + len(one["text"])) for one in gold)
            found.append(Question(str(row["question"]), str(row.get("doc_id", "")), spans))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise EvaluationFileError(str(path), number, f"a question is a JSON object, {_FORM}") from error
    return found


def evaluate_answers(reader: LibraryReader, questions: Iterable[Question]) -> dict[str, float]:
    """The measures over all questions, from 0 to 1."""
    judged = [_judged(reader, question) for question in questions]
    there = [one for one in judged if one.answerable]
    absent = [one for one in judged if not one.answerable]
    given = [one for one in judged if one.answered]
    values = {
        "passage R@1": _share(one.passage == 1 for one in there),
        "passage R@10": _share(0 < one.passage <= 10 for one in there),
        "answer @1": _share(one.quote == 1 for one in there),
        "answer @3": _share(0 < one.quote <= 3 for one in there),
        "answered": _share(one.answered for one in there),
        "right when answered": _share(one.quote == 1 for one in given),
    }
    return values | ({"unanswerable declined": _share(not one.answered for one in absent)} if absent else {})


def _judged(reader: LibraryReader, question: Question) -> Judged:
    try:
        given = answer(reader, question.text)
    except QueryError:
        return Judged(bool(question.gold), 0, 0, False)
    hits = [
        hit.passage.document_id == question.document
        and any(hit.citation.source_span.holds(gold) for gold in question.gold)
        for hit in given.results.hits
    ]
    return Judged(
        bool(question.gold), first_rank(hits), first_rank(right_quotes(given, question)), given.level == "answer"
    )


def right_quotes(given: Answer, question: Question) -> list[bool]:
    """Which of the quotes cover at least half of a gold span in the gold document."""
    return [
        quote.hit.passage.document_id == question.document
        and any(_shared(quote.citation.source_span, gold) * 2 >= len(gold) for gold in question.gold)
        for quote in given.quotes
    ]


def _shared(left: Span, right: Span) -> int:
    """How many characters two spans share; negative when they lie apart."""
    return min(left.end, right.end) - max(left.start, right.start)


def first_rank(right: Sequence[bool]) -> int:
    """The rank of the first that is right, from 1; 0 when none is."""
    return right.index(True) + 1 if True in right else 0


def _share(cases: Iterable[bool]) -> float:
    """The share of cases that are true; 0 of none."""
    kept = list(cases)
    return sum(kept) / len(kept) if kept else 0.0
