"""Both kernels against a search by hand, and against each other to the last bit."""

from __future__ import annotations

import sys
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.engines import kernel, kernel_memory
from indexer.engines.array_file import BrokenArrayFileError
from indexer.engines.kernel import Found, Listed, Lists, Part, Segment, Source, Worths
from indexer.engines.packed import Place, unpacked
from indexer.engines.term_lists import Postings
from tests.engines.arrays import lists_of

K1 = 0.9
NAMES = ["numpy", pytest.param("c", marks=pytest.mark.skipif(kernel.NAME != "c", reason="the C kernel is not built"))]
SIZES = st.sampled_from([1, 40, 4_095, 4_096, 4_097, 9_000])


@st.composite
def segments(draw: st.DrawFn) -> tuple[int, list[Part], Any]:
    """A segment's size, parts of a score, and what is allowed."""
    documents = draw(SIZES)
    chosen = np.random.default_rng(draw(st.integers(0, 2**32)))
    parts = [
        Part(draw(st.floats(0.1, 9)), Lists([_source(draw, chosen, documents) for _ in range(draw(st.integers(1, 3)))]))
        for _ in range(draw(st.integers(0, 4)))
    ]
    parts.sort(key=lambda part: part.value, reverse=draw(st.sampled_from([True, True, False])))
    among = None if draw(st.booleans()) else chosen.random(documents) < draw(st.sampled_from([0.0, 0.3, 0.9]))
    return documents, parts, among


def _source(draw: st.DrawFn, chosen: np.random.Generator, documents: int) -> Source:
    docs = np.flatnonzero(chosen.random(documents) < draw(st.sampled_from([0.001, 0.02, 0.5, 1.0])))
    counts = chosen.choice([1, 1, 2, draw(st.sampled_from([1, 3]))], len(docs)).astype(np.uint32)
    counts[:2] = draw(st.sampled_from([1, 300, 70_000]))
    worths = Worths(chosen.integers(0, 3, documents).astype(np.uint16), np.array([0.5, 1.0, 1.7]))
    if not len(docs) or draw(st.booleans()):
        return Source(Listed(docs, counts), worths)
    positions = dict(zip(docs.tolist(), ([0] * count for count in counts.tolist()), strict=True))
    held = lists_of({b"a": positions, b"b": {0: [0]}}, documents).postings(b"a")
    assert held is not None
    return Source(held, worths)


def alike(documents: int) -> Worths:
    """An occurrence is worth the same in each of so many documents."""
    return Worths(np.zeros(documents, np.uint16), np.ones(1))


def by_hand(parts: list[Part], among: Any) -> dict[int, float]:
    """Document -> score."""
    scores: dict[int, float] = {}
    for value, lists in parts:
        weights: dict[int, float] = {}
        for held, worths in lists.sources:
            docs, counts = (held.docs(), unpacked(held.frequencies)) if isinstance(held, Postings) else held
            for doc, count in zip(docs.tolist(), counts.tolist(), strict=True):
                weights[doc] = weights.get(doc, 0.0) + count * float(worths.of(doc))
        for doc, weight in weights.items():
            if among is None or among[doc]:
                scores[doc] = scores.get(doc, 0.0) + value * ((K1 + 1) * weight / (K1 + weight))
    return scores


def in_pairs(found: Found) -> list[tuple[int, float]]:
    return list(zip(found.numbers.tolist(), found.scores.tolist(), strict=True))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(
    st.lists(segments(), min_size=1, max_size=3),
    st.sampled_from([1, 3, 100, 1_000]),
    st.sampled_from([0.0, 1.0]),
    st.sampled_from([0, 5, sys.maxsize]),
    st.sampled_from([1, 2, 100, sys.maxsize]),
    st.sampled_from([0, 1 << 18]),
)
def test_the_best_are_those_of_a_search_by_hand(
    name: str, drawn: list[tuple[int, list[Part], Any]], limit: int, least: float, counted: int, ordered: int, many: int
) -> None:
    asked, scores = [], {}
    for documents, parts, among in drawn:
        first = sum(one.documents for one in asked)
        asked.append(Segment(first, documents, among, parts))
        scores |= {first + doc: score for doc, score in by_hand(parts, among).items()}
    with patch.object(kernel, "NAME", name), patch.object(kernel_memory, "_MANY", many):
        found, again = (kernel.best(asked, K1, limit, least, counted, ordered) for _ in range(2))
    assert in_pairs(found) == in_pairs(again)
    bound = sorted(scores.values(), reverse=True)[limit - 1] if len(scores) >= limit else 0.0
    best = {number: score for number, score in scores.items() if score >= max(bound, least)}
    expected = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    first = [pair for pair in expected if ordered >= min(limit, len(best)) or pair[1] >= expected[ordered - 1][1]]
    assert in_pairs(found) == first + sorted(expected[len(first) :])
    assert found.ordered == len(first)
    assert min(counted, len(scores)) <= found.total <= len(scores)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(segments())
