import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.letters import GROUP, groups_held

LETTERS = st.text("abcé日𝒜 ", max_size=12)


@given(texts=st.lists(LETTERS, max_size=4), words=st.lists(LETTERS, max_size=4))
def test_words_are_held_group_by_group(texts, words):
    groups = [[word[at : at + GROUP] for at in range(len(word) - GROUP + 1)] for word in words]
    expected = [[sum(one in text for one in held) / (len(held) or 1) for held in groups] for text in texts]
    found = groups_held(texts, words)
    assert found.shape == (len(texts), len(words))
    assert found.tolist() == [pytest.approx(row) for row in expected]


def test_case_does_not_count_and_texts_are_apart():
    assert groups_held(["PHOTOSYNTHETIC", "phot", "osynthesis"], ["Photosynthesis"]).T.tolist() == [
        [pytest.approx(8 / 11), pytest.approx(1 / 11), pytest.approx(7 / 11)]
    ]
