"""How a passage is laid out: which of its words are stop words, where its sentences begin, what stands under a cue.

A hundred passages are ranked for a search and ten are shown: what ranking needs to know of their texts is worked out
when they are indexed and stands, in tens of bytes, beside what is shown. Reading the texts instead took .3 ms each.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array, members
from indexer.native import KERNEL
from indexer.negation import FLAGS
from indexer.records import Passage
from indexer.tokens import Words
from indexer.units import Units, units

REFERENCES = 1  # a flag: the passage is part of a list of references
ROWS = 2  # a flag: the passage is rows of a table whose columns have heads
_HEAD = struct.Struct("<HHHHII")  # words, units, flags, stretches under a cue, span in the document
_MOST = 0xFFFF  # words and characters that are told apart; a passage beyond is no passage of a reader's
_COLUMNS = 4  # of the units: first word, where it begins and ends, how many it takes
_UNIT = 2 * _COLUMNS  # bytes of each
_ROWS = 7  # of what is read of a passage: starts, ends, flags, words, units, bases, cues
_UNITS = 5_000  # sentences that are told apart
_STRETCHES = 5_000  # that stand under a cue
_BITS = 32  # of a position, where it stands in one number with its passage
_LONGEST = 0x3FFF  # words of such a stretch, in fourteen bits beside the two of the flag


class Layouts(NamedTuple):
    """The layouts of some passages."""

    starts: Array  # of each in its document
    ends: Array
    flags: Array
    words: Array  # in each
    units: Array  # in each
    firsts: Array  # of each unit of one passage after another: the position of its first word
    chars: Array  # of the same: where it begins in the text
    stops: Array  # and where it ends
    takes: Array  # how many units it takes, itself and, of a list's lead-in, the items
    bits: Array  # before each word of one passage after another: how many words that are no stop words there are
    bases: Array  # of each passage: where it begins in `bits`
    cues: Array  # of each passage: how many stretches stand under a cue
    stretches: Array  # of one passage after another a row for each: its first position, its size and flag in one number

    def steps(self, which: Array, positions: Array) -> Array:
        """How many words that are no stop words stand before some positions of some passages.

        Distances are counted in them, so that "metastasis of the spine" has "metastasis spine" side by side. That puts
        the right passage first for .630 instead of .626 and .877 instead of .874 of the questions of two sets.
        """
        base = self.bases.take(which)
        ends = base + np.minimum(positions, self.words.take(which))
        return np.subtract(self.bits.take(ends), self.bits.take(base), dtype=np.int64)

    def cued(self, which: Array, positions: Array) -> Array:
        """Whether some positions of some passages stand under a cue."""
        if not len(self.stretches):
            return np.zeros(len(which), bool)
        firsts, sizes = self.stretches.T
        begins = (np.arange(len(self.cues)).repeat(self.cues) << _BITS) + firsts
        places = (which << _BITS) + positions
        order = begins.argsort()  # no word is in two stretches
        at = order.take(begins.take(order).searchsorted(places, side="right") - 1)
        return np.asarray((begins.take(at) <= places) & (places < (begins + (sizes >> 2)).take(at)))

    def flags_of(self, which: Array) -> list[dict[int, str]]:
        """Of each of some passages, position -> the flag that its word stands under, for words that stand under one."""
        if KERNEL:  # in a quarter of the time
            told: list[dict[int, str]] = KERNEL.flags(self.cues, self.stretches, np.ascontiguousarray(which), FLAGS)
            return told
        ends = self.cues.cumsum().take(which)
        edges = zip((ends - self.cues.take(which)).tolist(), ends.tolist(), strict=True)
        return [_flags(self.stretches[start:end].tolist()) for start, end in edges]


def layouts(passages: Sequence[Passage], words: Words) -> list[bytes]:
    """The layouts of passages, the words of whose texts are known."""
    held = units([passage.text for passage in passages], [passage.begins[:_UNITS] for passage in passages])
    numbers = [column.tobytes() for column in _numbered(held, words)]
    counts = np.minimum(np.diff(words.edges), _MOST - 8)
    rows = zip(counts.tolist(), _bitmaps(words), pairwise(held.edges.tolist()), _stretches(words), strict=True)
    return [_layout(passage, numbers, *row) for passage, row in zip(passages, rows, strict=True)]


def _numbered(held: Units, words: Words) -> Array:
    """Of each unit, as a column: its first word, where it begins and ends in its text, how many it takes."""
    sizes = np.diff(held.edges)
    bases = np.repeat(held.bases, sizes)
    firsts = np.searchsorted(words.starts, held.starts) - np.repeat(words.edges[:-1], sizes)
    return np.minimum([firsts, held.starts - bases, held.ends - bases, held.takes], _MOST).astype("<u2")


def _bitmaps(words: Words) -> Iterator[bytes]:
    """For each text a bit for each word, set where it is no stop word; all at once take a third of the time."""
    sizes = np.diff(words.edges)
    ends = np.cumsum((sizes + 7) // 8)
    bits = np.zeros(8 * int(ends[-1]) if len(ends) else 0, np.uint8)
    bits[members(8 * (ends - (sizes + 7) // 8), sizes)] = words.counted
    packed = np.packbits(bits, bitorder="little").tobytes()
    return (packed[first:last] for first, last in pairwise([0, *ends.tolist()]))


def _layout(
    passage: Passage, numbers: Sequence[bytes], count: int, bitmap: bytes, edges: tuple[int, int], under: list[int]
) -> bytes:
    """The layout of a passage of so many words; `under` is what stands under cues, two numbers a stretch."""
    first, last = edges
    under = under[: 2 * _STRETCHES]
    flags = (REFERENCES if passage.section == "references" else 0) | (ROWS if passage.columns else 0)
    span = passage.span
    head = _HEAD.pack(count, last - first, flags, len(under) // 2, span.start, span.end)
    told = [column[2 * first : 2 * last] for column in numbers]
    return b"".join([head, *told, struct.pack(f"<{len(under)}H", *under), bitmap[: (count + 7) // 8]])


def _stretches(words: Words) -> list[list[int]]:
    """For each text the first position of each run of words under one cue, and how many with the number of the flag."""
    found: list[list[int]] = [[] for _ in words.edges[1:]]
    for number in range(len(FLAGS)):
        at = np.flatnonzero(words.under == number)
        which = np.searchsorted(words.edges, at, side="right") - 1
        held = at - words.edges[which] <= _MOST
        at, which = at[held], which[held]
        places = at - words.edges[which]
        firsts = np.flatnonzero(np.diff(at + which, prepend=-2) != 1)  # what stands in two texts does not touch
        sizes = np.minimum(np.diff(firsts, append=len(places)), _LONGEST) << 2 | number
        for text, place, size in zip(which[firsts].tolist(), places[firsts].tolist(), sizes.tolist(), strict=True):
            found[text] += place, size
    return found


def _flags(stretches: list[list[int]]) -> dict[int, str]:
    return {first + step: FLAGS[size & 3] for first, size in stretches for step in range(size >> 2)}


def read_layouts(content: memoryview | bytes, starts: Array, ends: Array) -> Layouts:
    """Layouts, read at once where they stand in a content; ValueError when one is none."""
    rows, units, bits, stretches = (_read_in_c if KERNEL else _read)(content, starts, ends)
    begins, behind, flags, words, counts, bases, cues = rows
    firsts, chars, stops, takes = units
    return Layouts(
        starts=begins,
        ends=behind,
        flags=flags,
        words=words,
        units=counts,
        firsts=firsts,
        chars=chars,
        stops=stops,
        takes=takes,
        bits=bits,
        bases=bases,
        cues=cues,
        stretches=stretches,
    )


def _read_in_c(content: memoryview | bytes, starts: Array, ends: Array) -> tuple[Array, ...]:
    """What `_read` says; a hundred layouts take a twelfth of the time."""
    rows, units, bits, stretches = KERNEL.layouts(content, starts, ends, len(FLAGS))
    return (
        np.frombuffer(rows, np.int64).reshape(_ROWS, -1),
        np.frombuffer(units, np.int64).reshape(_COLUMNS, -1),
        np.frombuffer(bits, np.int32),
        np.frombuffer(stretches, np.int64).reshape(-1, 2),
    )


def _read(content: memoryview | bytes, starts: Array, ends: Array) -> tuple[Array, ...]:
    """Layouts as rows: of each passage, of each unit; then their bits and stretches."""
    held, lengths = np.frombuffer(content, np.uint8), ends - starts
    if len(lengths) and (int(lengths.min()) < _HEAD.size or int(starts.min()) < 0 or int(ends.max()) > len(held)):
        raise ValueError("a layout is cut short")
    head = held[starts[:, None] + np.arange(_HEAD.size)].view("<u2").reshape(-1, _HEAD.size // 2).astype(np.int64)
    words, counts, flags, cues, start_low, start_high, end_low, end_high = head.T
    bitmap = (words + 7) // 8
    numbers = _UNIT * counts + 4 * cues
    if (lengths != _HEAD.size + numbers + bitmap).any():
        raise ValueError("a layout is not as long as it should be")
    at = starts + _HEAD.size
    counted = np.unpackbits(held[members(at + numbers, bitmap)], bitorder="little")
    stretches = _numbers(held, at + _UNIT * counts, 2 * cues).reshape(-1, 2)
    if (stretches[:, 1] & 3 >= len(FLAGS)).any():
        raise ValueError("a layout has a flag that there is not")
    begins, stops = start_low + (start_high << 16), end_low + (end_high << 16)
    return (
        np.stack((begins, stops, flags, words, counts, 8 * (np.cumsum(bitmap) - bitmap), cues)),
        np.stack([_numbers(held, at + 2 * column * counts, counts) for column in range(_COLUMNS)]),
        np.concatenate(([0], np.cumsum(counted, dtype=np.int32)), dtype=np.int32),
        stretches,
    )


def _numbers(content: Array, at: Array, counts: Array) -> Array:
    """So many numbers of two bytes from each of some places on."""
    return content[members(at, 2 * counts)].view("<u2").astype(np.int64)
