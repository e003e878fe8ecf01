"""Entries as a line of JSON, and back: what comes from a worker's process is checked, field by field."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from itertools import accumulate, groupby, pairwise
from typing import Any

import numpy as np

from indexer.arrays import Array
from indexer.read.sandbox_wire import BadReplyError, raised
from indexer.records import Entry, PassageEntry
from indexer.vocabulary import NO_TERMS, Terms, Vocabulary

_SMALL = 0xFFFF


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
    """An entry, its terms as numbers in a list of them: of the title, then of each passage's heading and text."""
    title = entry.passages[0].title if entry.passages else NO_TERMS
    fields = [title, *(of for passage in entry.passages for of in (passage.heading, passage.text))]
    vocabulary = Vocabulary()
    numbers = np.concatenate(list(_numbers(fields, vocabulary)))
    positions = np.concatenate([terms.positions for terms in fields])
    row = [vocabulary.texts, list(map(len, fields)), _packed(numbers), _packed(positions)]
    passages = [[p.ordinal, _text(p.payload), _text(p.head), p.keys] for p in entry.passages]
    return [entry.document_id, entry.fingerprint, _text(entry.payload), _text(entry.summary), row, passages]


def _numbers(fields: list[Terms], vocabulary: Vocabulary) -> Iterator[Array]:
    """The terms of fields, one after another, by their numbers in a vocabulary."""
    for _, group in groupby(fields, lambda terms: id(terms.vocabulary)):
        held = list(group)
        yield vocabulary.adopted(np.concatenate([terms.numbers for terms in held]), held[0].vocabulary)


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
    texts, sizes, packed, places = row
    vocabulary = Vocabulary()
    for text in texts:
        vocabulary[str(text)]
    numbers, positions = _unpacked(packed), _unpacked(places)
    bounds = [0, *accumulate(sizes)]
    if not len(numbers) == len(positions) == bounds[-1] or min(sizes) < 0:
        raise ValueError("not every term has a position")
    if len(vocabulary) != len(texts) or (len(numbers) and int(numbers.max()) >= len(texts)):
        raise ValueError("a number is that of no term")
    return [Terms(vocabulary, numbers[start:end], positions[start:end]) for start, end in pairwise(bounds)]


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _packed(numbers: Array) -> str:
    """Numbers of 32 bits, of 16 where these do; the first character says which."""
    small = not len(numbers) or int(numbers.max()) <= _SMALL
    return f"{2 if small else 4}{_text(numbers.astype(np.uint16 if small else np.uint32).tobytes())}"


def _unpacked(text: str) -> Array:
    """What `_packed` was given."""
    kind = {"2": np.uint16, "4": np.uint32}[text[:1]]
    return np.frombuffer(b64decode(text[1:]), kind).astype(np.uint32)
