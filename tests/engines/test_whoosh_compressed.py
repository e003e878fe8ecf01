from __future__ import annotations

import io
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.structfile import StructFile

from indexer.engines import whoosh_compressed
from indexer.engines.whoosh_compressed import CompressedColumn
from indexer.engines.whoosh_storage import MappedFile


def compressed(values: dict[int, bytes], count: int, *before: tuple[Any, list[int]]) -> Any:
    """A reader of a column, after what is taken over from others."""
    content, at = io.BytesIO(), 0
    writer = CompressedColumn().writer(StructFile(content))
    for reader, docnums in before:
        writer.take_over(at, reader, np.array(docnums, np.int64))
        at += len(docnums)
    for docnum, value in sorted(values.items()):
        writer.add(at + docnum, [value])
    writer.finish(at + count)
    return CompressedColumn().reader(MappedFile(memoryview(content.getvalue())), 0, len(content.getvalue()), at + count)


VALUES = st.dictionaries(st.integers(0, 9), st.binary(max_size=9) | st.just(b"the same words again and again " * 9))


BLOCKS = st.sampled_from([0, 12, 300, 3_000])  # bytes


@given(VALUES, st.sampled_from([1, 100, 1 << 20]), st.sampled_from([0, 4, 16 << 10]), BLOCKS)
def test_a_compressed_column_comes_back_with_its_gaps(
    values: dict[int, bytes], sample: int, size: int, block: int
) -> None:
    with patch.multiple(whoosh_compressed, _SAMPLE=sample, _DICTIONARY=size or 1, _BLOCK=block):
        reader = compressed(values, 10)
    expected = [values.get(docnum, b"") for docnum in range(10)]
    assert list(reader) == expected
    assert reader.some(np.arange(10)[::-1]) == expected[::-1]


@given(VALUES, VALUES, VALUES, st.sets(st.integers(0, 9)), st.sampled_from([4, 16 << 10]), BLOCKS)
def test_what_others_have_compressed_is_taken_over(
    one: dict[int, bytes], two: dict[int, bytes], three: dict[int, bytes], gone: set[int], size: int, block: int
) -> None:
    kept = [docnum for docnum in range(10) if docnum not in gone]
    with patch.multiple(whoosh_compressed, _DICTIONARY=size, _BLOCK=block):
        first = compressed(one, 10)
        second = compressed(two, 10, (first, kept))
        every = list(range(len(kept) + 10))
        found = list(compressed(three, 10, (second, every), (first, kept)))
    left = [one.get(docnum, b"") for docnum in kept]
    assert found == left + [two.get(n, b"") for n in range(10)] + left + [three.get(n, b"") for n in range(10)]


def test_values_that_are_alike_take_less_space() -> None:
    texts = [f"Passage {n} says of the spine what {n * 7 % 1000} says of the lung.".encode() for n in range(5_000)]
    reader = compressed(dict(enumerate(texts)), len(texts))
    assert list(reader) == texts
    blocks = range(len(reader.edges) - 1)
    assert sum(len(reader.packed(block)) for block in blocks) < 0.2 * sum(map(len, texts))


def test_a_long_value_is_a_block_by_itself() -> None:
    long = b"a whole document " * 1_000
    reader = compressed({0: long, 1: b"one", 2: b"two", 4: b"behind a gap", 5: long}, 6)
    assert reader.edges.tolist() == [0, 1, 4, 5, 6]
    assert list(reader) == [long, b"one", b"two", b"", b"behind a gap", long]


def test_blocks_are_taken_over_as_they_are_unless_documents_are_gone() -> None:
    texts = [b"%d and what each passage says" % at * 40 for at in range(9)]  # three to a block
    first = compressed(dict(enumerate(texts)), 9)
    second = compressed({}, 0, (first, [0, 1, 2, 4, 5]))
    assert [second.packed(0) == first.packed(0), second.packed(1) == first.packed(1)] == [True, False]
    assert list(second) == [*texts[:3], *texts[4:6]]


def test_a_column_that_is_cut_short_is_told() -> None:
    whole = io.BytesIO()
    writer = CompressedColumn().writer(StructFile(whole))
    writer.add(0, [b"value"])
    writer.finish(1)
    content = whole.getvalue()[-12:]
    with pytest.raises(ValueError, match="cut short"):
        list(CompressedColumn().reader(MappedFile(memoryview(content)), 0, len(content), 1))
