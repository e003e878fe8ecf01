from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import array_file
from indexer.engines.array_file import ALIGNED, MAGIC, ArrayFile, ArrayFileWriter, BrokenArrayFileError
from tests.engines.arrays import Kept, written

ARRAYS = st.dictionaries(
    st.text(max_size=5),
    st.tuples(st.sampled_from(["uint8", "uint16", "uint32", "uint64"]), st.lists(st.integers(0, 255), max_size=9)),
    max_size=4,
)


@given(ARRAYS)
def test_arrays_come_back_as_they_were(arrays: dict[str, tuple[str, list[int]]]) -> None:
    content = written(lambda writer: [writer.append(name, np.array(*held[::-1])) for name, held in arrays.items()])
    file = ArrayFile(memoryview(content))
    assert file.names() == list(arrays)
    for name, (kind, numbers) in arrays.items():
        found = file.array(name)
        assert (found.dtype.name, found.tolist()) == (kind, numbers)
        assert (
            found.__array_interface__["data"][0] - file.array(next(iter(arrays))).__array_interface__["data"][0]
        ) % ALIGNED == 0


def test_an_array_grows_part_by_part_and_keeps_its_first_type() -> None:
    writer, file = ArrayFileWriter(), Kept()
    for part in (np.array([1, 2], np.uint16), np.array([3], np.uint64)):
        writer.append("a", part)
    assert (writer.length("a"), writer.length("b")) == (3, 0)
    writer.write(file)
    assert ArrayFile(memoryview(file.content)).array("a").tolist() == [1, 2, 3]


def test_what_is_not_there_is_empty() -> None:
    assert len(ArrayFile(memoryview(written(lambda _: None))).array("a")) == 0


@given(st.data())
def test_any_changed_byte_of_a_small_file_is_told(data: st.DataObject) -> None:
    content = bytearray(written(lambda writer: writer.append("a", np.arange(9, dtype=np.uint32))))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(BrokenArrayFileError):
        assert ArrayFile(memoryview(bytes(content))).array("a").tolist() == list(range(9))  # between the arrays


@pytest.mark.parametrize("content", [b"", MAGIC, MAGIC[:-1] + b"\x02" + bytes(90), bytes(99)])
def test_what_is_no_file_of_arrays_is_told(content: bytes) -> None:
    with pytest.raises(BrokenArrayFileError):
        ArrayFile(memoryview(content))


def test_an_array_that_reaches_out_of_its_file_is_told() -> None:
    content = written(lambda writer: writer.append("a", np.arange(300_000, dtype=np.uint64)))
    with pytest.raises(BrokenArrayFileError, match="reaches out"):
        ArrayFile(memoryview(content[:-100])).array("a")


@pytest.mark.parametrize("most", [0, 1, 7, 8, 1_000])
def test_a_large_array_goes_on_in_a_file(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(array_file, "_IN_MEMORY", most)
    parts = [np.arange(4 * at, 4 * at + 4, dtype=np.uint8) for at in range(5)]
    content = written(lambda writer: [writer.append("a", part) for part in parts])
    assert ArrayFile(memoryview(content)).array("a").tolist() == list(range(20))
