"""What text is whose lines an author has set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.read.blocks import Labelled
from indexer.read.preformatted import pieces


def told(text: str, kind: str = "prose", *, is_set: bool = True) -> list[tuple[str, str]]:
    found = pieces(Labelled(kind, AlignedText.of(text), 0), is_set=is_set)
    return [(one.kind, one.text.text) for one in found]


def test_lines_of_verse_stand_for_themselves() -> None:
    verse = "The tide comes in,\n    the tide goes out;\n\nThe sailors sing."
    assert told(verse) == [
        ("prose", "The tide comes in,"),
        ("prose", "    the tide goes out;"),
        ("prose", "The sailors sing."),
    ]


def test_long_lines_of_verse_begin_with_capitals() -> None:
    verse = "Of all the ships that left the harbour in the spring\nThe smallest was the first that came to sing\n" * 3
    assert len(told(verse)) == 6


def test_lines_that_were_broken_are_paragraphs() -> None:
    letter = (
        "Dear Sir, this is a letter that was broken into\nlines at a width of fifty characters or so, and\nit ends."
    )
    signed = "\n\nYours,\nAnn"
    assert told(letter + signed) == [("prose", letter), ("prose", "Yours,"), ("prose", "Ann")]


def test_an_item_begins_anew() -> None:
    text = (
        "They were shown what is left of the old harbour,\n- and all of the ships that had been built in it,\n- a map"
    )
    assert len(told(text)) == 3


def test_rows_of_a_table_have_cells() -> None:
    assert told("Station   Arrives   Departs\n-------   -------\nUlm       08:12     08:15\nMunich    09:40") == [
        ("columns", "Station\tArrives\tDeparts"),
        ("row", "Ulm\t08:12\t08:15"),
        ("row", "Munich\t09:40"),
    ]
    assert told("Ulm       Bonn\nLee       Ray") == [("row", "Ulm\tBonn"), ("row", "Lee\tRay")]


@pytest.mark.parametrize(
    "text", ["dose = 2\nif dose:\n    give(dose)", "| a | b |\n| 1 | 2 |", "# a comment\nlist.sort()"]
)
def test_what_has_signs_of_code_stands_line_by_line(text: str) -> None:
    assert told(text) == [("code", line) for line in text.split("\n")]


def test_code_that_says_so_stands_line_by_line() -> None:
    assert told("a\n\n  b", "code", is_set=False) == [("code", "a"), ("code", "  b")]


def test_code_is_not_further_to_the_right_than_its_leftmost_line() -> None:
    assert told("    a\n \n      b\n    c", "code", is_set=False) == [("code", "a"), ("code", "  b"), ("code", "c")]


def test_other_text_stays_whole() -> None:
    assert told("a\n\nb", is_set=False) == [("prose", "a\n\nb")]
    assert told("a\n\nb", "caption") == [("caption", "a\n\nb")]


@given(st.text("aB1 \n\t-.=", max_size=200))
def test_nothing_is_lost_but_rules(text: str) -> None:
    found = "".join(words for _, words in told(text)).split()
    assert "".join(found).replace("-", "").replace("=", "") == "".join(text.split()).replace("-", "").replace("=", "")


@pytest.mark.parametrize("text", ["Coffee   $3.50\nTea      $2.00", "Ann   ann@example.com\nBob   bob@example.com"])
def test_prices_and_addresses_are_no_code(text: str) -> None:
    assert [kind for kind, _ in told(text)] == ["row", "row"]


def test_wide_gaps_behind_sentences_part_no_cells() -> None:
    assert {kind for kind, _ in told("The price is low.   And so it is.\nThey sell it.   We buy it.")} == {"prose"}