def test_the_scores_of_all_documents_are_those_of_a_search_by_hand(
    name: str, segment: tuple[int, list[Part], Any]
) -> None:
    documents, parts, among = segment
    dense = np.zeros(documents)
    with patch.object(kernel, "NAME", name):
        kernel.add(dense, parts, K1, among)
    found = dict(zip(np.flatnonzero(dense).tolist(), dense[dense > 0].tolist(), strict=True))
    assert found == by_hand(parts, among)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("limit", [10, 400])
def test_common_words_are_looked_up_only_where_rare_ones_stand(name: str, limit: int) -> None:
    rare, common = (
        Listed(np.arange(0, 60_000, 51), np.ones(1_177, np.uint32)),
        Listed(np.arange(60_000), np.ones(60_000, np.uint32)),
    )
    parts = [Part(value, Lists([Source(held, alike(60_000))])) for value, held in ((8.0, rare), (0.1, common))]
    with patch.object(kernel, "NAME", name):
        found = kernel.best([Segment(0, 60_000, None, parts)], K1, limit, counted=0)
        every = kernel.best([Segment(0, 60_000, None, parts)], K1, limit)
    assert in_pairs(found) == in_pairs(every)
    assert every.total == 60_000
    assert found.total < 60_000


@pytest.mark.parametrize("name", NAMES)
def test_the_best_may_hold_the_last_word_alone(name: str) -> None:
    """Three words in every block of documents, never two in one; the third stands twice in one document."""
    blocks = np.arange(0, 60_000, 64)
    counts = np.ones(len(blocks), np.uint32)
    lists = [Listed(blocks, counts), Listed(blocks + 1, counts), Listed(blocks + 2, counts + (blocks == 64 * 40))]
    parts = [Part(1.0, Lists([Source(held, alike(60_000))])) for held in lists]
    with patch.object(kernel, "NAME", name):
        found = kernel.best([Segment(0, 60_000, None, parts)], K1, 1, counted=0)
    assert found.numbers.tolist() == [64 * 40 + 2]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("limit", [1, 10, 100])
def test_of_many_alike_all_are_found(name: str, limit: int) -> None:
    docs = np.arange(0, 60_000, 2)
    parts = [Part(1.0, Lists([Source(Listed(docs, np.ones(30_000, np.uint32)), alike(60_000))]))]
    with patch.object(kernel, "NAME", name):
        found = kernel.best([Segment(0, 60_000, None, parts)], K1, limit, counted=0)
    assert found.numbers.tolist() == docs.tolist()


@pytest.mark.parametrize("name", NAMES)
def test_a_word_may_stand_hundreds_of_times_in_each(name: str) -> None:
    held = lists_of({b"a": {doc: [0] * (250 + doc * 7 % 11) for doc in range(1, 400, 2)}}, 400).postings(b"a")
    assert held is not None
    parts = [Part(1.0, Lists([Source(held, alike(400))]))]
    with patch.object(kernel, "NAME", name):
        found = kernel.best([Segment(0, 400, None, parts)], K1, 10, counted=0)
    best = sorted(by_hand(parts, None).items(), key=lambda pair: (-pair[1], pair[0]))
    assert in_pairs(found) == [pair for pair in best if pair[1] >= best[9][1]]


@pytest.mark.parametrize("name", NAMES)
def test_the_best_may_stand_in_any_block_and_segment(name: str) -> None:
    counts = np.ones(20_000, np.uint32)
    best = [63, 64, 4_095, 4_096, 12_345, 19_999]
    counts[best] = range(9, 3, -1)
    segment = Segment(0, 20_000, None, [Part(2.0, Lists([Source(Listed(np.arange(20_000), counts), alike(20_000))]))])
    with patch.object(kernel, "NAME", name):
        found = kernel.best([segment, segment._replace(first=20_000)], K1, 12, counted=5_000)
    assert found.numbers.tolist() == [first + doc for doc in best for first in (0, 20_000)]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_may_be_worth_something_else_in_the_next_search(name: str) -> None:
    held = lists_of({b"a": {doc: [0] * (1 + doc % 3) for doc in range(0, 900, 7)}}, 900).postings(b"a")
    assert held is not None
    for worths in (alike(900), Worths(np.arange(900, dtype=np.uint16), np.linspace(1, 2, 900)), alike(900)):
        parts = [Part(1.0, Lists([Source(held, worths)]))]
        scores = sorted(by_hand(parts, None).items(), key=lambda pair: (-pair[1], pair[0]))
        with patch.object(kernel, "NAME", name):
            found = kernel.best([Segment(0, 900, None, parts)], K1, 5, counted=0)
        assert in_pairs(found)[:5] == scores[:5]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("values", [(9e3,), (1e3,) * 3, (500.0,) * 70, (1.0,) * 300, (-1.0, 3.0), (1e-9, 2e-9)])
