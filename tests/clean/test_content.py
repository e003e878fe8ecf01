"""The words that a text is about, and in which parts of it they stand."""

import re
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.clean.content import _STOP, Content
from indexer.clean.cues import DISCLOSURE
from indexer.records import Span

TEXT = "The tumor of the cord.\n\nTUMORS and the tumor, a cyst."


def test_stop_words_and_short_ones_are_about_nothing() -> None:
    content = Content(TEXT)
    assert len(content.words(0, 22)) == 2
    assert len(content.words(22, len(TEXT))) == 3
    assert len(content.words(0, 22) & content.words(22, len(TEXT))) == 1


def test_of_each_word_the_first_and_the_last_part_are_known() -> None:
    first, last = Content(TEXT).spread(np.array([0, 24]))
    assert sorted(zip(first.tolist(), last.tolist(), strict=True))[-4:] == [(1, 1), (1, 2), (2, 2), (2, 2)]


def test_words_outside_some_stretches_stand_elsewhere() -> None:
    content = Content(TEXT)
    assert content.words_outside([Span(0, 22)]) == content.words(22, len(TEXT))
    assert content.words_outside([]) == content.words(0, len(TEXT))


def test_parts_without_a_word_of_the_cue_are_not_looked_at() -> None:
    text = "It grew.\nIt was received twice: received.\nIt fell."
    assert Content(text).parts(DISCLOSURE, np.array([0, 9, 43])) == {1}


WORDS = st.lists(
    st.sampled_from(["Tumor", "tumor", "the", "CORD", "don’t", "naïve", "café", "x-ray", "İzmir", "a", "12mm", "脊髓"])
)


@given(st.lists(WORDS.map(" ".join), max_size=4))
def test_words_are_those_of_each_part(parts: list[str]) -> None:
    text = "\n".join(parts)
    starts = [sum(len(part) + 1 for part in parts[:at]) for at in range(len(parts))]
    every = [set(re.findall(r"[^\W\d_]+", part.replace("İ", "i").lower())) - _STOP for part in parts]
    expected = [{word for word in words if re.search("[a-z]{3}", word)} for words in every]
    content = Content(text)
    found = [content.words(start, start + len(part)) for start, part in zip(starts, parts, strict=True)]
    assert list(map(len, found)) == list(map(len, expected))
    spread = zip(*(each.tolist() for each in content.spread(np.array(starts, np.int64))), strict=True)
    holding = [[at for at, part in enumerate(expected, 1) if word in part] for word in set[str]().union(*expected)]
    assert Counter(pair for pair in spread if pair != (0, 0)) == Counter((held[0], held[-1]) for held in holding)
