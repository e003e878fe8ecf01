"""The rules together, their order, and the time they take."""

import time

import pytest

from indexer.aligned import AlignedText
from indexer.clean import clean
from indexer.clean.repair import joined, repaired, spaced
from indexer.clean.steps import Steps
from tests.clean.extracts import kinds, plain


def space(text: str) -> str:
    return AlignedText.of(text).edit(spaced(text)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n\n one\ntwo \n\n\n\nthree\n", "one\n\ntwo\n\nthree"),
        ("• one\n\n• two\n1. three\nfour", "• one\n• two\n1. three\n\nfour"),
        ("one\n• two", "one\n\n• two"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_paragraphs_have_a_blank_line_between_them(text: str, expected: str) -> None:
    assert space(text) == expected
    assert space(expected) == expected


def test_a_clean_text_needs_no_edit() -> None:
    assert spaced("one\n\n• two\n• three\n\nfour") == []


def test_a_line_end_inside_a_word_is_edited_once() -> None:
    assert joined([(5, 7, "")], [(1, 2, " "), (6, 7, " "), (9, 10, " ")]) == [(1, 2, " "), (5, 7, ""), (9, 10, " ")]


def test_a_clean_text_is_returned_as_it_is() -> None:
    text = AlignedText.of("Tumors are rare.\n\nMost of them are benign.")
    assert repaired(text, "", Steps()) == text


def test_rules_work_on_what_other_rules_leave() -> None:
    text = (
        "The mechanism of the metasta-\n\nFig. 1. An image sho\nwing the tumor.\n\nses8) is not clear, and "
        "to our know-\nledge it is very rare3,10). The ﬁrst case was repor\nted by a physician of "
        "a hospital in an-\nother country."
    )
    assert repaired(AlignedText.of(text), "", Steps()).text == (
        "The mechanism of the metastases is not clear, and to our knowledge it is very rare. "
        "The first case was reported by a physician of a hospital in another country.\n\n"
        "Fig. 1. An image showing the tumor."
    )


def seconds(text: str) -> float:
    """Processor time that cleaning takes, the better of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        clean(plain(text))
        taken.append(time.process_time() - start)
    return min(taken)


LINE = "the tumor was homogenously well-enhanced and very rare3,10) in pa- tients (Fig. 1) of the T12-L2 appro-"
SHAPES = {
    "one paragraph of many lines": lambda size: "\n".join([LINE] * size),
    "one long line": lambda size: f"{LINE} " * size,
    "one long word": lambda size: "abcdefghij" * 10 * size,
    "many spaces": lambda size: "a" + " " * 100 * size + "b",
    "many line ends": lambda size: "a" + "\n" * 100 * size + "b",
    "many hyphens": lambda size: "ab-" * 30 * size,
    "many brackets": lambda size: "(" * 100 * size,
    "many digits": lambda size: "abc" + "1," * 50 * size,
    "many captions": lambda size: "the first part of it\n\nFig. 1. One.\n\nand so on it goes\n\n" * size,
    "many headings": lambda size: "Heading here\n\n" * 4 * size,
    "many names": lambda size: "Title\n\n" + "Ada Winter, " * 8 * size,
    "many marks": lambda size: "e\u0301" * 20 * size,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_text_takes_about_four_times_as_long(shape: str) -> None:
    """Quadratic time would be 16 times; small texts are measured coarsely, so .1 s is let pass."""
    make = SHAPES[shape]
    small, large = seconds(make(150)), seconds(make(600))
    assert large < 9 * small + 0.1


def test_a_long_paragraph_of_lines_is_one_paragraph() -> None:
    document = clean(plain("\n".join(["the tumor was rare and small and it was benign too"] * 2000)))
    assert kinds(document) == ["prose"]
