"""What became of a document: status, quality, and which other documents say nearly the same."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import accumulate, islice

from indexer.clean.steps import Steps
from indexer.clean.words import is_word
from indexer.records import CONTENT, Document, Extract, Passage, Summary

SHINGLE = 5  # words
SKETCH = 128  # smallest hashes kept of a document: the standard error of the likeness is about .04
KEYS, SHARED = 8, 3  # of 8 smallest hashes candidates share 3: those .8 alike do in 99.9 % of cases, .2 alike in 20 %
ALIKE = 0.8  # shared shingles from which two documents count as nearly the same
_SHORT = 20  # words; a shorter document is too short to be like another
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
KEPT = CONTENT | {"title", "heading"}
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
        sketch=sketch(document.text.text),
    )


def quality(text: str) -> float:
    """The share of words of three letters and more that are in an English word list or stand there three times.

    Clean English prose has about .95, text out of a broken font map less than .5; other languages have little.
    """
    counts = Counter(_lowered(found[0] for found in islice(_LETTERS.finditer(text), _JUDGED)))
    total = counts.total()
    real = sum(count for word, count in counts.items() if count >= 3 or is_word(word) or is_word(word.rstrip("s")))
    return round(real / total, 3) if total else 0.0


def left_out(document: Document) -> tuple[tuple[str, int], ...]:
    """How many characters each label keeps out of the passages, by label."""
    counts: Counter[str] = Counter()
    for block in document.blocks:
        if block.kind not in KEPT:
            counts[block.kind] += len(block.span)
    return tuple(sorted(counts.items()))


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of the text's shingles, in order (bottom-k MinHash); empty when it is short."""
    words = _lowered(_WORD.findall(text))
    if len(words) < _SHORT:
        return ()
    whole = " ".join(words).encode("utf-8", "replace")
    ends = list(accumulate(len(word) + 1 for word in whole.split(b" ")))
    shingles = {zlib.crc32(whole[start : end - 1]) for start, end in zip([0, *ends], ends[SHINGLE - 1 :], strict=False)}
    return tuple(nsmallest(SKETCH, map(_mixed, shingles)))


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
        near = (other for other, shared in others.items() if shared >= SHARED)
        first = next((other.id for other in near if likeness(row.sketch, other.sketch) >= ALIKE), None)
        if first is not None:
            found[row.id] = first
            continue
        for key in keys:
            holders.setdefault(key, []).append(row)
    return found


def _lowered(words: Iterable[str]) -> list[str]:
    """Words of letters and digits in lower case, at once, which takes a quarter of the time."""
    return " ".join(words).lower().split()


def _mixed(value: int) -> int:
    """A 32-bit number spread evenly: CRC alone maps like strings to like numbers (finaliser of MurmurHash3)."""
    value = ((value ^ value >> 16) * 0x85EBCA6B) & 0xFFFFFFFF
    value = ((value ^ value >> 13) * 0xC2B2AE35) & 0xFFFFFFFF
    return value ^ value >> 16


def _status(extract: Extract, passages: Sequence[Passage]) -> tuple[str, str]:
    """Status and reason of a document that was read."""
    if not passages:
        return "no content", "nothing but boilerplate was found in it"
    bad = [note for note in extract.page_notes if note.status != "ok"]
    reasons = [f"{len(bad)} of {len(extract.page_notes)} pages: {bad[0].status}"] if bad else []
    reasons += extract.notes
    return ("partial", "; ".join(reasons)) if reasons else ("ok", "")


def _guessed(extract: Extract, document: Document) -> tuple[str, ...]:
    """The fields that the source does not state outright."""
    cleaned = [name for name in ("title", "authors", "date") if getattr(document, name) and not getattr(extract, name)]
    return tuple(sorted({*cleaned, *extract.guessed}))
