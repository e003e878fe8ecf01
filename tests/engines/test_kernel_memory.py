"""What is kept of posting lists, and for how long."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest

from indexer.engines import kernel_memory
from indexer.engines.kernel_levels import Dense
from indexer.engines.kernel_memory import Memory
from indexer.engines.kernel_records import Listed, Lists, Part, Source, Worths
from indexer.engines.term_lists import Postings
from tests.engines.arrays import lists_of

ALIKE = Worths(np.zeros(10, np.uint16), np.ones(1))


@pytest.fixture
def postings() -> list[Postings]:
    lists = lists_of({b"a": {1: [0], 3: [0, 5]}, b"b": {2: [1]}, b"c": {9: [4]}}, 10)
    return [held for term in (b"a", b"b", b"c") if (held := lists.postings(term))]


def test_documents_are_unpacked_once(postings: list[Postings]) -> None:
    memory = Memory()
    assert memory.docs(postings[0], 10).tolist() == [1, 3]
    assert memory.docs(postings[0], 10) is memory.docs(postings[0], 10)


@pytest.mark.parametrize("documents", [10, 1_000])
@pytest.mark.parametrize("many", [0, 1 << 18])
def test_levels_are_what_a_part_adds_in_whole_steps_rounded_up(
    postings: list[Postings], documents: int, many: int
) -> None:
    memory, part = Memory(), Part(1.0, Lists([Source(postings[0], ALIKE)]))
    with patch.object(kernel_memory, "_MANY", many):
        for _ in range(2):
            sums = np.ones(documents, np.uint16)
            memory.levels(part, documents, 1.0).add_to(sums)
            assert sums[:10].tolist() == [1, 17, 1, 23, 1, 1, 1, 1, 1, 1]


def test_levels_are_kept_for_one_value(postings: list[Postings]) -> None:
    memory, lists = Memory(), Lists([Source(postings[0], ALIKE)])
    assert memory.levels(Part(1.0, lists), 10, 1.0) is memory.levels(Part(1.0, lists), 10, 1.0)
    assert memory.levels(Part(100.0, lists), 10, 1.0).steps.max() == 2_134


def test_common_words_have_a_level_and_a_count_in_every_document(postings: list[Postings]) -> None:
    levels = Memory().levels(Part(1.0, Lists([Source(postings[0], ALIKE)])), 10, 1.0)
    assert isinstance(levels, Dense)
    assert levels.counts.tolist() == [0, 1, 0, 2, 0, 0, 0, 0, 0, 0]


def test_over_many_documents_a_byte_a_posting_is_kept(postings: list[Postings]) -> None:
    lists = Lists([Source(postings[0], ALIKE)])
    with patch.object(kernel_memory, "_MANY", 0):
        memory = Memory()
        memory.levels(Part(1.0, lists), 1_000, 1.0)
        memory.docs(postings[0], 1_000)
    assert lists.levels_kept.levels.tolist() == [16, 22]
    assert lists.levels_kept.levels.nbytes == 2
    assert postings[0].docs_kept is None


def test_what_lists_add_is_the_sum_of_all_of_them(postings: list[Postings]) -> None:
    both = Lists([Source(postings[0], ALIKE), Source(Listed(np.array([3]), np.array([1], np.uint32)), ALIKE)])
    docs, saturated = Memory().whole(both, 10, 1.0)
    assert docs.tolist() == [1, 3]
    assert saturated.tolist() == [1.0, 1.5]


def test_the_older_half_is_let_go_when_there_is_too_much(postings: list[Postings]) -> None:
    with patch.object(kernel_memory, "_KEPT", 1_000):
        memory = Memory()
        for held in postings:
            memory.docs(held, 10)
    assert [held.docs_kept is None for held in postings] == [True, True, False]


def test_what_is_asked_for_once_is_not_kept() -> None:
    found = Lists([Source(Listed(np.array([3]), np.array([1], np.uint32)), ALIKE)])
    Memory().whole(found, 10, 1.0)
    Memory().levels(Part(1.0, found), 10, 1.0)
    assert (found.whole_kept, found.levels_kept) == (None, None)
