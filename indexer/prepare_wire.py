"""Entries as a line of JSON and bytes behind it, and back: what comes from a worker's process is checked.

The line says how long each piece of the bytes is, in order; a text of base64 instead would take twice the time. A term
is spelled once: from then on both sides know it by its number, as long as the worker lives.
"""

from __future__ import annotations

import json
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from indexer.arrays import Array
from indexer.read.sandbox_wire import BadReplyError, raised
from indexer.records import Entry, PassageEntry
from indexer.vocabulary import NO_TERMS, Adoption, Terms, Vocabulary

_SMALL = 0xFFFF
_BETWEEN = "\n"  # terms: none holds white space of this kind


class Encoder:
    """A worker's side: entries -> bytes."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()  # whose terms
        self._known = 0  # so many, were spelled

    def encoded(self, entries: tuple[Entry, ...] | None) -> bytes:
        """The entries as bytes; None says that memory ran out."""
        if entries is None:
            return b'{"memory": true}\n'
        pieces: list[bytes] = []
        try:
            records = [self._record(entry, pieces) for entry in entries]
            return b"".join([json.dumps({"entries": records}).encode(), b"\n", *pieces])
        except BaseException:
            self._known = 0  # what was spelled is not sent
            raise

    def _record(self, entry: Entry, pieces: list[bytes]) -> list[Any]:
        """An entry, its terms by number: of the title, of each heading, of each passage's text."""

        def size(piece: bytes) -> int:
            pieces.append(piece)
            return len(piece)

        title = entry.passages[0].title if entry.passages else NO_TERMS
        headings = {id(passage.heading): passage.heading for passage in entry.passages}
        under = {heading: at for at, heading in enumerate(headings, 1)}
        fields = [title, *headings.values(), *[passage.text for passage in entry.passages]]
        vocabulary, numbers = _numbered(fields)
        known = self._known if vocabulary is self._vocabulary else 0
        words = size(_BETWEEN.join(vocabulary.texts[known:]).encode("utf-8", "surrogatepass"))
        self._vocabulary, self._known = vocabulary, len(vocabulary.texts)
        positions = np.concatenate([terms.positions for terms in fields])
        sizes = [len(terms.numbers) for terms in fields]
        row = [known, words, sizes, *((size(piece), wide) for piece, wide in map(_packed, (numbers, positions)))]
        keys = Vocabulary()  # most are those of all passages
        groups = {group: at for at, group in enumerate(dict.fromkeys(passage.keys for passage in entry.passages))}
        keyed = [keys.texts, [[keys[key] for key in group] for group in groups]]
        passages = [[p.ordinal, under[id(p.heading)], size(p.head), groups[p.keys]] for p in entry.passages]
        return [entry.document_id, entry.fingerprint, row, keyed, passages, size(entry.payload), size(entry.summary)]


class Decoder:
    """The other side, one for each worker: bytes -> entries, whose terms share a vocabulary."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()

    def decoded(self, reply: bytes) -> tuple[Entry, ...]:
        """The entries of a reply; UnreadableSourceError or MemoryError if it says so, BadReplyError if it is none."""
        line, _, rest = reply.partition(b"\n")
        try:
            said = json.loads(line)
            raised(said)
            pieces = _Pieces(rest)
            entries = tuple(self._entry(record, pieces) for record in said["entries"])
            pieces.end()
        except (LookupError, TypeError, ValueError, RecursionError) as error:
            raise BadReplyError(f"its reply is none ({type(error).__name__})") from error
        return entries

    def _entry(self, record: Any, pieces: _Pieces) -> Entry:
        identity, fingerprint, row, (texts, groups), passages, payload, summary = record
        fields = self._terms(row, pieces)
        if len(fields) <= len(passages):
            raise ValueError("not every passage has a text")
        title, last = fields[0], fields[len(fields) - len(passages) :]
        key = tuple(map(str, texts)).__getitem__
        keys = [tuple(map(key, group)) for group in groups]
        made = tuple(
            PassageEntry(int(at), title, fields[under], text, pieces.take(head), keys[group])
            for (at, under, head, group), text in zip(passages, last, strict=True)
        )
        return Entry(str(identity), str(fingerprint), pieces.take(payload), made, pieces.take(summary))

    def _terms(self, row: Any, pieces: _Pieces) -> list[Terms]:
        """The terms of a row, field by field."""
        known, words, sizes, packed, places = row
        texts = pieces.take(words).decode("utf-8", "surrogatepass").split(_BETWEEN) if words else []
        if not known:  # the worker, or what it holds of words, is a new one
            self._vocabulary = Vocabulary()
        vocabulary = self._vocabulary
        if known != len(vocabulary):
            raise ValueError("it goes on from other words than there are")
        vocabulary.extend(texts)
        numbers, positions = (_unpacked(pieces.take(size), wide) for size, wide in (packed, places))
        bounds = [0, *accumulate(sizes)]
        if not len(numbers) == len(positions) == bounds[-1] or min(sizes) < 0:
            raise ValueError("not every term has a position")
        if len(numbers) and int(numbers.max()) >= len(vocabulary):
            raise ValueError("a number is that of no term")
        return [Terms(vocabulary, numbers[start:end], positions[start:end]) for start, end in pairwise(bounds)]


_encoder = Encoder()


def encoded(entries: tuple[Entry, ...] | None) -> bytes:
    """The entries as bytes that tell the one decoder of this process's replies."""
    return _encoder.encoded(entries)


class _Pieces:
    """The bytes of a reply, taken piece by piece."""

    def __init__(self, whole: bytes) -> None:
        self._whole = whole
        self._at = 0

    def take(self, size: int) -> bytes:
        """The next bytes, so many; ValueError when there are fewer."""
        start, self._at = self._at, self._at + int(size)
        if not start <= self._at <= len(self._whole):
            raise ValueError("a piece does not lie in the reply")
        return self._whole[start : self._at]

    def end(self) -> None:
        """ValueError when something is left."""
        if self._at != len(self._whole):
            raise ValueError("the reply goes on behind its pieces")


def _numbered(fields: list[Terms]) -> tuple[Vocabulary, Array]:
    """The terms of one field after another by number, and whose numbers these are."""
    vocabularies = {id(terms.vocabulary): terms.vocabulary for terms in fields if len(terms.numbers)}
    if len(vocabularies) > 1:  # which is rare
        vocabulary = Vocabulary()
        numbers = [Adoption(vocabulary, terms.vocabulary).numbers(terms.numbers) for terms in fields]
    else:
        vocabulary = next(iter(vocabularies.values()), Vocabulary())
        numbers = [terms.numbers for terms in fields]
    return vocabulary, np.concatenate(numbers)


def _packed(numbers: Array) -> tuple[bytes, bool]:
    """Numbers of 16 bits, or where these do not do of 32; the second says so."""
    wide = len(numbers) > 0 and int(numbers.max()) > _SMALL
    return numbers.astype(np.uint32 if wide else np.uint16).tobytes(), wide


def _unpacked(packed: bytes, wide: bool) -> Array:
    """What `_packed` was given."""
    return np.frombuffer(packed, np.uint32 if wide else np.uint16).astype(np.uint32)
