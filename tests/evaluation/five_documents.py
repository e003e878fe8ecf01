"""Searches and questions over the five documents, judged by reading them (five_documents.jsonl).

A search is right at the first passage that holds an expected quote. An answer is right when it holds an expected
quote, lies in one, or covers at least half of one. Where several places are equally right, each of them counts.
"answer @1" is about the quotes that are shown, "first sentence @1" about the best sentence, shown or not: as "transfer
answer @1" of the public collections is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from statistics import fmean

from indexer.answer import answer
from indexer.library import LibraryReader
from indexer.order import judgement
from indexer.read import read
from indexer.records import Citation, Document, Span
from indexer.search import search
from tests.evaluation.anchors import citation_fault, passage_faults
from tests.evaluation.floors import Outcome
from tests.evaluation.libraries import CORPUS, library_of, lines

CASES = Path(__file__).parent / "five_documents.jsonl"
DEPTH = 10

Found = list[tuple[str, Citation]]  # document id and citation of passages or quotes, best first


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands: a document's file name and a quote from its cleaned text."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """Something typed, and the places that answer it."""

    id: str
    kind: str  # search, question or unanswerable
    text: str
    expected: tuple[Place, ...]  # any of them is right; none for the unanswerable


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a case."""

    case: Case
    rank: int  # of the first right passage or quote, from 1; 0 when there is none
    level: str  # of the answer; empty for a search
    is_first: bool  # of a question, whether the best sentence is right, shown or not
    found: Found


@dataclass(frozen=True, slots=True)
class Collection:
    """The library under test."""

    reader: LibraryReader
    documents: dict[str, Document]  # by file name
    originals: dict[str, str]  # the source's text as read, by document id


def cases() -> list[Case]:
    """All cases, in the order of the file."""
    return [
        Case(row["id"], row["kind"], row["text"], tuple(Place(**place) for place in row["expected"]))
        for row in lines(CASES)
    ]


def files() -> list[Path]:
    """The documents that the cases name."""
    return [CORPUS / name for name in sorted({place.document for case in cases() for place in case.expected})]


def spans(text: str, quote: str) -> list[Span]:
    """Where a quote stands in a text; white space may differ."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return [Span(*found.span()) for found in re.finditer(pattern, text)]


def gives(quote: Span, place: Span) -> bool:
    """True when a quoted sentence gives an expected place: lies in it, or covers at least half of it."""
    shared = min(quote.end, place.end) - max(quote.start, place.start)
    return place.holds(quote) or shared * 2 >= len(place)


def measured() -> Outcome:
    """The measures over the five documents, with a remark on every case that went wrong."""
    with library_of({path.name: path.read_bytes() for path in files()}) as reader:
        collection = _collection(reader)
        judged = [outcome_of(collection, case) for case in cases()]
        faults = [*passage_faults(reader, collection.originals), *_citation_faults(collection, judged)]
    wrong = [*filter(None, map(_remark, judged)), *(f"anchor: {fault}" for fault in faults if fault)]
    values = {**_search_values(judged), **answer_values(judged), "anchors right": faults.count("") / len(faults)}
    return Outcome(values, (f"{len(faults)} anchors checked", *wrong))


def _collection(reader: LibraryReader) -> Collection:
    """The library with its documents at hand."""
    names = {summary.id: PurePosixPath(summary.path).name for summary in reader.documents()}
    return Collection(
        reader,
        {name: reader.document(document) for document, name in names.items()},
        {document: read(CORPUS / name, name)[0].original for document, name in names.items()},
    )


def outcome_of(collection: Collection, case: Case) -> Judged:
    """A case, run and judged."""
    if case.kind == "search":
        hits = search(collection.reader, case.text, DEPTH).hits
        level, first, found = "", [], [(hit.passage.document_id, hit.citation) for hit in hits]
    else:
        given = answer(collection.reader, case.text)
        level = given.level
        found = [(quote.hit.passage.document_id, quote.citation) for quote in given.quotes]
        first = judgement(collection.reader, given.results.query).ranking[:1]
    right = [_is_right(collection, case, document, citation.span) for document, citation in found]
    sentences = [one.candidate.sentence for one in first]
    is_first = any(_is_right(collection, case, one.document_id, one.span) for one in sentences)
    return Judged(case, right.index(True) + 1 if any(right) else 0, level, is_first, found)


def _is_right(collection: Collection, case: Case, document: str, span: Span) -> bool:
    """True when a passage or quote is one of the expected places."""
    fits = Span.holds if case.kind == "search" else gives
    texts = ((collection.documents[place.document], place.quote) for place in case.expected)
    return any(
        text.id == document and any(fits(span, place) for place in spans(text.text.text, quote))
        for text, quote in texts
    )


def _search_values(judged: Sequence[Judged]) -> dict[str, float]:
    """How high the expected passage stands."""
    ranks = [one.rank for one in judged if one.case.kind == "search"]
    return {
        "search R@1": _share(rank == 1 for rank in ranks),
        "search R@3": _share(0 < rank <= 3 for rank in ranks),
        "search RR@10": fmean(1 / rank if rank else 0.0 for rank in ranks),
    }


def answer_values(judged: Sequence[Judged]) -> dict[str, float]:
    """How often the right sentence is given, and how often nothing is where there is nothing."""
    asked = [one for one in judged if one.case.kind == "question"]
    idle = [one for one in judged if one.case.kind == "unanswerable"]
    given = [one for one in [*asked, *idle] if one.level == "answer"]
    return {
        "first sentence @1": _share(one.is_first for one in asked),
        "answer @1": _share(one.rank == 1 for one in asked),
        "answer @3": _share(0 < one.rank <= 3 for one in asked),
        "answered rightly": _share(one.level == "answer" and one.rank == 1 for one in asked),
        "right when answered": _share(one.rank == 1 for one in given),
        "unanswerable declined": _share(one.level != "answer" for one in idle),
        "unanswerable without any quote": _share(one.level == "none" for one in idle),
    }


def _citation_faults(collection: Collection, judged: Sequence[Judged]) -> list[str]:
    """What is wrong with each citation that was given, empty when nothing is."""
    documents = {document.id: document for document in collection.documents.values()}
    return [
        citation_fault(documents[document], collection.originals[document], citation)
        for one in judged
        for document, citation in one.found
    ]


def _remark(one: Judged) -> str:
    """A line on a case that went wrong, empty when it went right."""
    wrong = one.level == "answer" if one.case.kind == "unanswerable" else one.rank != 1
    if not wrong:
        return ""
    first = f"{one.found[0][1].quote[:90]!r}" if one.found else "nothing"
    return f"{one.case.id} {one.case.text}: rank {one.rank or '-'} {one.level} first {first}"


def _share(cases: Iterable[bool]) -> float:
    """The share of cases that are true; of none, all are."""
    kept = list(cases)
    return sum(kept) / len(kept) if kept else 1.0
