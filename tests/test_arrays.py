import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.arrays import holds, indices, members, narrow, numbers_of


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=9))
def test_the_members_of_groups_come_group_by_group(groups):
    starts, sizes = (np.array([group[at] for group in groups], np.int64) for at in (0, 1))
    assert members(starts, sizes).tolist() == [place for start, size in groups for place in range(start, start + size)]


@given(st.lists(st.integers(0, 1)))
def test_indices_are_where_an_array_is_true(told):
    assert indices(np.array(told, bool)).tolist() == [at for at, one in enumerate(told) if one]


@given(st.sets(st.integers(0, 20)), st.lists(st.integers(0, 20)))
def test_numbers_are_held_or_not(numbers, wanted):
    found = holds(np.array(sorted(numbers), np.int64), np.array(wanted, np.int64))
    assert found.tolist() == [number in numbers for number in wanted]


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-200, 200)), st.binary())
def test_narrow_numbers_come_back_from_behind_other_bytes(numbers, before):
    content = memoryview(before + narrow(np.array(numbers, np.int64)))
    assert numbers_of(content, len(numbers)).tolist() == numbers


@pytest.mark.parametrize(("content", "error"), [(b"", LookupError), (b"x9", LookupError), (b"abi2", ValueError)])
def test_what_are_no_numbers_is_told(content, error):
    with pytest.raises(error):
        numbers_of(memoryview(content), 2)
