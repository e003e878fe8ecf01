from __future__ import annotations

import re
from bisect import bisect_right

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.negation_cues import BEGINS, CUE, GOES_ON, MAY_BEGIN, beginnings, cues, near, signs

BEFORE = ["", "pain ", "it is ", "node's ", "İ ", "(x ", "was ", "the "]
AFTER = ["", ".", " in", " of them", ")"]


@given(st.sampled_from(BEFORE), st.from_regex(CUE, fullmatch=True), st.sampled_from(AFTER))
def test_every_cue_begins_near_a_sign_of_one(before: str, cue: str, after: str) -> None:
    text = before + cue + after
    starts = [found.start() for found in re.finditer(r"\S+", text)]
    places = near(np.array([signs(token) for token in text.split()], np.int64)).tolist()
    for found in cues(text, beginnings(text), CUE):
        assert bisect_right(starts, found.start()) - 1 in places


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("No,", BEGINS),
        ("(not)", BEGINS | GOES_ON),
        ("is", MAY_BEGIN),
        ("past", BEGINS | GOES_ON),
        ("s/p", BEGINS),
        ("node's", 0),
        ("disease-free", BEGINS),
        ("é", GOES_ON),
        ("fever", 0),
        ("42", 0),
    ],
)
def test_signs_of_a_token(token: str, told: int) -> None:
    assert signs(token) == told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", []),
        ("in the past", [0, 2]),
        ("in the very distant past", [4]),
        ("has been mostly ruled out", [0, 1, 3]),
        ("it is to be seen", []),
    ],
)
def test_a_common_word_begins_a_cue_when_another_goes_on(text: str, places: list[int]) -> None:
    assert near(np.array([signs(token) for token in text.split()], np.int64)).tolist() == places