def test_scores_may_be_beyond_what_words_are_worth(name: str, values: tuple[float, ...]) -> None:
    docs = np.arange(0, 9_000, 7)
    counts = (docs % 11 + 1).astype(np.uint32)
    parts = [Part(value, Lists([Source(Listed(docs, counts), alike(9_000))])) for value in values]
    best = sorted(by_hand(parts, None).items(), key=lambda pair: (-pair[1], pair[0]))
    with patch.object(kernel, "NAME", name):
        found = kernel.best([Segment(0, 9_000, None, parts)], K1, 10)
    assert in_pairs(found)[:10] == best[:10]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("documents", [40, 9_000])
@pytest.mark.parametrize("counted", [0, sys.maxsize])
@pytest.mark.parametrize("ordered", [3, sys.maxsize])
def test_what_adds_nothing_neither_hides_nor_doubles_what_is_found(
    name: str, documents: int, counted: int, ordered: int
) -> None:
    docs = np.arange(documents)
    worths = Worths((docs % 4 == 3).astype(np.uint16), np.array([0.0, 1.0]))
    parts = [Part(2.0, Lists([Source(Listed(docs, np.ones(documents, np.uint32)), worths)])) for _ in range(3)]
    with patch.object(kernel, "NAME", name):
        found = kernel.best([Segment(0, documents, None, parts)], K1, 5, counted=counted, ordered=ordered)
    assert found.numbers.tolist() == docs[3::4].tolist()
    assert min(counted, documents // 4) <= found.total <= documents // 4


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(segments())
def test_documents_are_counted_once(name: str, segment: tuple[int, list[Part], Any]) -> None:
    documents, parts, among = segment
    lists = Lists([source for part in parts for source in part.lists.sources])
    with patch.object(kernel, "NAME", name):
        assert kernel.count(documents, lists, among) == len(by_hand([Part(1.0, lists)], among))


@pytest.mark.parametrize("name", NAMES)
@given(st.lists(st.sets(st.integers(0, 299), min_size=1), max_size=4))
def test_documents_of_any_list_are_marked_and_may_be_marked_further(name: str, held: list[set[int]]) -> None:
    terms = {b"%d" % at: {doc: [0] for doc in sorted(docs)} for at, docs in enumerate(held)}
    lists = lists_of(terms, 300) if terms else None
    with patch.object(kernel, "NAME", name):
        marked = kernel.mark(300, [one for term in terms if lists and (one := lists.postings(term))])
    assert np.flatnonzero(marked).tolist() == sorted(set().union(*held))
    marked |= True
    assert marked.all()


POSITIONS = st.lists(st.sampled_from([0, 1, 2, 3, 4, 299, 300, 66_000]), min_size=1, max_size=6, unique=True).map(
    sorted
)
HELD = st.dictionaries(st.integers(0, 9), POSITIONS, min_size=1)


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None)
@given(
    st.fixed_dictionaries({b"a": HELD, b"b": HELD, b"c": HELD}),
    st.lists(st.sampled_from([b"a", b"b", b"c"]), min_size=1, max_size=4),
    st.sampled_from([1, 400]),
)
def test_phrases_are_those_of_a_search_by_hand(
    name: str, places: dict[bytes, dict[int, list[int]]], words: list[bytes], apart: int
) -> None:
    spread = {term: {apart * doc: held for doc, held in docs.items()} for term, docs in places.items()}
    lists = lists_of(spread, 10 * apart)
    expected = {}
    for doc in range(10):
        first = places[words[0]].get(doc, [])
        starts = [at for at in first if all(at + step in places[word].get(doc, []) for step, word in enumerate(words))]
        if starts:
            expected[apart * doc] = len(starts)
    with patch.object(kernel, "NAME", name):
        found = kernel.phrase(10 * apart, [held for word in words if (held := lists.postings(word))])
    assert dict(zip(found.docs.tolist(), found.counts.tolist(), strict=True)) == expected


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None)
@example({3: [*range(30), 299, 300]}, [3, 3], 0, 10)  # of which two stand aside
@given(HELD, st.lists(st.integers(0, 9)), st.sampled_from([0, 1 << 32]), st.sampled_from([10, 4_000]))
def test_a_term_is_found_in_the_documents_that_are_asked_for(
    name: str, held: dict[int, list[int]], asked: list[int], base: int, documents: int
) -> None:
    postings = lists_of({b"a": held}, documents).postings(b"a")
    assert postings is not None
    docs = np.array(asked, np.int64)
    with patch.object(kernel, "NAME", name):
        found = kernel.places(documents, [postings, postings], docs, base * docs)
    assert [row.tolist() for row in found] == [[base * doc + at for doc in asked for at in held.get(doc, [])]] * 2


