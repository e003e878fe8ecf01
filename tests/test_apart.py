import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import apart as module
from indexer.apart import apart
from indexer.engines.matches import Matches
from indexer.native import KERNEL
from indexer.records import Match

KEYS = st.tuples(st.sampled_from("ab"), st.integers(0, 12))
SCORED = st.dictionaries(KEYS, st.integers(0, 4).map(float), max_size=20)
KERNELS = [None, pytest.param(KERNEL, marks=pytest.mark.skipif(KERNEL is None, reason="it is not built"))]


def left(matches, count):
    """What stays of matches, the slow way: one after another, unless a neighbour is there."""
    kept = []
    for match in matches:
        beside = {(match.document_id, match.ordinal - 1), (match.document_id, match.ordinal + 1)}
        if len(kept) < count or not beside & set(kept):
            kept.append((match.document_id, match.ordinal))
    return kept[count:]


@pytest.mark.parametrize("kernel", KERNELS, ids=["numpy", "c"])
@given(SCORED, st.integers(0, 20))
def test_of_overlapping_matches_the_better_one_stays_and_of_equals_the_left_one(kernel, scored, count):
    matches = [Match(*key, score) for key, score in sorted(scored.items(), key=lambda item: (-item[1], item[0]))]
    count = min(count, len(matches))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "KERNEL", kernel)
        found = apart(Matches.of(matches), count)
    assert [(match.document_id, match.ordinal) for match in found] == left(matches, count)


@given(SCORED, st.integers(0, 20))
def test_a_third_of_the_matches_stays_but_for_what_the_first_overlap(scored, count):
    matches = [Match(*key, score) for key, score in sorted(scored.items(), key=lambda item: (-item[1], item[0]))]
    found = apart(Matches.of(matches), min(count, len(matches)))
    assert 3 * len(found) >= len(matches) - 3 * count


@pytest.mark.parametrize("kernel", KERNELS, ids=["numpy", "c"])
def test_the_first_stay_however_little_they_score(kernel, monkeypatch):
    monkeypatch.setattr(module, "KERNEL", kernel)
    matches = Matches.of([Match("a", 1, 1.0), Match("a", 2, 1.0), Match("a", 0, 9.0), Match("a", 4, 9.0)])
    assert [match.ordinal for match in apart(matches, 2)] == [4]
