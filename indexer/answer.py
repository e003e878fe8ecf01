"""Question -> the sentences that answer it, word for word, or the reason why there is none."""

from __future__ import annotations

import time

from indexer.agreement import said_elsewhere
from indexer.candidates import Sentence
from indexer.cite import cite, cite_excerpt
from indexer.doubts import Doubts, doubts
from indexer.library import LibraryReader
from indexer.marks import marks
from indexer.model import Judged, Judgement
from indexer.order import judgement
from indexer.records import DEFAULTS, Answer, Citation, Hit, Query, Quote, Results, Span, document_of
from indexer.search import MATCHING, search

QUOTES = 3
# Confidence from which a quote is given as the answer: with weights from the other set .88 and .97 of such answers are
# right (covid_qa, squad2), and .59 and .41 of the questions that have one get it.
ANSWER = 0.725
# The same when words of the question stand nowhere around: with .835 fewer of such answers are right than the floors of
# the two sets ask for, with .85 fewer questions get theirs.
WORDS_LACKED = 0.845
# And from which it is offered as a possible one, with what is to be said against it: one in seventeen. With one in
# sixteen seven fewer of 2,704 questions (covid_qa, squad2, the five documents) show their answer first, with one in
# eighteen one fewer of 22 everyday questions that nothing answers gets no quote.
POSSIBLE = 1 / 17
# The same for one that shows no sign of the kind asked for, "how much" without a number: of .25, .28, .3 and .35 the
# least with which no more is offered to what the five documents do not answer than their floor allows.
KIND_LACKED = 0.28


def answer(reader: LibraryReader, question: str, results: Results | None = None) -> Answer:
    """The best sentences with their citations, or level "none" and the reason.

    `results` are the first ten hits of the same question where they are known: nothing is searched again.
    """
    results = results or search(reader, question)
    found = judgement(reader, results.query, time.monotonic() + DEFAULTS.seconds * MATCHING)
    doubt = doubts(found)
    given = level(found.confidence, doubt)
    quotes = _quotes(reader, results, found) if given != "none" else ()
    return Answer(
        question=question,
        level=given,
        confidence=round(found.confidence, 4),
        reason="" if given == "answer" else doubt.reason,
        missing=doubt.missing,
        quotes=quotes,
        results=results,
    )


def level(confidence: float, doubt: Doubts) -> str:
    """How an answer of this confidence is given."""
    if confidence >= (WORDS_LACKED if doubt.missing else ANSWER) and not doubt.kind and not doubt.is_at_odds:
        return "answer"
    return "possible" if confidence >= (KIND_LACKED if doubt.kind else POSSIBLE) else "none"


def _quotes(reader: LibraryReader, results: Results, found: Judgement) -> tuple[Quote, ...]:
    """The best sentences that stand in one of the hits; what stands in a copy of a better passage does not."""
    best: list[tuple[Judged, Hit]] = []
    for one in found.ranking:
        if len(best) == QUOTES:
            break
        hit = _hit_of(one, results)
        if hit and not any(_same(one, other) for other, _ in best):
            best.append((one, hit))
    return tuple(_quote(reader, results.query, found, one, hit) for one, hit in best)


def _hit_of(one: Judged, results: Results) -> Hit | None:
    """The first hit in which a sentence begins."""
    sentence = one.candidate.sentence
    holders = (hit for hit in results.hits if hit.passage.document_id == sentence.document_id)
    return next((hit for hit in holders if sentence.span.start in hit.passage.span), None)


def _same(one: Judged, other: Judged) -> bool:
    """True when two candidates are the same words, or one lies in the other."""
    ours, theirs = one.candidate.sentence, other.candidate.sentence
    return ours.text == theirs.text or (ours.document_id == theirs.document_id and ours.span.overlaps(theirs.span))


def _quote(reader: LibraryReader, query: Query, found: Judgement, one: Judged, hit: Hit) -> Quote:
    """A candidate as a marked, cited quote between its neighbours."""
    sentence = one.candidate.sentence
    copies = set(map(document_of, hit.also))  # which say the same because they are the same
    elsewhere = said_elsewhere(found, one.candidate)
    before, after = found.scene.beside(one.candidate)
    return Quote(
        text=sentence.text,
        confidence=round(found.confidence * one.share / found.ranking[0].share, 4),
        matches=_marked(query, hit, sentence),
        hit=hit,
        citation=_citation(reader, hit, sentence.span),
        before=before,
        after=after,
        agreeing=tuple(other for other in elsewhere.agreeing if other not in copies),
        dissenting=elsewhere.dissenting,
    )


def _marked(query: Query, hit: Hit, sentence: Sentence) -> tuple[Span, ...]:
    """The marks in a sentence: those of the hit that holds it, if it marks something there and nothing across its ends.

    They are looked for in the text elsewhere, which takes ten times as long.
    """
    start = sentence.span.start - hit.passage.span.start
    inside = Span(start, start + len(sentence.text))
    found = [mark for mark in hit.matches if mark.overlaps(inside)]
    if not found or not hit.passage.span.holds(sentence.span) or not all(map(inside.holds, found)):
        return marks(query, sentence.text)
    return tuple(Span(mark.start - start, mark.end - start) for mark in found)


def _citation(reader: LibraryReader, hit: Hit, span: Span) -> Citation:
    """The citation of a sentence of a hit; one that ends beyond its passage is read in the document."""
    passage = hit.passage
    if passage.span.holds(span):
        return cite_excerpt(hit.document, reader.excerpt(passage), span)
    return cite(hit.document, reader.document(passage.document_id), passage, span)
