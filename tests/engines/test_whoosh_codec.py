from __future__ import annotations

import io
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.codec.whoosh3 import W3TermInfo
from whoosh.filedb.structfile import StructFile

from indexer.engines.whoosh_codec import BytesColumn, NumberColumn, Postings, PostingsWriter, TermsCodec, TermsField
from indexer.engines.whoosh_storage import MappedFile
from indexer.records import Span, Term

POSITIONS = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5)
LISTS = st.dictionaries(st.integers(0, 2**31), POSITIONS, min_size=1, max_size=6)


def written(lists: dict[int, list[int]]) -> Postings:
    """A posting list (document number -> positions) after it has been to a file and back."""
    content = io.BytesIO()
    writer = TermsCodec().postings_writer(StructFile(content))
    writer.start_postings(TermsField().format, W3TermInfo())
    for docnum, positions in sorted(lists.items()):
        writer.add_posting(docnum, float(len(positions)), array("I", positions).tobytes())
    writer.finish_postings()
    return Postings.read(memoryview(content.getvalue() + b"the next term's"))


@given(LISTS)
def test_postings_come_back_as_they_were(lists: dict[int, list[int]]) -> None:
    postings = written(lists)
    assert list(postings.docs) == sorted(lists)
    assert list(postings.frequencies) == [len(lists[docnum]) for docnum in postings.docs]
    assert [list(postings.places(at)) for at in range(len(lists))] == [lists[docnum] for docnum in postings.docs]


@given(LISTS)
def test_postings_can_be_walked_by_a_merge(lists: dict[int, list[int]]) -> None:
    postings, walked = written(lists), {}
    while postings.is_active():
        walked[postings.id()] = (postings.weight(), array("I", postings.value()).tolist())
        postings.next()
    assert walked == {docnum: (len(positions), positions) for docnum, positions in lists.items()}


@pytest.mark.parametrize(("most", "size"), [(255, 1), (256, 2), (65_535, 2), (65_536, 4)])
def test_numbers_take_the_least_space_that_holds_them(most: int, size: int) -> None:
    assert written({most: [most]}).docs.itemsize == written({most: [most]}).positions.itemsize == size


def test_whoosh_is_told_how_often_a_term_stands() -> None:
    writer = PostingsWriter(StructFile(io.BytesIO()), blocklimit=10**9)
    writer.start_postings(TermsField().format, W3TermInfo())
    writer.add_posting(3, 2.0, array("I", [1, 5]).tobytes())
    writer.add_posting(8, 1.0, array("I", [0]).tobytes())
    info = writer.finish_postings()
    assert (info.doc_frequency(), info.weight(), info.min_id(), info.max_id()) == (2, 3.0, 3, 8)


def test_a_field_gives_each_term_once_with_its_positions() -> None:
    text = [Term("b", Span(0, 1), 0), Term("a", Span(2, 3), 1), Term("b", Span(4, 5), 7)]
    rows = [(word, count, array("I", value).tolist()) for word, count, _, value in TermsField().index(text)]
    assert rows == [(b"b", 2, [0, 7]), (b"a", 1, [1])]


@given(st.text())
def test_any_term_can_be_spelled(term: str) -> None:
    field = TermsField()
    assert field.from_bytes(field.to_bytes(term)) == term


@given(st.dictionaries(st.integers(0, 20), st.integers(-1, 2**31 - 1)))
def test_a_number_column_comes_back_with_its_gaps(values: dict[int, int]) -> None:
    content = io.BytesIO()
    writer = NumberColumn().writer(StructFile(content))
    for docnum, value in sorted(values.items()):
        writer.add(docnum, value)
    writer.finish(21)
    reader = NumberColumn().reader(MappedFile(memoryview(content.getvalue())), 0, len(content.getvalue()), 21)
    assert list(reader) == list(reader.numbers) == [values.get(docnum, -1) for docnum in range(21)]


@given(st.dictionaries(st.integers(0, 20), st.binary(max_size=9)), st.binary(max_size=3))
def test_a_bytes_column_comes_back_with_its_gaps(values: dict[int, bytes], before: bytes) -> None:
    content = io.BytesIO()
    writer = BytesColumn().writer(StructFile(content))
    for docnum, value in sorted(values.items()):
        writer.add(docnum, value)
    writer.finish(21)
    stored = MappedFile(memoryview(before + content.getvalue()))
    reader = BytesColumn().reader(stored, len(before), len(content.getvalue()), 21)
    assert list(reader) == [values.get(docnum, b"") for docnum in range(21)]


def test_the_names_that_an_index_holds_are_these() -> None:
    """Whoosh's table of contents names the codec's class: a library is lost to a version that moves it."""
    assert f"{TermsCodec.__module__}.{TermsCodec.__qualname__}" == "indexer.engines.whoosh_codec.TermsCodec"
