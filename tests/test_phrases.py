import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.native import WORDS
from indexer.phrases import HELD, NOT_HELD, NOT_TOLD, Phrases

IN_C = pytest.mark.skipif(not WORDS, reason="no compiler was there")
LISTED = Phrases("due to|led to|allow*|un+|e.g|because")
PIECES = [
    "due",
    "to",
    "led",
    "allow",
    "un",
    "e.g",
    "because",
    "s",
    "_",
    "1",
    " ",
    "\n",
    ".",
    "É",
    "ſ",
    "İ",
    "\ud800",
    "Due TO",
]


def found(text):
    """Whether the pattern finds any of them."""
    return bool(re.search(LISTED.pattern, text.lower()))


@pytest.mark.parametrize(
    ("text", "is_held"),
    [
        ("It was due to rain", True),
        ("DUE TO rain", True),
        ("due  to rain", False),
        ("undue", True),
        ("un", False),
        ("It allows it", True),
        ("allow", True),
        ("it is swallowed", False),
        ("because_of", False),
        ("e.g. this", True),
        ("be.g", False),
        ("just because", True),
        ("it was due", False),
        ("", False),
    ],
)
def test_words_and_phrases_are_found_whole_or_by_their_beginnings(text, is_held):
    assert found(text) == is_held
    assert LISTED.held([text]).tolist() == [is_held if WORDS else NOT_TOLD]


@IN_C
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), max_size=5))
def test_what_is_told_in_c_is_what_the_pattern_finds(texts):
    told = LISTED.held(texts).tolist()
    assert [one for one in told if one != NOT_TOLD] == [
        found(text) for text, one in zip(texts, told, strict=True) if one != NOT_TOLD
    ]
    assert NOT_TOLD not in [one for one, text in zip(told, texts, strict=True) if text.isascii()]


@IN_C
@pytest.mark.parametrize(
    ("text", "told"), [("becauseé", NOT_TOLD), ("allowé", HELD), ("é because", NOT_TOLD), ("because é", HELD)]
)
def test_other_letters_than_those_of_ascii_leave_it_to_the_pattern(text, told):
    assert LISTED.held([text]).tolist() == [told]


def test_without_phrases_nothing_is_held():
    assert Phrases("").held(["a", "because"]).tolist() == [NOT_HELD, NOT_HELD]
    assert not Phrases("").pattern


@IN_C
@pytest.mark.parametrize("lines", [b"a", b"due to\n\nbecause", b"x*", b"\n".join([b"because"] * 251)])
def test_phrases_that_cannot_be_looked_for_are_refused(lines):
    with pytest.raises(ValueError, match="too many or too short"):
        WORDS.phrases(("because",), lines)


@IN_C
def test_what_is_no_text_is_refused():
    with pytest.raises(TypeError):
        WORDS.phrases(("because", b"because"), b"because")
