import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import letters
from indexer.letters import GROUP, groups_held
from indexer.native import WORDS

LETTERS = st.text("abBcéİ日𝒜 \ud800", max_size=12)


@given(texts=st.lists(LETTERS, max_size=4), words=st.lists(LETTERS, max_size=4))
def test_words_are_held_group_by_group(texts, words):
    groups = [[word.lower()[at : at + GROUP] for at in range(len(word.lower()) - GROUP + 1)] for word in words]
    expected = [[sum(one in text.lower() for one in held) / (len(held) or 1) for held in groups] for text in texts]
    found = groups_held(texts, words)
    assert found.shape == (len(texts), len(words))
    assert found.tolist() == expected


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(texts=st.lists(LETTERS, max_size=4), words=st.lists(LETTERS, max_size=4))
def test_what_is_held_in_c_is_what_python_finds(texts, words):
    assert letters._in_c(texts, words).tolist() == letters._groups_held(texts, words).tolist()


def test_case_does_not_count_and_texts_are_apart():
    assert groups_held(["PHOTOSYNTHETIC", "phot", "osynthesis"], ["Photosynthesis"]).T.tolist() == [
        [8 / 11, 1 / 11, 7 / 11]
    ]
