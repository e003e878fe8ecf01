"""What a document says about its own words."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clean.evidence import Evidence
from indexer.records import Span

TEXT = """
The time-series is long. Each Time-Series has a time stamp, and timestamps are whole numbers. The timestamp of PubMed
is short. Signal-to-noise ratios were low. The timestamp-based rule and the time-series-based rule agree.
"""


def test_words_and_pairs_are_counted() -> None:
    counts = Evidence(TEXT).folded
    assert counts["time-series"] == 3
    assert counts["timestamp"] == 2
    assert (counts["signal-to"], counts["to-noise"], counts["noise"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("time", "series", False),
        ("time", "stamp", True),
        ("Time", "stamp", True),
        ("over", "time", None),
        ("Pub", "Med", True),
        ("pub", "Med", None),
        ("TIME", "SERIES", False),
    ],
)
def test_the_more_frequent_spelling_wins(left: str, right: str, joined: bool | None) -> None:
    assert Evidence(TEXT).joined_wins(left, right) is joined


def test_the_list_and_the_document_know_words() -> None:
    evidence = Evidence("The leptomeninges were spared.")
    assert evidence.knows("leptomeninges")
    assert evidence.knows("tumor")
    assert not evidence.knows("metasta")


def test_words_that_a_line_s_end_may_have_cut_are_not_counted() -> None:
    text = "A time-series, a time-se-\nries."
    evidence = Evidence(text, [Span(text.index("time-se-"), len(text) - 1)])
    words = ("time", "series", "time-series", "time-se", "ries", "a")
    assert [evidence.folded[word] for word in words] == [1, 1, 1, 0, 0, 2]
    assert evidence.spelled("Time") == 0
    assert evidence.spelled("a") == 1


def test_counting_waits_until_it_is_asked_for() -> None:
    evidence = Evidence(TEXT)
    assert evidence.knows("tumor")
    assert "folded" not in evidence.__dict__
    assert evidence.knows("PubMed")
    assert "folded" in evidence.__dict__


@given(st.lists(st.sampled_from(["well-made", "made-up", "well", "Well", "a-b-c", "b-c", "x1-y", "-", "é-é", "É"])))
def test_counts_are_those_of_each_word_on_its_own(words: list[str]) -> None:
    expected: Counter[str] = Counter()
    for compound in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(words)):
        parts = compound.split("-")
        expected.update(parts + ["-".join(pair) for pair in pairwise(parts)])
    folded = sum((Counter({word.lower(): n}) for word, n in expected.items()), Counter[str]())
    evidence = Evidence(" ".join(words))
    asked = {*expected, *folded, "", "-", "well-", "x1", "a-b-c", "cord"}
    assert {word: evidence.spelled(word) for word in asked} == {word: expected[word] for word in asked}
    assert {word: evidence.folded[word] for word in asked} == {word: folded[word] for word in asked}
