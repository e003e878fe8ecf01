"""Entries as a line of JSON, and back: what comes from a worker's process is checked, field by field."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

from indexer.read.sandbox_wire import BadReplyError, raised
from indexer.records import Entry, PassageEntry, Terms


def encoded(entries: tuple[Entry, ...] | None) -> bytes:
    """The entries as a line; None says that memory ran out."""
    if entries is None:
        return b'{"memory": true}\n'
    return json.dumps({"entries": [_record(entry) for entry in entries]}).encode() + b"\n"


def decoded(line: bytes) -> tuple[Entry, ...]:
    """The entries of a line; UnreadableSourceError or MemoryError if it says so, BadReplyError if it is none."""
    try:
        reply = json.loads(line)
        raised(reply)
        return tuple(_entry(record) for record in reply["entries"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadReplyError(f"its reply is none ({type(error).__name__})") from error


def _record(entry: Entry) -> list[Any]:
    title = entry.passages[0].title if entry.passages else Terms()
    passages = [[p.ordinal, _text(p.payload), _row(p.heading), _row(p.text), p.keys] for p in entry.passages]
    return [entry.document_id, entry.fingerprint, _text(entry.payload), _text(entry.summary), _row(title), passages]


def _entry(record: Any) -> Entry:
    identity, fingerprint, payload, summary, title, passages = record
    named = _terms(title)
    return Entry(
        document_id=str(identity),
        fingerprint=str(fingerprint),
        payload=b64decode(payload),
        passages=tuple(
            PassageEntry(int(ordinal), b64decode(payload), named, _terms(heading), _terms(text), tuple(map(str, keys)))
            for ordinal, payload, heading, text, keys in passages
        ),
        summary=b64decode(summary),
    )


def _row(terms: Terms) -> list[Any]:
    """Terms as their texts, which hold no white space, and their positions."""
    return [" ".join(terms.texts), list(terms.positions)]


def _terms(row: Any) -> Terms:
    texts, positions = row
    known = tuple(str(texts).split(" ")) if texts else ()
    if len(known) != len(positions):
        raise ValueError("not every term has a position")
    return Terms(known, tuple(map(int, positions)))


def _text(data: bytes) -> str:
    return b64encode(data).decode()
