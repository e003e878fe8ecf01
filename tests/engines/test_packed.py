from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import packed as packing
from indexer.engines.array_file import ArrayFile, ArrayFileWriter, BrokenArrayFileError
from indexer.engines.packed import Packed, named, unpacked, write_packed
from indexer.native import KERNEL
from tests.engines.arrays import written

NUMBERS = st.one_of(st.integers(0, 2), st.integers(250, 260), st.integers(65_530, 65_540), st.integers(0, 2**32 - 1))
LISTS = st.lists(st.lists(NUMBERS, min_size=1, max_size=40), max_size=8)


def packed(*parts: list[list[int]]) -> Packed:
    """The lists, written in so many parts."""

    def write(writer: ArrayFileWriter) -> None:
        for part in parts:
            counts = np.array([len(one) for one in part], np.int64)
            write_packed(writer, "x", np.array([number for one in part for number in one], np.int64), counts)

    counts = np.array([len(one) for part in parts for one in part], np.uint32)
    return Packed(named(ArrayFile(memoryview(written(write))), "x"), counts)


@given(LISTS, LISTS)
def test_lists_come_back_as_they_were(lists: list[list[int]], more: list[list[int]]) -> None:
    found = packed(lists, more)
    whole = [*lists, *more]
    assert [found.list(at).tolist() for at in range(len(whole))] == whole
    assert [unpacked(found.place(at)).tolist() for at in range(len(whole))] == whole


@pytest.mark.skipif(not KERNEL, reason="the C kernel is not built")
@given(LISTS, st.booleans())
def test_both_kernels_pack_alike(lists: list[list[int]], are_docs: bool) -> None:
    if are_docs:
        lists = [sorted({*one} - {2**32 - 1}) for one in lists]  # documents are numbered from 0 and counted in 32 bits
    counts = np.array([len(one) for one in lists], np.int64)
    whole = np.array([number for one in lists for number in one], np.uint32)
    widths, *classes = packing._packed_in_c(whole, counts, are_docs)
    others, *expected = packing._packed(whole, counts, are_docs)
    assert widths.tolist() == others.tolist()
    for ours, theirs in zip(classes, expected, strict=True):
        assert [part.tolist() for part in ours] == [part.tolist() for part in theirs]
        assert [part.dtype for part in ours] == [part.dtype for part in theirs]


@given(LISTS, st.data())
def test_neighbouring_lists_come_back_at_once(lists: list[list[int]], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(lists)))
    last = data.draw(st.integers(first, len(lists)))
    expected = [number for one in lists[first:last] for number in one]
    assert packed(lists).lists(first, last).tolist() == expected


@pytest.mark.parametrize(
    ("numbers", "width"),
    [
        ([1] * 9, 0),
        ([2], 1),
        ([254] * 9, 1),
        ([300] * 9, 2),
        ([1, 2] * 50 + [70_000], 1),
        ([300] * 50 + [70_000], 2),
        ([70_000] * 9, 4),
    ],
)
def test_a_list_takes_the_width_that_makes_it_smallest(numbers: list[int], width: int) -> None:
    assert packed([numbers]).widths.tolist() == [width]


def test_lists_that_are_not_as_long_as_they_should_be_are_told() -> None:
    file = ArrayFile(memoryview(written(lambda writer: write_packed(writer, "x", np.array([5, 6]), np.array([2])))))
    for counts in ([1], [3], [1, 1]):
        with pytest.raises(BrokenArrayFileError):
            Packed(named(file, "x"), np.array(counts, np.uint32))
