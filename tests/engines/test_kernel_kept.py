"""What the C kernel keeps of posting lists, and for how long."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from indexer.engines import kernel, kernel_numpy
from indexer.engines.kernel import Lists, Part, Segment, Source, Worths
from indexer.engines.term_lists import Postings
from tests.engines.arrays import lists_of

pytestmark = pytest.mark.skipif(kernel.NAME != "c", reason="the C kernel is not built")

DOCUMENTS = 3_000


@contextmanager
def keeping(most: int) -> Iterator[None]:
    """At most so many bytes are kept, nothing at first; in numpy there is nothing to say."""
    if kernel.NAME != "c":
        yield
        return
    for bound in (0, most):
        kernel._kernel.keep_most(bound)
    yield
    kernel._kernel.keep_most(kernel.KEPT)


@pytest.fixture
def postings() -> list[Postings]:
    """Lists that stand in every document, in half of them, in a third."""
    terms = {b"%d" % step: {doc: [step, step + 1] for doc in range(0, DOCUMENTS, step)} for step in (1, 2, 3)}
    lists = lists_of(terms, DOCUMENTS)
    return [held for term in terms if (held := lists.postings(term))]


@pytest.fixture
def worths() -> Worths:
    return Worths(np.zeros(DOCUMENTS, np.uint16), np.ones(1))


def best_of(held: Postings, worths: Worths) -> Any:
    """The best of a search for a list alone."""
    parts = [Part(1.0, Lists([Source(held, worths)]))]
    return kernel.best([Segment(0, DOCUMENTS, None, parts)], 0.9, 3, counted=0)


def kept(most: int) -> int:
    """The bytes that are kept once there may be no more than that."""
    return int(kernel._kernel.keep_most(most))


def sizes_of(postings: list[Postings], worths: Worths) -> list[int]:
    """Search for each list alone; how many bytes are kept of it."""
    sizes: list[int] = []
    for held in postings:
        best_of(held, worths)
        sizes.append(kept(1_000_000) - sum(sizes))
    return sizes


def test_what_is_kept_of_a_list_is_kept_once_and_goes_with_it(postings: list[Postings], worths: Worths) -> None:
    with keeping(1_000_000):
        best_of(postings[0], worths)
        size = kept(1_000_000)
        assert 4 * DOCUMENTS // 64 < size < 8 * DOCUMENTS // 64
        best_of(postings[0], worths)
        assert kept(1_000_000) == size
        postings.clear()
        assert kept(1_000_000) == 0


def test_what_was_used_once_goes_before_what_was_used_again(postings: list[Postings], worths: Worths) -> None:
    first, second, third = postings
    with keeping(1_000_000):
        sizes = sizes_of(postings, worths)
        best_of(first, worths)
        best_of(second, worths)
        assert kept(sizes[0] + sizes[1]) == sizes[0] + sizes[1]  # the third, used last
        kept(1_000_000)
        best_of(third, worths)
        assert kept(sizes[0] + sizes[1]) == sizes[0] + sizes[1]  # the third again
        assert kept(sizes[1]) == sizes[1]  # the first, used longest ago of the two


def test_what_was_used_again_longest_ago_goes_when_it_takes_too_much(postings: list[Postings], worths: Worths) -> None:
    first, second, third = postings
    with keeping(1_000_000):
        sizes = sizes_of(postings, worths)
        most = sum(sizes)
        assert kept(most) == most
        for held in (second, first, third):  # all again: more than three quarters, so the second is as if used once
            best_of(held, worths)
        assert kept(most - 1) == sizes[0] + sizes[2]


@pytest.mark.parametrize("most", [0, 7_000])
def test_answers_are_the_same_where_little_is_kept(postings: list[Postings], worths: Worths, most: int) -> None:
    with keeping(most):
        for _ in range(2):
            for held in postings:
                found = best_of(held, worths)
                expected = kernel_numpy.best(
                    [Segment(0, DOCUMENTS, None, [Part(1.0, Lists([Source(held, worths)]))])], 0.9, 3, 0.0, 0, 3
                )
                assert found.numbers.tolist() == expected.numbers.tolist()
                assert kept(most) <= most
            for one, other in itertools.pairwise(postings):
                found, expected = (made.phrase(DOCUMENTS, [one, other]) for made in (kernel, kernel_numpy))
                assert found.docs.tolist() == expected.docs.tolist() != []
                assert kept(most) <= most


def test_threads_that_first_search_a_list_together_make_it_ready_once(postings: list[Postings], worths: Worths) -> None:
    made: list[str] = []

    class Slow:
        def __getattr__(self, name: str) -> Any:
            def call(*args: Any) -> Any:
                if name in ("hold", "weigh"):
                    made.append(name)
                    time.sleep(0.05)
                return getattr(built, name)(*args)

            return call

    built = kernel._kernel
    with patch.object(kernel, "_kernel", Slow()):
        threads = [threading.Thread(target=best_of, args=(postings[0], worths)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(made) == ["hold", "weigh"]
