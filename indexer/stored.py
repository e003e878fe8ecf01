"""What the library keeps of a document, a passage and a ledger row: records <-> bytes.

JSON, which engines compress; never a pickle. The rows are lists in the order of the records' fields, so a change
of a record is a change of the library's format.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import islice
from typing import Any

from indexer.aligned import AlignedText, Run
from indexer.cite import CONTEXT
from indexer.records import Block, Document, Excerpt, PageNote, Passage, Source, Span, Summary

_SUMMARY = [field.name for field in fields(Summary)][:-1]
_NOTES = _SUMMARY.index("page_notes")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_PASSAGE = 11  # numbers and texts of a passage's row that are the passage; the others stand around it


def payloads(document: Document, passages: Sequence[Passage]) -> tuple[bytes, list[bytes]]:
    """A document as bytes, and each of its passages with what stands around it and where it all comes from.

    What is said of the document's runs is spelled once: for each passage anew all this takes half as long again.
    """
    steps = list(_steps(document.text.runs))
    return _document_payload(document, steps), [_passage_payload(document.text, steps, one) for one in passages]


def _document_payload(document: Document, steps: Sequence[str]) -> bytes:
    d, source = document, document.source
    about = [d.title, list(d.authors), d.date, d.url]
    row = [d.id, [source.path, source.sha256, source.part, source.format], about, d.text.text]
    blocks = [[block.span.start, block.span.end, block.kind, block.level] for block in d.blocks]
    return _bytes(row, steps, [blocks, [[page.start, page.end] for page in d.pages]])


def read_document(payload: bytes) -> Document:
    """The document of a payload."""
    identity, source, about, text, steps, blocks, pages = json.loads(payload)
    title, authors, date, url = about
    return Document(
        id=identity,
        source=Source(*source),
        title=title,
        authors=tuple(authors),
        date=date,
        url=url,
        text=AlignedText.build(text, _runs(steps)),
        blocks=tuple(Block(Span(start, end), kind, level) for start, end, kind, level in blocks),
        pages=tuple(Span(start, end) for start, end in pages),
    )


def _passage_payload(text: AlignedText, steps: Sequence[str], passage: Passage) -> bytes:
    p, span = passage, passage.span
    start, end = max(0, span.start - CONTEXT), min(len(text), span.end + CONTEXT)
    before, after = text.text[start : span.start], text.text[span.end : end]
    row = [p.id, p.document_id, p.ordinal, p.kind, list(p.heading), p.text, span.start, span.end, p.page, p.section]
    return _bytes([*row, p.columns, before, after], _steps_within(text, steps, start, end))


def _steps_within(text: AlignedText, steps: Sequence[str], start: int, end: int) -> list[str]:
    """The runs of a part of a text as numbers, given those of all: only the first and the last can be others."""
    runs = text.cut(start, end)
    first = bisect_right(text.starts, start) - 1
    inside = steps[first + 1 : first + len(runs) - 1]
    return [*_steps(runs[:1]), *inside, *(_steps(runs[-1:], runs[-2][2]) if len(runs) > 1 else ())]


def read_passage(payload: bytes) -> Passage:
    """The passage of a payload."""
    return _passage(json.loads(payload))


def read_excerpt(payload: bytes) -> Excerpt:
    """The passage of a payload with what stands around it."""
    row = json.loads(payload)
    passage, (before, after, steps) = _passage(row), row[_PASSAGE:]
    text = AlignedText.build(before + passage.text + after, _runs(steps))
    return Excerpt(passage, passage.span.start - len(before), text)


def _passage(row: Sequence[Any]) -> Passage:
    identity, document_id, ordinal, kind, heading, text, start, end, page, section, columns = row[:_PASSAGE]
    span = Span(start, end)
    return Passage(identity, document_id, ordinal, kind, tuple(heading), text, span, page, section, columns=columns)


def summary_payload(summary: Summary) -> bytes:
    """A ledger row as bytes: its fields in order, but the last, which depends on other documents."""
    row = [getattr(summary, name) for name in _SUMMARY]
    row[_NOTES] = [[note.page, note.status, note.characters] for note in summary.page_notes]
    return _bytes(row)


def read_summary(payload: bytes) -> Summary:
    """The ledger row of a payload."""
    row = [_tuples(value) for value in json.loads(payload)]
    row[_NOTES] = tuple(PageNote(*note) for note in row[_NOTES])
    return Summary(*row)


def _tuples(value: Any) -> Any:
    """The value with tuples for lists; a list holds lists or none, and the long ones of numbers are copied at once."""
    if not isinstance(value, list):
        return value
    return tuple(map(_tuples, value)) if value and isinstance(value[0], list) else tuple(value)


def _steps(runs: Sequence[Run], at: int = 0) -> Iterator[str]:
    """The runs, from a place of the source on, as small numbers: one for each that begins where the one before ends.

    As most do; and four for others. One to one: its characters. One character: how many of the source it stands for,
    below zero. Any other: 0, its characters, how far the source moves on, how many it has there. Three for each run
    took twice the time.
    """
    for length, start, end in runs:
        size = end - start
        if start == at and length == size:
            yield str(size)
        elif start == at and length == 1 and size:
            yield str(-size)
        else:
            yield f"0,{length},{start - at},{size}"
        at = end


def _runs(steps: Sequence[int]) -> Iterator[Run]:
    """The runs that the numbers spell."""
    at = 0
    numbers = iter(steps)
    for step in numbers:
        length, start, size = step, at, abs(step)
        if step < 0:
            length = 1
        elif not step:
            length, ahead, size = islice(numbers, 3)
            start += ahead
        at = start + size
        yield length, start, at


def _bytes(row: list[Any], steps: Sequence[str] | None = None, rest: Sequence[Any] = ()) -> bytes:
    """A row as JSON, behind it steps and the rest of it; half a surrogate pair, as of a broken source, is kept."""
    spelled = _ENCODER.encode(row)
    if steps is not None:
        spelled = ",".join([spelled[:-1], f"[{','.join(steps)}]", *map(_ENCODER.encode, rest)]) + "]"
    return spelled.encode("utf-8", "surrogatepass")
