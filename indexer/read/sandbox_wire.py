"""Extracts as a line of JSON, and back: what comes from a reader's process is checked, field by field."""

from __future__ import annotations

import json
from typing import Any

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.records import Block, Extract, PageNote, Source, Span

STRINGS = ("original", "title", "date", "url", "journal", "doi", "pmid")
LISTS = ("authors", "guessed", "notes")
OTHERS = ("source", "text", "blocks", "pages", "page_notes")


class BadReplyError(Exception):
    """A line that is no reply; the message says what is wrong with it."""


def encoded(extracts: tuple[Extract, ...] | None) -> bytes:
    """The documents as a line; None says that memory ran out."""
    if extracts is None:
        return b'{"memory": true}\n'
    return json.dumps({"extracts": [_record(extract) for extract in extracts]}).encode() + b"\n"


def encoded_error(error: UnreadableSourceError) -> bytes:
    """The reason why there are no documents, as a line."""
    return json.dumps({"error": [error.path, error.reason, error.status]}).encode() + b"\n"


def decoded(line: bytes) -> tuple[Extract, ...]:
    """The documents of a line; UnreadableSourceError or MemoryError if it says so, BadReplyError if it is none."""
    try:
        reply = json.loads(line)
        raised(reply)
        return tuple(_extract(record) for record in reply["extracts"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadReplyError(f"its reply is none ({type(error).__name__})") from error


def raised(reply: dict[str, Any]) -> None:
    """Raise what a reply says instead of giving documents."""
    if "memory" in reply:
        raise MemoryError
    if "error" in reply:
        path, reason, status = (_string(value) for value in reply["error"])
        raise UnreadableSourceError(path, reason, status)


def _record(extract: Extract) -> dict[str, Any]:
    """The document as what JSON can say."""
    plain = {name: getattr(extract, name) for name in STRINGS + LISTS}
    return plain | {
        "source": [getattr(extract.source, name) for name in ("path", "sha256", "part", "format")],
        "text": [extract.text.text, extract.text.runs],
        "blocks": [[block.span.start, block.span.end, block.kind, block.level] for block in extract.blocks],
        "pages": [[page.start, page.end] for page in extract.pages],
        "page_notes": [[note.page, note.status, note.characters] for note in extract.page_notes],
    }


def _extract(record: dict[str, Any]) -> Extract:
    """The document of a record; ValueError or its like when a field is not what it should be."""
    path, sha256, part, kind = (_string(value) for value in record["source"])
    text, runs = record["text"]
    strings = {name: _string(record[name]) for name in STRINGS}
    lists = {name: tuple(_string(value) for value in record[name]) for name in LISTS}
    rest: dict[str, Any] = strings | lists
    return Extract(
        source=Source(path, sha256, part, kind),
        text=AlignedText.build(_string(text), [(_number(n), _number(a), _number(b)) for n, a, b in runs]),
        blocks=tuple(Block(_span(a, b), _string(kind), _number(level)) for a, b, kind, level in record["blocks"]),
        pages=tuple(_span(a, b) for a, b in record["pages"]),
        page_notes=tuple(PageNote(_number(p), _string(s), _number(c)) for p, s, c in record["page_notes"]),
        **rest,
    )


def _string(value: object) -> str:
    """The value, if it is a string."""
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} for a string")
    return value


def _number(value: object) -> int:
    """The value, if it is a whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"{value!r} for a number")
    return value


def _span(start: object, end: object) -> Span:
    """The stretch between two numbers."""
    return Span(_number(start), _number(end))
