"""What became of a document: status, quality, and which other documents say nearly the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nsmallest

import numpy as np
import numpy.typing as npt

from indexer.arrays import Array, indices
from indexer.clean.content import REAL, content_of
from indexer.clean.steps import Steps
from indexer.hashed import hashed, hashes, words
from indexer.read import misnamed
from indexer.records import CONTENT, Document, Extract, Passage, Summary

SHINGLE = 5  # words
SKETCH = 128  # smallest hashes kept of a document: the standard error of the likeness is about .04
KEYS, SHARED = 8, 3  # of 8 smallest hashes candidates share 3: those .8 alike do in 99.9 % of cases, .2 alike in 20 %
ALIKE = 0.8  # shared shingles from which two documents count as nearly the same
_SHORT = 20  # words; a shorter document is like those alone that have the same words and title
KEPT = CONTENT | {"title", "heading"}
_FACTOR = np.uint32(0x9E3779B1)  # odd, so that no word of a shingle loses a bit (the golden ratio, after Knuth)
_MOST = 2**32 - 1
_JUDGED = 20_000  # words of a document that its quality is judged by


def summary(extract: Extract, document: Document, passages: Sequence[Passage], steps: Steps) -> Summary:
    """The ledger row of a document that was read."""
    status, reason = _status(extract, passages)
    return Summary(
        id=document.id,
        path=document.source.path,
        title=document.title,
        authors=document.authors,
        date=document.date,
        url=document.url,
        status=status,
        reason=reason,
        pages=len(document.pages),
        passages=len(passages),
        doi=extract.doi,
        journal=extract.journal,
        guessed=_guessed(extract, document),
        quality=quality(document.text.text),
        left_out=left_out(document),
        repairs=steps.summary(),
        page_notes=tuple(note for note in extract.page_notes if note.status != "ok"),
        sketch=sketch(document.text.text, extract.title),
    )


def quality(text: str) -> float:
    """The share of words of three letters and more that are in an English word list or stand there three times.

    Clean English prose has about .95, text out of a broken font map less than .5; other languages have little.
    """
    numbers, known = content_of(text).known(_JUDGED)
    unlisted = np.sort(numbers[known & REAL == 0])
    counts = np.diff(indices(_begins(unlisted)), append=len(unlisted))
    real = len(numbers) - len(unlisted) + int(counts[counts >= 3].sum())
    return round(real / len(numbers), 3) if len(numbers) else 0.0


def left_out(document: Document) -> tuple[tuple[str, int], ...]:
    """How many characters each label keeps out of the passages, by label."""
    counts: Counter[str] = Counter()
    for block in document.blocks:
        if block.kind not in KEPT:
            counts[block.kind] += len(block.span)
    return tuple(sorted(counts.items()))


def sketch(text: str, title: str = "") -> tuple[int, ...]:
    """The smallest hashes of the text's shingles, in order (bottom-k MinHash).

    Of a short text it is one hash of all of it and of the title that its source states: "Withdrawn." says little.
    """
    values = hashes(text)
    size = len(values)
    if size < _SHORT:
        return (hashed(" ".join([*words(text), title])),) if size else ()
    mixed = _mixed(values)
    shingles = np.zeros(size - SHINGLE + 1, np.uint32)
    for at in range(SHINGLE):
        shingles = shingles * _FACTOR + mixed[at : at + len(shingles)]
    return tuple(_least(_mixed(shingles)).tolist())


def _least(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """The smallest of some values, spread evenly, each once: most are too large by far and need not be put in order."""
    few = _different(values[values < min(_MOST, 4 * SKETCH * _MOST // len(values))])
    return (few if len(few) >= SKETCH else _different(values))[:SKETCH]


def _different(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Each of some values once, in order, in a sixth of the time that np.unique takes."""
    ordered = np.sort(values)
    return ordered[_begins(ordered)]


def _begins(ordered: Array) -> Array:
    """For each value in order, whether it is another than the one before."""
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return first


def likeness(left: Sequence[int], right: Sequence[int]) -> float:
    """The share of shingles that two documents have in common, estimated from their sketches."""
    if not left or not right:
        return 0.0
    size = min(len(left), len(right))
    union = nsmallest(size, {*left, *right})
    return len(set(union) & set(left) & set(right)) / len(union)


def originals(rows: Iterable[Summary]) -> dict[str, str]:
    """Document id -> id of the document before it, in order of path, that it is nearly the same as."""
    found: dict[str, str] = {}
    holders: dict[int, list[Summary]] = {}
    for row in sorted(rows, key=lambda row: (row.path, row.id)):
        keys = row.sketch[:KEYS]
        others = Counter(other for key in keys for other in holders.get(key, ()))
        near = (other for other, shared in others.items() if shared >= min(SHARED, len(keys)))
        first = next((other.id for other in near if likeness(row.sketch, other.sketch) >= ALIKE), None)
        if first is not None:
            found[row.id] = first
            continue
        for key in keys:
            holders.setdefault(key, []).append(row)
    return found


def _mixed(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """32-bit numbers spread evenly: CRC alone maps like strings to like numbers (finaliser of MurmurHash3)."""
    values = (values ^ values >> np.uint32(16)) * np.uint32(0x85EBCA6B)
    values = (values ^ values >> np.uint32(13)) * np.uint32(0xC2B2AE35)
    return values ^ values >> np.uint32(16)


def _status(extract: Extract, passages: Sequence[Passage]) -> tuple[str, str]:
    """Status and reason of a document that was read."""
    if not passages:
        return "no content", "nothing but boilerplate was found in it"
    bad = [note for note in extract.page_notes if note.status != "ok"]
    reasons = [f"{len(bad)} of {len(extract.page_notes)} pages: {bad[0].status}"] if bad else []
    reasons += extract.notes
    if reasons:
        return "partial", "; ".join(reasons)
    return "ok", misnamed(extract.source)


def _guessed(extract: Extract, document: Document) -> tuple[str, ...]:
    """The fields that the source does not state outright."""
    cleaned = [name for name in ("title", "authors", "date") if getattr(document, name) and not getattr(extract, name)]
    return tuple(sorted({*cleaned, *extract.guessed}))
