from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.matches import Matches
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.records import Entry, Match, PassageEntry, Word
from tests.libraries import folder_in_memory, terms

FOUND = st.lists(
    st.builds(Match, st.sampled_from("abc"), st.integers(0, 6), st.sampled_from([0.0, 1.0, 2.5])),
    unique_by=lambda match: (match.document_id, match.ordinal),
    max_size=20,
)
COUNTS = st.integers(0, 22)


def in_order(found: list[Match]) -> list[Match]:
    return sorted(found, key=lambda match: (-match.score, match.document_id, match.ordinal))


def loose(found: list[Match]) -> Matches:
    """Matches none of which is in its place yet."""
    held = Matches.of(found)
    return Matches(held.numbers, held.scores, held._passages, np.empty(0, np.int64))


@given(FOUND, st.lists(st.tuples(COUNTS, COUNTS), max_size=3))
def test_whatever_is_asked_for_first_the_order_is_the_same(found: list[Match], parts: list[tuple[int, int]]) -> None:
    held, expected = loose(found), in_order(found)
    for start, count in parts:
        assert list(held[start : start + count]) == expected[start : start + count]
    assert list(held) == expected
    assert all(held[at] == match for at, match in enumerate(expected))


def test_threads_that_share_matches_put_them_in_one_order() -> None:
    found = [Match(f"d{at % 7}", at, at % 3) for at in range(30)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(6) as threads:
            for _ in range(100):
                held = loose(found)
                assert all(told == in_order(found) for told in threads.map(lambda _, held=held: list(held), range(6)))
    finally:
        sys.setswitchinterval(interval)


@given(FOUND)
def test_by_number_they_stand_as_their_index_holds_them(found: list[Match]) -> None:
    held = loose(found).by_number()
    assert list(held) == sorted(found)
    assert held.numbers.tolist() == sorted(held.numbers.tolist())


@given(FOUND, COUNTS, COUNTS)
def test_the_best_are_those_that_would_come_first(found: list[Match], count: int, looked_at: int) -> None:
    held = loose(found)
    list(held[:looked_at])
    assert list(held.best(count)) == in_order(found)[:count]


@given(FOUND, COUNTS, st.sets(COUNTS))
def test_those_that_are_left_keep_their_order(found: list[Match], looked_at: int, chosen: set[int]) -> None:
    held = loose(found)
    list(held[:looked_at])
    kept = [at in chosen for at in range(len(found))]
    expected = in_order([match for match, is_kept in zip(found, kept, strict=True) if is_kept])
    assert list(held.only(np.array(kept, bool))) == expected


@given(FOUND, COUNTS)
def test_matches_put_behind_others_are_in_order_among_themselves(found: list[Match], count: int) -> None:
    held = loose(found)
    first, rest = held[:count], held.only(np.isin(held.unordered[0], held[:count].numbers, invert=True))
    assert list(rest.behind(first[::-1])) == [*in_order(found)[:count][::-1], *in_order(found)[count:]]


def test_matches_are_equal_to_those_that_say_the_same() -> None:
    assert Matches.of([Match("a", 1, 2.0)]) == [Match("a", 1, 2.0)]
    assert repr(Matches.of([Match("a", 1, 2.0)])) == "Matches([Match(document_id='a', ordinal=1, score=2.0)])"


def test_a_passage_is_followed_by_the_next_of_its_document_alone() -> None:
    rows = {"a": (0, 1, 3), "b": (0, 1)}
    with folder_in_memory() as folder:
        engine = WhooshEngine.create(folder)
        for name, ordinals in rows.items():
            held = tuple(PassageEntry(ordinal, text=terms("apple")) for ordinal in ordinals)
            engine.write([Entry(name, "f", b"", held)], ())
        found = engine.reader().search([Word("apple")], [], 10).matches
        followed = found.are_followed()[found.places(5)].tolist()
        told = {(match.document_id, match.ordinal): told for match, told in zip(found, followed, strict=True)}
    assert told == {("a", 0): True, ("a", 1): False, ("a", 3): False, ("b", 0): True, ("b", 1): False}


def test_neighbours_stand_behind_each_once_and_without_score() -> None:
    held = Matches.of([Match("a", 4, 2.0), Match("b", 3, 1.0), Match("a", 5, 0.5)]).with_neighbours()
    assert [(one.document_id, one.ordinal, one.score) for one in held] == [
        ("a", 4, 2.0), ("b", 3, 1.0), ("a", 5, 0.5), ("a", 3, 0.0), ("a", 6, 0.0), ("b", 2, 0.0), ("b", 4, 0.0),
    ]  # fmt: skip


@given(FOUND, st.data())
def test_documents_are_named_as_they_are_when_they_are_asked_for_anew(found: list[Match], data: st.DataObject) -> None:
    held = Matches.of([one._replace(ordinal=one.ordinal + 1) for one in found])  # each with one before it
    places = data.draw(st.lists(st.integers(0, len(found) - 1))) if found else []
    for one in (held, held.take(np.array(places, np.int64)), held.take(np.array(places, np.int64)).with_neighbours()):
        held.document_ids  # noqa: B018 - which those taken from it are told
        assert one.document_ids == Matches(one.numbers, one.scores, one._passages).document_ids


def test_those_that_overlap_are_told_by_their_places() -> None:
    held = Matches.of([Match("a", 4, 2.0), Match("b", 5, 1.0), Match("a", 3, 0.5), Match("a", 6, 0.5)])
    assert [places.tolist() for places in held.neighbours()] == [[2], [0]]


@given(FOUND)
def test_places_by_other_scores_are_in_the_same_order(found: list[Match]) -> None:
    others = np.array([-match.score for match in found])
    again = [match._replace(score=-match.score) for match in found]
    held = Matches.of(found)
    assert [again[at] for at in held.in_order_of(others).tolist()] == in_order(again)
