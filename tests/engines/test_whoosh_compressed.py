from __future__ import annotations

import io
from typing import Any
from unittest.mock import patch

import numpy as np
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
        writer.add(at + docnum, value)
    writer.finish(at + count)
    return CompressedColumn().reader(MappedFile(memoryview(content.getvalue())), 0, len(content.getvalue()), at + count)


VALUES = st.dictionaries(st.integers(0, 9), st.binary(max_size=9) | st.just(b"the same words again and again " * 9))


@given(VALUES, st.sampled_from([1, 100, 1 << 20]), st.sampled_from([0, 4, 16 << 10]))
def test_a_compressed_column_comes_back_with_its_gaps(values: dict[int, bytes], sample: int, size: int) -> None:
    with patch.object(whoosh_compressed, "_SAMPLE", sample), patch.object(whoosh_compressed, "_DICTIONARY", size or 1):
        assert list(compressed(values, 10)) == [values.get(docnum, b"") for docnum in range(10)]


@given(VALUES, VALUES, VALUES, st.sets(st.integers(0, 9)), st.sampled_from([4, 16 << 10]))
def test_what_others_have_compressed_is_taken_over(
    one: dict[int, bytes], two: dict[int, bytes], three: dict[int, bytes], gone: set[int], size: int
) -> None:
    kept = [docnum for docnum in range(10) if docnum not in gone]
    with patch.object(whoosh_compressed, "_DICTIONARY", size):
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
    assert sum(len(reader.packed(at)) for at in range(len(texts))) < 0.5 * sum(map(len, texts))
