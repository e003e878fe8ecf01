from __future__ import annotations

import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.structfile import StructFile

from indexer.engines.whoosh_columns import BytesColumn, NumberColumn
from indexer.engines.whoosh_storage import MappedFile


def stretches(values: dict[int, Any]) -> list[tuple[int, list[Any]]]:
    """The values of documents in a row together, with the number of the first."""
    found: list[tuple[int, list[Any]]] = []
    for docnum, value in sorted(values.items()):
        if docnum - 1 in values:
            found[-1][1].append(value)
        else:
            found.append((docnum, [value]))
    return found


@given(st.dictionaries(st.integers(0, 20), st.integers(-1, 2**31 - 1)))
def test_a_number_column_comes_back_with_its_gaps(values: dict[int, int]) -> None:
    content = io.BytesIO()
    writer = NumberColumn().writer(StructFile(content))
    for docnum, held in stretches(values):
        writer.add(docnum, held)
    writer.finish(21)
    reader = NumberColumn().reader(MappedFile(memoryview(content.getvalue())), 0, len(content.getvalue()), 21)
    assert list(reader) == list(reader.numbers) == [values.get(docnum, -1) for docnum in range(21)]


@given(st.dictionaries(st.integers(0, 20), st.binary(max_size=9)), st.binary(max_size=3))
def test_a_bytes_column_comes_back_with_its_gaps(values: dict[int, bytes], before: bytes) -> None:
    content = io.BytesIO()
    writer = BytesColumn().writer(StructFile(content))
    for docnum, held in stretches(values):
        writer.add(docnum, held)
    writer.finish(21)
    stored = MappedFile(memoryview(before + content.getvalue()))
    reader = BytesColumn().reader(stored, len(before), len(content.getvalue()), 21)
    assert list(reader) == [values.get(docnum, b"") for docnum in range(21)]
