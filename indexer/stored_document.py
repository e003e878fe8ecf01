"""What the library keeps of a document and its passages: records <-> bytes that are read in parts.

    counts    number of tiles, number of passages
    numbers   of each tile: where its bytes begin, bytes of its text, where its first run begins in the source, its
              first passage; the same of what would be the next one; of each passage: ordinal, start, end
    head      the document's names, blocks and pages
    tiles     what else there is of the passages that begin there; a text, and where it comes from

A text is stored once, however many passages share it: a passage is a span, read with the one or two tiles that hold
it. The head and each tile are compressed by themselves: a line of JSON, and what is none behind it; never a pickle. The
rows are lists in the order of the records' fields, so a change of a record is a change of the library's format.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, starmap
from typing import Any, NamedTuple

import numpy as np

from indexer.aligned import AlignedText
from indexer.arrays import Array, narrow, numbers_of
from indexer.cite import CONTEXT
from indexer.records import Block, Document, Excerpt, Passage, Source, Span
from indexer.stored import spelled, unspelled
from indexer.tiles import Tile, joined, tiles

# Characters that are compressed together: a passage takes 37 microseconds to read, 35 of 1,024 and 43 of 4,096, which
# make a library of RFCs larger by a twentieth and smaller by a thirtieth.
_TILE = 2_048
_LEVEL = 3  # of zlib: 1 takes a tenth less time and 3 % more bytes, 6 a quarter more and 4 % fewer
_MOST = 1 << 28  # bytes of a head or a tile: more are made to fill memory
_COUNTS = struct.Struct("<II")
_OF_TILE, _OF_NEXT, _OF_PASSAGE = map(struct.Struct, ("<4I", "<5I", "<3I"))  # of a tile, and where the next begins
_UTF8 = ("utf-8", "surrogatepass")  # a broken source may hold half a surrogate pair
# Tiles of a document that are kept when they have been read, at some 2 kB each. Of those that an answer reads in long
# documents (RFCs) one in twelve is read again where 8 are kept, one in five hundred where 24 are.
_READ = 24
# What reading other bytes than were stored may raise.
DAMAGED = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError, struct.error, zlib.error)

_Placed = tuple[int, int, int]  # the ordinal of a passage, where it starts and where it ends


class _Read(NamedTuple):
    """A tile as it is read."""

    first: int  # the passage that its rows begin with
    rows: bytes  # of passages, as JSON: id, page, kind, heading, section, columns
    text: str
    begins: int  # where its first run begins in the source
    steps: bytes  # its runs, as `narrow` makes them of numbers


def stored(document: Document, passages: Sequence[Passage]) -> bytes:
    """A document and its passages, by ordinal, as bytes."""
    cut = tiles(document.text, _TILE) or [Tile("", 0, np.empty(0, np.int64))]
    rows: list[list[list[Any]]] = [[] for _ in cut]
    for p in passages:
        row = [p.id, p.page, p.kind, p.heading, p.section, p.columns]
        rows[min(p.span.start // _TILE, len(cut) - 1)].append(row)
    texts = [tile.text.encode(*_UTF8) for tile in cut]
    packed = [_packed(row, text + narrow(tile.steps)) for row, text, tile in zip(rows, texts, cut, strict=True)]
    counts, head = _COUNTS.pack(len(cut), len(passages)), _packed_head(document)
    of_passages = b"".join(_OF_PASSAGE.pack(p.ordinal, p.span.start, p.span.end) for p in passages)
    before = len(counts) + (len(cut) + 1) * _OF_TILE.size + len(of_passages) + len(head)
    of_tiles = zip(
        accumulate(map(len, packed), initial=before),
        [*map(len, texts), 0],
        [*(tile.begins for tile in cut), 0],
        accumulate(map(len, rows), initial=0),
        strict=True,
    )
    return b"".join([counts, *starmap(_OF_TILE.pack, of_tiles), of_passages, head, *packed])


class StoredDocument:
    """A document and its passages, as stored; where the bytes are not what was stored, one of `DAMAGED` is raised."""

    def __init__(self, document_id: str, payload: bytes | memoryview) -> None:
        self._id = document_id
        self._content = memoryview(payload)
        self._tiles, self._passages = _COUNTS.unpack_from(self._content)
        self._numbers = _COUNTS.size + _OF_TILE.size * (self._tiles + 1)  # where those of passages begin
        end, *_ = _OF_TILE.unpack_from(self._content, self._numbers - _OF_TILE.size)
        if end != len(self._content):
            raise ValueError("a document is not as long as it should be")
        self._read: dict[int, _Read] = {}
        self._known: dict[int, Passage] = {}  # by ordinal

    def document(self) -> Document:
        """The document."""
        start = self._numbers + _OF_PASSAGE.size * self._passages
        end, *_ = _OF_TILE.unpack_from(self._content, _COUNTS.size)
        rows, numbers = _unpacked(self._content[start:end])
        source, (title, authors, date, url), kinds, pages = unspelled(rows)
        return Document(
            id=self._id,
            source=Source(*source),
            title=title,
            authors=tuple(authors),
            date=date,
            url=url,
            text=self._aligned(0, self._tiles),
            blocks=tuple(_blocks(kinds, numbers_of(numbers).reshape(4, -1))),
            pages=tuple(Span(start, end) for start, end in pages),
        )

    def passages(self) -> list[Passage]:
        """The passages, in text order."""
        text = self._text(0, self._tiles)
        return [self._passage(at, self._placed(at), text, 0) for at in range(self._passages)]

    def passage(self, ordinal: int) -> Passage:
        """The passage of an ordinal, kept for a while: those that are shown were judged before."""
        passage = self._known.get(ordinal)  # asked once, as a tile is
        if passage is None:
            if len(self._known) >= _READ:
                self._known.clear()
            passage = self._known[ordinal] = self._read_passage(ordinal)
        return passage

    def passage_id(self, ordinal: int) -> str:
        """The id of the passage of an ordinal."""
        at, (_, start, _) = self._place(ordinal)
        return str(self._row(at, start)[0])

    def excerpt(self, ordinal: int) -> Excerpt:
        """The passage of an ordinal with what stands around it."""
        passage = self.passage(ordinal)
        first = max(0, passage.span.start - CONTEXT) // _TILE
        text = self._aligned(first, -(-(passage.span.end + CONTEXT) // _TILE))
        return Excerpt(passage, first * _TILE, text)

    def _place(self, ordinal: int) -> tuple[int, _Placed]:
        """The place of a passage among all, and what is told there: that of its ordinal, unless some were left out."""
        if 0 <= ordinal < self._passages and (placed := self._placed(ordinal))[0] == ordinal:
            return ordinal, placed
        at = bisect_left(range(self._passages), (ordinal, 0, 0), key=self._placed)
        if at < self._passages and (placed := self._placed(at))[0] == ordinal:
            return at, placed
        raise ValueError(f"there is no passage {ordinal} of {self._id}")

    def _placed(self, at: int) -> _Placed:
        """The ordinal of a passage, where it starts and where it ends."""
        return _OF_PASSAGE.unpack_from(self._content, self._numbers + at * _OF_PASSAGE.size)

    def _row(self, at: int, start: int) -> list[Any]:
        """What else there is of a passage, which starts there."""
        tile = self._tile(min(start // _TILE, self._tiles - 1))
        row: list[Any] = unspelled(tile.rows)[at - tile.first]
        return row

    def _read_passage(self, ordinal: int) -> Passage:
        at, placed = self._place(ordinal)
        _, start, end = placed
        first = start // _TILE
        return self._passage(at, placed, self._text(first, -(-end // _TILE)), first * _TILE)

    def _passage(self, at: int, placed: _Placed, text: str, base: int) -> Passage:
        """The passage at a place of the document, whose text is known from `base` on."""
        ordinal, start, end = placed
        identity, page, kind, heading, section, columns = self._row(at, start)
        held = text[start - base : end - base]
        if len(held) != end - start:
            raise ValueError(f"passage {identity} does not lie in its document")
        span = Span(start, end)
        return Passage(identity, self._id, ordinal, kind, tuple(heading), held, span, page, section, columns=columns)

    def _text(self, first: int, last: int) -> str:
        """The text of the tiles from one up to another."""
        return "".join([self._tile(at).text for at in range(first, min(last, self._tiles))])

    def _aligned(self, first: int, last: int) -> AlignedText:
        """The same with where it comes from."""
        held = map(self._tile, range(first, min(last, self._tiles)))
        return joined([Tile(tile.text, tile.begins, numbers_of(tile.steps)) for tile in held])

    def _tile(self, at: int) -> _Read:
        """A tile, kept for a while."""
        tile = self._read.get(at)  # asked once: another thread may clear the dictionary meanwhile
        if tile is None:
            if len(self._read) >= _READ:
                self._read.clear()
            tile = self._read[at] = self._read_tile(at)
        return tile

    def _read_tile(self, at: int) -> _Read:
        place = _COUNTS.size + at * _OF_TILE.size
        start, size, begins, first, end = _OF_NEXT.unpack_from(self._content, place)
        rows, content = _unpacked(self._content[start:end])
        return _Read(first, rows, content[:size].decode(*_UTF8), begins, content[size:])


def _packed_head(document: Document) -> bytes:
    d, source = document, document.source
    kinds = {kind: at for at, kind in enumerate(dict.fromkeys(block.kind for block in d.blocks))}
    rows = ((block.span.start, block.span.end, kinds[block.kind], block.level) for block in d.blocks)
    numbers = np.fromiter(chain.from_iterable(rows), np.int64, 4 * len(d.blocks))
    starts, ends, places, levels = numbers.reshape(-1, 4).T
    gaps = starts - np.concatenate(([0], ends[:-1]))
    row = [
        [source.path, source.sha256, source.part, source.format],
        [d.title, list(d.authors), d.date, d.url],
        list(kinds),
        [[page.start, page.end] for page in d.pages],
    ]
    return _packed(row, narrow(np.concatenate([gaps, ends - starts, places, levels])))


def _blocks(kinds: list[str], numbers: Array) -> Iterator[Block]:
    """The blocks by their numbers: how far each is behind the one before, its characters, place of its kind, level."""
    end = 0
    for gap, size, kind, level in numbers.T.tolist():
        start = end + gap
        end = start + size
        yield Block(Span(start, end), kinds[kind], level)


def _packed(rows: Sequence[Any], content: bytes) -> bytes:
    """Rows as JSON, and what is none behind them, compressed; the text as JSON took a third longer to read."""
    return zlib.compress(b"".join([spelled(rows), b"\n", content]), _LEVEL)


def _unpacked(packed: memoryview) -> list[bytes]:
    """The rows as JSON, and what stands behind them."""
    stream = zlib.decompressobj()
    held = stream.decompress(packed, _MOST)
    if not stream.eof:
        raise ValueError("a part of a document is cut short, or larger than any")
    return held.split(b"\n", 1)
