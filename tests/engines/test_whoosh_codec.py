from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.codec.whoosh3 import W3TermInfo

from indexer.engines.whoosh_codec import Postings, TermsCodec, TermsField

POSITIONS = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5)
LISTS = st.dictionaries(st.integers(0, 2**31 - 1), POSITIONS, min_size=1, max_size=6)


def made(lists: dict[int, list[int]]) -> Postings:
    """A posting list from document number -> positions."""
    postings = Postings.empty()
    for docnum, positions in sorted(lists.items()):
        for position in positions:
            postings.add(docnum, position)
    return postings


def told(postings: Postings) -> dict[int, list[int]]:
    """What a posting list holds."""
    assert list(postings.frequencies) == [len(postings.places(at)) for at in range(len(postings.docs))]
    return {docnum: list(postings.places(at)) for at, docnum in enumerate(postings.docs)}


@given(LISTS)
def test_postings_come_back_as_they_were(lists: dict[int, list[int]]) -> None:
    assert told(made(lists)) == lists
    assert told(Postings.read(memoryview(made(lists).as_bytes() + b"the next term's"))) == lists


@given(st.dictionaries(st.integers(0, 20), POSITIONS, min_size=1), st.lists(st.booleans(), min_size=21, max_size=21))
def test_postings_are_renumbered_without_those_that_are_deleted(lists: dict[int, list[int]], live: list[bool]) -> None:
    numbers = [sum(live[:docnum]) + 100 if live[docnum] else -1 for docnum in range(21)]
    expected = {numbers[docnum]: positions for docnum, positions in lists.items() if live[docnum]}
    assert told(Postings.read(memoryview(made(lists).as_bytes())).renumbered(numbers)) == expected


@given(LISTS, LISTS)
def test_lists_are_joined(lists: dict[int, list[int]], more: dict[int, list[int]]) -> None:
    later = {docnum + 2**31: positions for docnum, positions in more.items()}
    joined = Postings.read(memoryview(made(lists).as_bytes()))
    whole = Postings.empty()
    whole.join(joined)
    whole.join(made(later))
    assert told(whole) == lists | later


@pytest.mark.parametrize(("most", "size"), [(255, 1), (256, 2), (65_535, 2), (65_536, 4)])
def test_numbers_take_the_least_space_that_holds_them(most: int, size: int) -> None:
    postings = Postings.read(memoryview(made({most: [most]}).as_bytes()))
    assert postings.docs.itemsize == postings.positions.itemsize == size


def test_whoosh_is_told_how_often_a_term_stands() -> None:
    content = io.BytesIO(b"before")
    content.seek(0, io.SEEK_END)
    writer = TermsCodec().postings_writer(content)
    writer.start_postings(TermsField().format, W3TermInfo())
    writer.add(made({3: [1, 5], 8: [0]}))
    info = W3TermInfo.from_bytes(writer.finish_postings().to_bytes())
    assert (info.doc_frequency(), info.weight(), info.min_id(), info.max_id()) == (2, 3.0, 3, 8)
    assert told(Postings.read(memoryview(content.getvalue())[info.extent()[0] :])) == {3: [1, 5], 8: [0]}


@given(st.text())
def test_any_term_can_be_spelled(term: str) -> None:
    field = TermsField()
    assert field.from_bytes(field.to_bytes(term)) == term


def test_the_names_that_an_index_holds_are_these() -> None:
    """Whoosh's table of contents names the codec's class: a library is lost to a version that moves it."""
    assert f"{TermsCodec.__module__}.{TermsCodec.__qualname__}" == "indexer.engines.whoosh_codec.TermsCodec"
