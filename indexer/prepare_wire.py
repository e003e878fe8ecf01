"""Entries as a line of JSON, and back: what comes from a worker's process is checked, field by field."""

from __future__ import annotations

import json
from array import array
from base64 import b64decode, b64encode
from collections import defaultdict
from itertools import accumulate
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
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise BadReplyError(f"its reply is none ({type(error).__name__})") from error


def _record(entry: Entry) -> list[Any]:
    """An entry, its terms as numbers in a list of its words: of the title, then of each passage's heading and text."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    ids, positions, sizes = array("I"), array("I"), []
    title = entry.passages[0].title if entry.passages else Terms()
    for terms in (title, *(of for passage in entry.passages for of in (passage.heading, passage.text))):
        ids.extend(map(numbers.__getitem__, terms.texts))
        positions.extend(terms.positions)
        sizes.append(len(terms))
    row = [list(numbers), sizes, _text(ids.tobytes()), _text(positions.tobytes())]
    passages = [[p.ordinal, _text(p.payload), _text(p.head), p.keys] for p in entry.passages]
    return [entry.document_id, entry.fingerprint, _text(entry.payload), _text(entry.summary), row, passages]


def _entry(record: Any) -> Entry:
    identity, fingerprint, payload, summary, row, passages = record
    title, *fields = _terms(row)
    made = tuple(
        PassageEntry(int(ordinal), b64decode(payload), title, heading, text, b64decode(head), tuple(map(str, keys)))
        for (ordinal, payload, head, keys), heading, text in zip(passages, fields[::2], fields[1::2], strict=True)
    )
    return Entry(str(identity), str(fingerprint), b64decode(payload), made, b64decode(summary))


def _terms(row: Any) -> list[Terms]:
    """The terms of a row, field by field."""
    vocabulary, sizes, ids, positions = row
    words = tuple(map(str, vocabulary))
    numbers, places = _numbers(ids), _numbers(positions)
    if not len(numbers) == len(places) == sum(sizes) or min(sizes) < 0:
        raise ValueError("not every term has a position")
    texts = tuple(map(words.__getitem__, numbers))
    starts = accumulate(sizes, initial=0)
    return [Terms(texts[at : at + size], places[at : at + size]) for at, size in zip(starts, sizes, strict=False)]


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _numbers(text: str) -> array[int]:
    """Whole numbers from their bytes, which are this machine's own."""
    found = array("I")
    found.frombytes(b64decode(text))
    return found
