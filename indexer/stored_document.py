"""What the library keeps of a document and its passages: records <-> bytes that are read in parts.

    counts    bytes of the head, number of blocks
    edges     of each block: the ordinal that its passages begin with, and where it ends among the blocks
    head      the document's names, blocks and pages
    blocks    a few tiles of the text, with where they come from, and the passages that begin there

A text is stored once, however many passages share it: a passage is a span, read with the one or two blocks that hold
it. The head and each block are a line of JSON, behind it a text and the numbers of which there are many, compressed by
themselves; never a pickle. The rows are lists in the order of the records' fields, so a change of a record is a change
of the library's format.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, groupby
from typing import Any, NamedTuple

import numpy as np

from indexer.aligned import AlignedText
from indexer.arrays import Array, narrow, numbers_of, parted, plain
from indexer.cite import CONTEXT
from indexer.records import Block, Document, Excerpt, Passage, Source, Span
from indexer.stored import spelled, unspelled
from indexer.tiles import Tile, joined, tiles

_TILE = 1_024  # characters: what is aligned at once of a text that is read
# Tiles that are compressed together. A block of 4 takes .55 of the size of its text, map and passages included, and 40
# microseconds to read, of 2 .62 and 28, of 8 .51 and 69; a passage stands in 1.2 blocks of 4, in 1.4 of 2.
_TILES = 4
_LEVEL = 3  # of zlib: 1 takes a tenth less time and 3 % more bytes, 6 a quarter more and 4 % fewer
_MOST = 1 << 28  # bytes of a head or a block: more are made to fill memory
_COUNTS = struct.Struct("<II")
_UTF8 = ("utf-8", "surrogatepass")  # a broken source may hold half a surrogate pair
# Blocks of a document that are kept when they have been read, at some 10 kB each. Of those that an answer reads in long
# documents (RFCs) one in ten is read again where 4 are kept, one in a hundred where 12 are.
_READ = 12
# What reading other bytes than were stored may raise.
DAMAGED = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError, struct.error, zlib.error)


class _Part(NamedTuple):
    """What a block holds."""

    text: str
    begins: list[int]  # of each tile: where its first run begins in the source
    counts: list[int]  # and how many of the steps are its own
    contexts: list[list[Any]]  # kind, heading, section and columns that passages have
    rows: list[list[Any]]  # of passages: ordinal, id, start, end, page, the place of their context
    steps: Array  # of the tiles

    def tiles(self, first: int = 0, last: int | None = None) -> list[Tile]:
        """Its tiles from one up to another; a passage is read without: that takes a fifth less time."""
        edges = [*accumulate(self.counts[:last], initial=0)]
        return [
            Tile(self.text[at * _TILE : (at + 1) * _TILE], self.begins[at], self.steps[edges[at] : edges[at + 1]])
            for at in range(first, len(edges) - 1)
        ]


def stored(document: Document, passages: Sequence[Passage]) -> bytes:
    """A document and its passages, by ordinal, as bytes."""
    parts = _parts(document.text, passages)
    head, *blocks = [_packed_head(document), *map(_packed_part, parts)]
    edges = [*_firsts(parts), *accumulate(map(len, blocks))]
    return b"".join([struct.pack(f"<{2 + len(edges)}I", len(head), len(blocks), *edges), head, *blocks])


class StoredDocument:
    """A document and its passages, as stored; where the bytes are not what was stored, one of `DAMAGED` is raised."""

    def __init__(self, document_id: str, payload: bytes | memoryview) -> None:
        content = memoryview(payload)
        size, count = _COUNTS.unpack_from(content)
        start = _COUNTS.size + 8 * count
        edges = plain(np.frombuffer(content, "<u4", 2 * count, _COUNTS.size).copy())  # which begin at any byte
        self._firsts, self._ends = edges[:count], edges[count:]
        if start + size + (self._ends[-1] if count else 0) != len(content):
            raise ValueError("a document is not as long as it should be")
        self._id = document_id
        self._head = content[start : start + size]
        self._blocks = content[start + size :]
        self._read: dict[int, _Part] = {}

    def document(self) -> Document:
        """The document."""
        (source, (title, authors, date, url), kinds, count, pages), content = _unpacked(self._head)
        return Document(
            id=self._id,
            source=Source(*source),
            title=title,
            authors=tuple(authors),
            date=date,
            url=url,
            text=joined(chain.from_iterable(part.tiles() for part in self._parts())),
            blocks=tuple(_blocks(kinds, numbers_of(content, 4 * count).reshape(4, -1))),
            pages=tuple(Span(start, end) for start, end in pages),
        )

    def passages(self) -> list[Passage]:
        """The passages, in text order."""
        parts = list(self._parts())
        text = "".join(part.text for part in parts)
        return [_passage(self._id, row, part.contexts, text, 0) for part in parts for row in part.rows]

    def passage(self, ordinal: int) -> Passage:
        """The passage of an ordinal."""
        at, row = self._row(ordinal)
        part, size = self._part(at), _TILE * _TILES
        others = [self._part(beyond).text for beyond in range(at + 1, min(-(-row[3] // size), len(self._ends)))]
        text = "".join([part.text, *others]) if others else part.text
        return _passage(self._id, row, part.contexts, text, at * size)

    def passage_id(self, ordinal: int) -> str:
        """The id of the passage of an ordinal."""
        return str(self._row(ordinal)[1][1])

    def excerpt(self, ordinal: int) -> Excerpt:
        """The passage of an ordinal with what stands around it."""
        at, row = self._row(ordinal)
        first = max(0, row[2] - CONTEXT) // _TILE
        text = joined(self._tiles(first, -(-(row[3] + CONTEXT) // _TILE)))
        start = first * _TILE
        return Excerpt(_passage(self._id, row, self._part(at).contexts, text.text, start), start, text)

    def _parts(self) -> Iterator[_Part]:
        return map(self._part, range(len(self._ends)))

    def _part(self, at: int) -> _Part:
        """What a block holds."""
        part = self._read.get(at)  # asked once: another thread may clear the dictionary meanwhile
        if part is None:
            if len(self._read) >= _READ:
                self._read.clear()
            start = self._ends[at - 1] if at else 0
            part = self._read[at] = _read_part(self._blocks[start : self._ends[at]])
        return part

    def _row(self, ordinal: int) -> tuple[int, list[Any]]:
        """The block that a passage begins in, by number, and what is stored of it."""
        block = bisect_right(self._firsts, ordinal) - 1
        rows = self._part(block).rows
        at = bisect_left(rows, [ordinal])
        if at == len(rows) or rows[at][0] != ordinal:
            raise ValueError(f"there is no passage {ordinal} of {self._id}")
        return block, rows[at]

    def _tiles(self, first: int, last: int) -> list[Tile]:
        """The tiles of the text from one up to another."""
        blocks = range(first // _TILES, min(-(-last // _TILES), len(self._ends)))
        return [tile for at in blocks for tile in self._part(at).tiles(max(0, first - at * _TILES), last - at * _TILES)]


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
        len(d.blocks),
        [[page.start, page.end] for page in d.pages],
    ]
    return _packed(row, np.concatenate([gaps, ends - starts, places, levels]))


def _blocks(kinds: list[str], numbers: Array) -> Iterator[Block]:
    """The blocks by their numbers: how far each is behind the one before, its characters, place of its kind, level."""
    end = 0
    for gap, size, kind, level in numbers.T.tolist():
        start = end + gap
        end = start + size
        yield Block(Span(start, end), kinds[kind], level)


def _packed_part(part: _Part) -> bytes:
    return _packed([part.begins, part.counts, part.contexts, part.rows], part.steps, part.text)


def _read_part(packed: memoryview) -> _Part:
    (begins, counts, contexts, rows), content = _unpacked(packed)
    text, steps = parted(content, sum(counts))
    return _Part(str(text, *_UTF8), begins, counts, contexts, rows, steps)


def _parts(text: AlignedText, passages: Sequence[Passage]) -> list[_Part]:
    """A document's text and passages, in parts; a passage stands in the part that it begins in."""
    cut = tiles(text, _TILE)
    parts = [_part(cut[at : at + _TILES]) for at in range(0, len(cut) or 1, _TILES)]
    last = len(parts) - 1
    for at, group in groupby(passages, lambda passage: min(passage.span.start // (_TILE * _TILES), last)):
        contexts: dict[tuple[Any, ...], int] = {}
        for p in group:
            place = contexts.setdefault((p.kind, p.heading, p.section, p.columns), len(contexts))
            parts[at].rows.append([p.ordinal, p.id, p.span.start, p.span.end, p.page, place])
        parts[at].contexts.extend(map(list, contexts))
    return parts


def _part(held: Sequence[Tile]) -> _Part:
    """A part without passages."""
    steps = np.concatenate([np.empty(0, np.int64), *(tile.steps for tile in held)])
    text = "".join(tile.text for tile in held)
    return _Part(text, [tile.begins for tile in held], [len(tile.steps) for tile in held], [], [], steps)


def _firsts(parts: Sequence[_Part]) -> list[int]:
    """Of each part an ordinal that its passages do not come before, and those of the parts before it do."""
    nexts = [0, *(1 + part.rows[-1][0] if part.rows else 0 for part in parts[:-1])]
    return list(accumulate(nexts, max))


def _passage(document_id: str, row: list[Any], contexts: list[list[Any]], text: str, at: int) -> Passage:
    """A passage of a row, and of a document's text from a place on."""
    ordinal, identity, start, end, page, place = row
    kind, heading, section, columns = contexts[place]
    held = text[start - at : end - at]
    if len(held) != end - start:
        raise ValueError(f"passage {identity} does not lie in its document")
    return Passage(
        identity, document_id, ordinal, kind, tuple(heading), held, Span(start, end), page, section, columns=columns
    )


def _packed(row: Sequence[Any], numbers: Array, text: str = "") -> bytes:
    """A row as JSON, a text and numbers behind it, compressed; the text as JSON took a third longer to read."""
    return zlib.compress(b"".join([spelled(row), b"\n", text.encode(*_UTF8), narrow(numbers)]), _LEVEL)


def _unpacked(packed: memoryview) -> tuple[Any, memoryview]:
    """The row, and the text with the numbers behind it."""
    stream = zlib.decompressobj()
    held = stream.decompress(packed, _MOST)
    if not stream.eof:
        raise ValueError("a part of a document is cut short, or larger than any")
    end = held.index(b"\n")
    return unspelled(held[:end]), memoryview(held)[end + 1 :]
