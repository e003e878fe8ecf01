from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import native
from indexer.engines import term_lists
from indexer.engines.array_file import BrokenArrayFileError
from tests.engines.arrays import Places, lists_of, told

DOCUMENTS = 2_000
TERMS = st.binary(max_size=3) | st.sampled_from([b"a\xff", b"a\xff\xff", b"\xff", b"x" * 300])
POSITIONS = st.lists(st.integers(0, 70_000), min_size=1, max_size=4).map(sorted)
PLACES = st.dictionaries(TERMS, st.dictionaries(st.integers(0, DOCUMENTS - 1), POSITIONS, min_size=1, max_size=5))


@given(PLACES, st.integers(1, 3))
def test_posting_lists_come_back_as_they_were(places: Places, parts: int) -> None:
    lists = lists_of(places, DOCUMENTS, parts=parts)
    assert lists.terms(0, len(lists)) == [lists.term(at) for at in range(len(lists))] == sorted(places)
    assert told(lists.run(0, len(lists))) == places
    for at, term in enumerate(sorted(places)):
        held = sorted(places[term].items())
        assert lists.find(term) == at
        assert lists.docs(at).tolist() == [doc for doc, _ in held]
        assert lists.frequencies(at).tolist() == [len(positions) for _, positions in held]
        assert lists.positions(at).tolist() == [position for _, positions in held for position in positions]
        postings = lists.postings(term)
        assert postings is not None
        assert (postings.count, postings.docs().tolist()) == (len(held), [doc for doc, _ in held])


@pytest.mark.parametrize("kernel", [None, native.KERNEL])
@given(PLACES, TERMS)
def test_terms_are_found_by_their_beginning(kernel: object, places: Places, prefix: bytes) -> None:
    lists = lists_of(places, DOCUMENTS)
    with patch.object(term_lists, "KERNEL", kernel):
        first, last = lists.range(prefix)
        assert lists.terms(first, last) == sorted(term for term in places if term.startswith(prefix))
        assert lists.lower(prefix) == sum(term < prefix for term in places)
        assert (lists.find(prefix) >= 0) == (prefix in places) == (lists.postings(prefix) is not None)


@pytest.mark.skipif(native.KERNEL is None, reason="the C kernel is not built")
def test_terms_that_end_before_they_begin_are_told() -> None:
    lists = lists_of({b"a": {0: [0]}, b"bcd": {0: [0]}, b"e": {0: [0]}}, DOCUMENTS)
    with patch.object(lists, "_ends", np.array([9, 4, 5], np.uint32)), pytest.raises(BrokenArrayFileError):
        lists.lower(b"b")


def test_a_term_is_found_among_thousands() -> None:
    places: Places = {f"term{number}".encode(): {number: [0]} for number in range(1_000)}
    lists = lists_of(places, DOCUMENTS)
    assert all(lists.docs(lists.find(term)).tolist() == list(held) for term, held in places.items())


@given(PLACES, st.integers(1, 30))
def test_batches_cover_all_terms_once(places: Places, most: int) -> None:
    lists = lists_of(places, DOCUMENTS)
    assert [at for edges in lists.batches(most) for at in range(*edges)] == list(range(len(places)))


def test_a_document_that_is_not_there_is_told() -> None:
    with pytest.raises(BrokenArrayFileError):
        lists_of({b"a": {9: [0]}}, 9).docs(0)
