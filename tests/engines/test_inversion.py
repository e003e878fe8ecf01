from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import inversion
from indexer.engines.inversion import Inverter, merged
from indexer.engines.term_lists import Run
from indexer.native import KERNEL
from indexer.vocabulary import NO_TERMS, Terms
from tests.engines.arrays import Places, lists_of, told

TEXTS = st.lists(st.tuples(st.sampled_from(["a", "b", "ab", "é", "\ud800"]), st.integers(0, 300)), max_size=12)
DOCUMENTS = st.dictionaries(st.integers(0, 99), TEXTS, max_size=6)
PLACES = st.dictionaries(
    st.sampled_from([b"a", b"b", b"c", b"d"]),
    st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 300), min_size=1, max_size=3).map(sorted), min_size=1),
)


def terms(found: list[tuple[str, int]]) -> Terms:
    return Terms.of([text for text, _ in found], [at for _, at in found])


def run_of(inverter: Inverter) -> Run:
    (run,) = inverter.runs()
    return run


@given(DOCUMENTS)
def test_terms_by_document_become_documents_by_term(documents: dict[int, list[tuple[str, int]]]) -> None:
    inverter, expected = Inverter(), {}
    for docnum, found in sorted(documents.items()):
        inverter.add(docnum, [terms(found)])
        for text, at in sorted(found, key=lambda one: one[1]):
            places = expected.setdefault(text.encode("utf-8", "surrogatepass"), {})
            places.setdefault(docnum, []).append(at)
    assert len(inverter) == sum(map(len, documents.values()))
    if len(inverter):
        assert told(run_of(inverter)) == expected


@given(DOCUMENTS, st.integers(1, 9), st.integers(1, 9))
def test_numpy_inverts_some_terms_at_a_time(
    documents: dict[int, list[tuple[str, int]]], most: int, counted: int
) -> None:
    whole, parts = Inverter(), Inverter()
    for docnum, found in sorted(documents.items()):
        whole.add(docnum, [terms(found)])
        parts.add(docnum, [terms(found)])
    if len(whole):
        with patch.multiple(inversion, KERNEL=None, _AT_ONCE=most, _PART=counted):
            runs = list(parts.runs())
        run = run_of(whole)
        assert [text for part in runs for text in part.terms] == run.terms
        for joined, expected in zip(zip(*(part[1:] for part in runs), strict=True), run[1:], strict=True):
            assert np.concatenate(joined).tolist() == expected.tolist()
        assert all(len(part.terms) == 1 or sum(part.frequencies) <= most for part in runs)


@pytest.mark.skipif(not KERNEL, reason="the C kernel is not built")
@given(st.lists(st.lists(st.integers(0, 5), max_size=9)), st.permutations(range(6)), st.booleans())
def test_both_kernels_invert_alike(documents: list[list[int]], ranks: list[int], has_positions: bool) -> None:
    numbers = np.array([number for one in documents for number in one], np.uint32)
    counts = np.array([len(one) for one in documents], np.uint32)
    docs = np.arange(3, len(counts) + 3, dtype=np.uint32)
    positions = np.arange(len(numbers), dtype=np.uint32) if has_positions else None
    if len(numbers):
        collected = np.array(ranks, np.uint32), numbers, docs, counts, positions
        found, expected = inversion._inverted_in_c(*collected), inversion._inverted(*collected)
        assert found is not None
        assert [part.tolist() for part in found] == [part.tolist() for part in expected]


def test_more_terms_than_sixteen_bits_number_are_kept_apart() -> None:
    inverter = Inverter()
    for docnum in range(3):
        inverter.add(docnum, [Terms.of([f"{number:05}" for number in range(70_000)], range(70_000))])
    run = run_of(inverter)
    assert run.terms == [f"{number:05}".encode() for number in range(70_000)]
    assert set(run.counts.tolist()) == {3}
    assert run.positions.tolist() == [number for number in range(70_000) for _ in range(3)]


def test_a_term_without_a_position_is_told() -> None:
    with pytest.raises(ValueError, match="position"):
        Inverter().add(0, [Terms.of(("a", "b"), (0,))])


def test_terms_of_several_vocabularies_and_texts_are_told_apart() -> None:
    shared = Terms.of(["b", "a", "c", "b"], [0, 1, 2, 3])
    inverter = Inverter()
    first = Terms(shared.vocabulary, shared.numbers[:2], shared.positions[:2])
    inverter.add(0, [first, terms([("c", 0), ("b", 1)]), NO_TERMS])
    inverter.add(3, [Terms(shared.vocabulary, shared.numbers[3:], shared.positions[3:]), first])
    places = {b"a": {0: [1], 4: [1]}, b"b": {0: [0], 1: [1], 3: [3], 4: [0]}, b"c": {1: [0]}}
    assert told(run_of(inverter)) == places


def test_more_vocabularies_than_are_remembered_are_told_apart() -> None:
    inverter = Inverter()
    for docnum in range(0, 18, 2):
        with patch.object(inversion, "_VOCABULARIES", 2):
            inverter.add(docnum, [terms([(text, 0)]) for text in ("a", "b")])
    assert told(run_of(inverter)) == {
        b"a": {docnum: [0] for docnum in range(0, 18, 2)},
        b"b": {docnum: [0] for docnum in range(1, 18, 2)},
    }


def test_texts_without_positions_have_none() -> None:
    inverter = Inverter()
    inverter.add_texts(3, [["k=b", "k=a"], ["k=a"]])
    run = run_of(inverter)
    assert (run.terms, run.counts.tolist(), run.docs.tolist()) == ([b"k=a", b"k=b"], [2, 1], [3, 4, 3])
    assert not len(run.positions)


@given(st.lists(st.tuples(PLACES, st.sets(st.integers(0, 9))), max_size=3), st.integers(1, 9))
def test_segments_are_merged_without_what_is_deleted(segments: list[tuple[Places, set[int]]], batch: int) -> None:
    sources, expected, live = [], {}, 0
    for places, gone in segments:
        numbers = np.array([-1 if doc in gone else live + sum(d not in gone for d in range(doc)) for doc in range(10)])
        live += 10 - len(gone)
        sources.append((lists_of(places, 10), numbers))
        for term, held in places.items():
            for doc, positions in held.items():
                if doc not in gone:
                    expected.setdefault(term, {})[int(numbers[doc])] = positions
    with patch.object(inversion, "_BATCH", batch):
        runs = list(merged([source for source in sources if len(source[0])]))
    found: Places = {}
    for run in runs:
        assert not found or max(found) < min(run.terms)
        found |= told(run)
    assert found == expected
