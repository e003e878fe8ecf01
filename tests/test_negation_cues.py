from __future__ import annotations

import re
from bisect import bisect_right

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.negation_cues import CUE, GOES_ON, MAY_START, SEVERAL, STARTS, beginnings, cues, near, signs

BEFORE = ["", "pain ", "it is ", "node's ", "İ ", "(x ", "was ", "the "]
AFTER = ["", ".", " in", " of them", ")"]


@given(st.sampled_from(BEFORE), st.from_regex(CUE, fullmatch=True), st.sampled_from(AFTER))
def test_every_cue_begins_near_a_sign_of_one(before: str, cue: str, after: str) -> None:
    text = before + cue + after
    starts = [found.start() for found in re.finditer(r"\S+", text)]
    places = near(np.array([signs(token)[0] for token in text.split()], np.int64)).tolist()
    for found in cues(text, beginnings(text), CUE):
        assert bisect_right(starts, found.start()) - 1 in places


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("No,", (STARTS, 0)),
        ("(not)", (STARTS | GOES_ON, 1)),
        ("is", (MAY_START, 0)),
        ("past", (STARTS | GOES_ON, 0)),
        ("s/p", (STARTS, 0)),
        ("and/or/no", (STARTS, 7)),
        ("is/are", (MAY_START | SEVERAL, 0)),
        ("node's", (0, 5)),
        ("disease-free", (STARTS, 7)),
        ("_-free", (STARTS, 1)),
        ("_no", (0, 0)),
        ("é", (GOES_ON, 0)),
        ("fever", (0, 0)),
        ("42", (0, 0)),
    ],
)
def test_signs_of_a_token(token: str, told: tuple[int, int]) -> None:
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
    assert near(np.array([signs(token)[0] for token in text.split()], np.int64)).tolist() == places