@pytest.mark.parametrize("name", NAMES)
def test_a_term_that_stands_in_no_order_is_told(name: str) -> None:
    postings = lists_of({b"a": {3: [5, 2]}}, 10).postings(b"a")
    assert postings is not None
    with patch.object(kernel, "NAME", name), pytest.raises(BrokenArrayFileError):
        kernel.places(10, [postings], np.array([3]), np.array([0]))


@pytest.mark.parametrize("name", NAMES)
def test_a_list_that_says_a_million_times_where_a_word_stands_does_not_hold_up_a_search(name: str) -> None:
    """Two such lists took a minute and a half in C, and nothing could interrupt them."""
    times = 1_000_000
    none = np.empty(0, np.uint32)
    gaps = Place(0, none, none, none, 0, 1)
    frequencies = Place(4, np.array([times], np.uint32), none, none, 0, 1)
    lists = [
        Postings(gaps, frequencies, Place(1, np.full(times, at, np.uint8), none, none, 0, times)) for at in (2, 200)
    ]
    with patch.object(kernel, "NAME", name):
        assert not len(kernel.phrase(1, lists).docs)


@pytest.mark.parametrize("name", NAMES)
def test_a_list_of_documents_that_are_not_there_is_told(name: str) -> None:
    held = lists_of({b"a": {3: [0], 9: [0]}}, 10).postings(b"a")
    assert held is not None
    one, two = (Lists([Source(held, alike(9))] * count) for count in (1, 2))
    with patch.object(kernel, "NAME", name):
        for call in (
            lambda: kernel.best([Segment(0, 9, None, [Part(1.0, one)])], K1, 3),
            lambda: kernel.best([Segment(0, 9, None, [Part(1.0, two)])], K1, 3),
            lambda: kernel.add(np.zeros(9), [Part(1.0, one)], K1, None),
            lambda: kernel.count(9, two, None),
            lambda: kernel.mark(9, [held]),
            lambda: kernel.phrase(9, [held, held]),
            lambda: kernel.places(9, [held], np.array([3, 8]), np.zeros(2, np.int64)),
        ):
            with pytest.raises(BrokenArrayFileError):
                call()


@pytest.mark.skipif(kernel.NAME != "c", reason="the C kernel is not built")
def test_a_length_that_is_not_there_is_told() -> None:
    held = lists_of({b"a": {3: [0]}}, 10).postings(b"a")
    assert held is not None
    lists = Lists([Source(held, Worths(np.full(10, 2, np.uint16), np.ones(2)))] * 2)
    with pytest.raises(BrokenArrayFileError):
        kernel.count(10, lists, None)


@pytest.mark.skipif(kernel.NAME != "c", reason="the C kernel is not built")
@pytest.mark.parametrize(
    "change", [{"start": 1}, {"start": -1}, {"size": 3}, {"size": -1}, {"width": 3}, {"wide": np.empty(0, np.uint32)}]
)
def test_a_place_that_reaches_out_of_its_array_is_told(change: dict[str, Any]) -> None:
    whole = lists_of({b"a": {3: [0], 900: [0, 1]}}, 1_000).postings(b"a")
    assert whole is not None
    gaps = whole.gaps._replace(**change)
    if "wide" in change:
        gaps = gaps._replace(numbers=np.full(len(gaps.numbers), 255, np.uint8), width=1)
    broken = Postings(gaps, whole.frequencies, whole.positions)
    with pytest.raises(BrokenArrayFileError):
        kernel.count(1_000, Lists([Source(broken, alike(1_000))] * 2), None)
