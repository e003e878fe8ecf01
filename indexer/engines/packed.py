"""Lists of numbers in as few bytes as a single array operation can unpack.

The numbers of a list take one, two or four bytes each, whichever makes the list smallest; a list of ones takes none.
The largest number of one and of two bytes says that the number itself stands aside, in `wide`: one long gap among many
short ones does not make all of them long. (Bit-packing in blocks would save another tenth, and take a loop a block.)

Over 100,000 passages of technical prose a gap between documents takes 1.2 bytes, a frequency .6, a position 1.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from indexer.arrays import plain
from indexer.engines.array_file import Array, ArrayFile, ArrayFileWriter, BrokenArrayFileError
from indexer.native import KERNEL

WIDTHS = (1, 2, 4)  # bytes; 0 for a list of ones
_ASIDE = 8  # bytes of a number that stands aside


class Class(NamedTuple):
    """All numbers of one width, of one list after another."""

    numbers: Array
    wide_at: Array  # places in `numbers` whose numbers stand aside, in order
    wide: Array


class Place(NamedTuple):
    """Where a list stands, as the kernels take it."""

    width: int
    numbers: Array
    wide_at: Array
    wide: Array
    start: int
    size: int


class Packed:
    """Packed lists, read: `array` gives the arrays of a file by name."""

    def __init__(self, array: Callable[[str], Array], counts: Array) -> None:
        self.counts = counts  # numbers in each list
        self.widths = array("widths")
        if len(self.widths) != len(counts) or (len(counts) and int(self.widths.max()) not in (0, *WIDTHS)):
            raise BrokenArrayFileError("lists are packed in no known way")
        self.classes = {width: Class(*(array(f"{width}/{part}") for part in Class._fields)) for width in WIDTHS}
        self.starts = self._starts()
        self._places = plain(self.widths), plain(self.starts), plain(counts)

    def list(self, at: int) -> Array:
        """The numbers of a list."""
        return unpacked(self.place(at))

    def place(self, at: int) -> Place:
        """Where the numbers of a list stand."""
        widths, starts, counts = self._places
        width = widths[at]
        return Place(width, *self.classes[width or 1], starts[at], counts[at])

    def lists(self, first: int, last: int) -> Array:
        """The numbers of the lists from `first` up to `last`, one list after another."""
        widths, counts = self.widths[first:last], self.counts[first:last]
        numbers = np.ones(int(counts.sum(dtype=np.int64)), np.uint32)
        for width, held in self.classes.items():
            chosen = np.flatnonzero(widths == width)
            if len(chosen):
                start = int(self.starts[first + chosen[0]])
                end = int(self.starts[first + chosen[-1]]) + int(counts[chosen[-1]])
                numbers[np.repeat(widths == width, counts)] = _unpacked(held, start, end)
        return numbers

    def _starts(self) -> Array:
        """For each list, where it begins among the numbers of its width."""
        starts = np.zeros(len(self.counts), np.int64)
        for width, held in self.classes.items():
            chosen = self.widths == width
            counts = self.counts[chosen].astype(np.int64)
            ends = np.cumsum(counts)
            starts[chosen] = ends - counts
            if len(held.numbers) != (int(ends[-1]) if len(ends) else 0) or not _is_sound(held):
                raise BrokenArrayFileError("packed lists are not as long as they should be")
        return starts


def write_packed(writer: ArrayFileWriter, name: str, numbers: Array, counts: Array, *, are_docs: bool = False) -> None:
    """Add lists to packed lists in a file being written: their numbers one after another, and how many each has.

    Of lists of documents, which ascend, what is packed is how far each is from the one before, the first from -1.
    """
    widths, *classes = _packed_in_c(numbers, counts, are_docs) if KERNEL else _packed(numbers, counts, are_docs)
    writer.append(f"{name}/widths", widths)
    for width, held in zip(WIDTHS, classes, strict=True):
        before = writer.length(f"{name}/{width}/numbers")
        if before + len(held.numbers) >= 1 << 32:
            raise OverflowError("a segment cannot hold so many numbers of one kind")
        held = held._replace(wide_at=(held.wide_at + np.uint32(before)).astype(np.uint32))
        for part, added in held._asdict().items():
            writer.append(f"{name}/{width}/{part}", added)


def _packed_in_c(numbers: Array, counts: Array, are_docs: bool) -> tuple[Any, ...]:
    """What `_packed` says, in a fifth of the time."""
    given = (np.ascontiguousarray(one, np.uint32) for one in (numbers, counts))
    widths, *classes = KERNEL.pack(*given, are_docs)
    return np.frombuffer(widths, np.uint8), *(
        Class(np.frombuffer(held, f"u{width}"), np.frombuffer(wide_at, np.uint32), np.frombuffer(wide, np.uint32))
        for width, (held, wide_at, wide) in zip(WIDTHS, classes, strict=True)
    )


def _packed(numbers: Array, counts: Array, are_docs: bool) -> tuple[Any, ...]:
    """The width of each list, and the numbers of each class of width."""
    if are_docs:
        numbers = _gaps(numbers, counts)
    widths = _widths(numbers, counts)
    each = np.repeat(widths, counts)
    return widths, *(_class(numbers[each == width], width) for width in WIDTHS)


def _gaps(docs: Array, counts: Array) -> Array:
    """From each document to the next, from 1; of the first of a list from -1."""
    gaps = np.diff(docs.astype(np.int64), prepend=-1)
    firsts = (np.cumsum(counts, dtype=np.int64) - counts)[counts > 0]
    gaps[firsts] = docs[firsts].astype(np.int64) + 1
    return gaps


def _class(numbers: Array, width: int) -> Class:
    kind = np.dtype(f"uint{8 * width}")
    most = np.iinfo(kind).max
    wide = np.flatnonzero(numbers >= most) if width < WIDTHS[-1] else np.empty(0, np.int64)
    return Class(np.minimum(numbers, most).astype(kind), wide.astype(np.uint32), numbers[wide].astype(np.uint32))


def _widths(numbers: Array, counts: Array) -> Array:
    """For each list the width that makes it smallest."""
    edges = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
    sizes = []
    for width in WIDTHS[:-1]:
        aside = np.concatenate(([0], np.cumsum(numbers >= (1 << 8 * width) - 1, dtype=np.int64)))
        sizes.append(width * counts.astype(np.int64) + _ASIDE * (aside[edges[1:]] - aside[edges[:-1]]))
    sizes.append(WIDTHS[-1] * counts.astype(np.int64))
    widths: Array = np.array(WIDTHS, np.uint8)[np.argmin(sizes, axis=0)]
    others = np.concatenate(([0], np.cumsum(numbers != 1, dtype=np.int64)))
    widths[others[edges[1:]] == others[edges[:-1]]] = 0
    return widths


def unpacked(place: Place, kind: type[np.number[Any]] = np.uint32) -> Array:
    """The numbers of a list, in an array of its own."""
    if place.width == 0:
        return np.ones(place.size, kind)
    return _unpacked(Class(*place[1:4]), place.start, place.start + place.size, kind)


def summed(place: Place, before: int = 0) -> Array:
    """For each number of a list the sum of those up to it and of `before`, in place: that takes a third of the time."""
    numbers = unpacked(place, np.int64)
    numbers[:1] += before
    return np.cumsum(numbers, out=numbers)


def gathered(place: Place, at: Array) -> Array:
    """The numbers at some places of a list."""
    if place.width == 0:
        return np.ones(len(at), np.uint32)
    places = place.start + at
    numbers: Array = place.numbers[places].astype(np.uint32)
    if len(place.wide_at):
        aside = np.minimum(_before(place.wide_at, places), len(place.wide_at) - 1)
        is_aside = place.wide_at[aside] == places
        numbers[is_aside] = place.wide[aside[is_aside]]
    return numbers


def _unpacked(held: Class, start: int, end: int, kind: type[np.number[Any]] = np.uint32) -> Array:
    """The numbers of a class from `start` up to `end`."""
    numbers = held.numbers[start:end].astype(kind)
    if len(held.wide_at):
        first, last = _before(held.wide_at, [start, end])
        numbers[held.wide_at[first:last].astype(np.int64) - start] = held.wide[first:last]
    return numbers


def _before(wide_at: Array, places: Any) -> Array:
    """How many numbers that stand aside come before each place; numpy would copy all of them to compare other types."""
    return np.searchsorted(wide_at, np.asarray(places, wide_at.dtype))


def _is_sound(held: Class) -> bool:
    """True when the numbers that stand aside are those of places that there are."""
    if len(held.wide_at) != len(held.wide):
        return False
    return not len(held.wide_at) or (
        int(held.wide_at[-1]) < len(held.numbers) and bool((held.wide_at[1:] > held.wide_at[:-1]).all())
    )


def named(file: ArrayFile, prefix: str) -> Callable[[str], Array]:
    """The arrays of a file whose names begin with a prefix, by the rest of the name."""
    return lambda name: file.array(f"{prefix}/{name}")
