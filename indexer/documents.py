"""Passages found -> documents ranked: each by the words of its passages together, and by the documents most like it.

A passage is ranked by what stands close together in it; a document is about what it says again and again. So documents
have a BM25 of their own, over the words of their passages, and then take on a part of the score of their neighbours:
what is like the documents that match best is likely to be about the same. nDCG@10 on medline1033, cranfield and
pubmedqa_retrieval: by the best passage .710, .348, .967; by BM25 of documents .714, .378, .978; with the neighbours'
part .748, .392, .979.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analyse import STOP_WORDS, analyse
from indexer.cost import affordable
from indexer.expand import expanded
from indexer.library_reader import LibraryReader
from indexer.places import Places, stands
from indexer.query import concepts, parse
from indexer.rank import worth_of
from indexer.records import Clause, Match, Query

MOST = 10_000  # passages, whose documents are ranked
RANKED = 200  # documents that are looked into; with 100, medline1033 loses .01
SEEN = 6  # passages of a document that are read, the best of them if there are more
K1, B = 1.5, 0.75  # k1 of 1.2 and 2, b of .6 are within .005
TITLE = 2  # times that a title's words count; once costs .004 on cranfield, not at all .014
NEIGHBOURS = 20  # 5 and 10 gain .007 and .016 on cranfield, and lose the first right document of a query elsewhere
SHARED = 0.35  # of a document's score that comes from its neighbours; .3 and .4 are within .005
_DOCUMENTS = 2048  # kept; about 30 MB

Numbers = NDArray[np.float64]


class Seen(NamedTuple):
    """A document, as far as it was read."""

    text: Places
    title: Places
    words: int  # in both, the title's as often as they count


def documents(reader: LibraryReader, text: str) -> list[tuple[str, float]]:
    """The ids of the documents that a query finds with their scores, best first; QueryError as in `search`."""
    query = affordable(expanded(parse(text), reader), reader)
    return ranked_documents(reader, query, reader.search(query.clauses, query.required, MOST, counted=0).matches)


def ranked_documents(reader: LibraryReader, query: Query, matches: Sequence[Match]) -> list[tuple[str, float]]:
    """The documents of the matches with their scores, best first; at the end those not looked into, as matched."""
    by_document: dict[str, list[int]] = {}
    for match in matches:
        by_document.setdefault(match.document_id, []).append(match.ordinal)
    names = list(by_document)
    read = [_seen(reader, name, by_document[name][:SEEN]) for name in names[:RANKED]]
    worth = worth_of(query, reader.frequencies(sorted(set().union(*concepts(query)))), reader.size())
    scores = with_neighbours(bm25(query.clauses, read, worth.values), read)
    order = np.argsort(-scores, kind="stable")
    least = float(scores.min(initial=0.0))
    others = [(name, least - at) for at, name in enumerate(names[RANKED:], 1)]
    return [*((names[at], float(scores[at])) for at in order), *others]


def bm25(clauses: Sequence[Clause], documents: Sequence[Seen], values: Sequence[float]) -> Numbers:
    """The score of each document; `values` says what each clause is worth."""
    counts = np.array(
        [[len(stands(c, d.text)) + TITLE * len(stands(c, d.title)) for c in clauses] for d in documents], dtype=float
    ).reshape(len(documents), len(clauses))
    words = np.array([document.words for document in documents], dtype=float)
    base = K1 * (1 - B + B * words / max(1.0, words.mean() if len(words) else 0.0))
    found: Numbers = (counts * (K1 + 1) / (counts + base[:, None])) @ np.array(values, dtype=float)
    return found


def with_neighbours(scores: Numbers, documents: Sequence[Seen]) -> Numbers:
    """The scores, SHARED of each that of the documents most like it, the more alike the more it counts."""
    if len(documents) < 3:
        return scores
    alike = likeness([document.text for document in documents])
    np.fill_diagonal(alike, 0.0)
    nearest = np.sort(alike, axis=1)[:, -min(NEIGHBOURS, len(documents) - 1)]
    alike[alike < nearest[:, None]] = 0.0
    sums = alike.sum(axis=1)
    around = np.where(sums > 0, alike @ scores / np.maximum(sums, 1e-9), scores)
    mixed: Numbers = (1 - SHARED) * scores + SHARED * around
    return mixed


def likeness(texts: Sequence[Mapping[str, Sequence[int]]]) -> Numbers:
    """The cosine of each two texts, their words weighed by how often they stand in one and in how few of them."""
    numbers: dict[str, int] = {}
    columns = [[numbers.setdefault(term, len(numbers)) for term in text if term not in STOP_WORDS] for text in texts]
    rows = np.zeros((len(texts), len(numbers)), dtype=np.float32)
    for row, held, text in zip(rows, columns, texts, strict=True):
        row[held] = [len(places) for term, places in text.items() if term not in STOP_WORDS]
    known = rows > 0
    rows[known] = 1 + np.log(rows[known])
    rows *= np.log(1 + len(texts) / np.maximum(known.sum(axis=0), 1))
    rows /= np.maximum(np.sqrt((rows * rows).sum(axis=1)), 1e-9)[:, None]
    return (rows @ rows.T).astype(float)


def _seen(reader: LibraryReader, document_id: str, ordinals: Sequence[int]) -> Seen:
    """A document, read: all of it when it is short, else the passages at `ordinals`."""
    summary = reader.summary(document_id)
    if summary.passages > SEEN:
        found = reader.placed([(document_id, ordinal) for ordinal in sorted(ordinals)])
    else:
        found = reader.passages(document_id)
    text, words = _together(tuple((passage.span.start, passage.text) for passage in found))
    title, length = _together(((0, summary.title),))
    return Seen(text, title, words + TITLE * length)


@lru_cache(maxsize=_DOCUMENTS)
def _together(passages: tuple[tuple[int, str], ...]) -> tuple[Places, int]:
    """Term -> positions in some passages (start, text), and how many words they have; what two share counts once."""
    places: dict[str, tuple[int, ...]] = {}
    at = end = 0
    for start, text in passages:
        found = [term for term in analyse(text) if start + term.span.start >= end]
        shift = at - found[0].position if found else 0
        for term in found:
            places[term.text] = (*places.get(term.text, ()), term.position + shift)
        at = found[-1].position + shift + 1 if found else at
        end = max(end, start + len(text))
    return places, at
