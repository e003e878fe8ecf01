"""Captions and running heads taken out of the sentences they interrupt."""

import pytest

from indexer.aligned import AlignedText
from indexer.clean.captions import out_of_sentences
from indexer.records import Span


def move(text: str) -> str:
    return out_of_sentences(AlignedText.of(text)).text


def test_a_caption_moves_behind_the_paragraph() -> None:
    text = "Removal of the tumor via\n\nFig. 1. A photograph.\n\nlaminotomy was done.\n\nIt went well."
    assert move(text) == "Removal of the tumor via laminotomy was done.\n\nFig. 1. A photograph.\n\nIt went well."


def test_a_caption_in_the_same_stanza_moves() -> None:
    text = "Removal of the tumor via\n Fig. 1. A photo-\ngraph.\n\nlaminotomy was done."
    assert move(text) == "Removal of the tumor via laminotomy was done.\n\n Fig. 1. A photo-\ngraph."


def test_several_captions_move_together() -> None:
    text = "Removal of the tumor via\n\nFig. 1. One.\n\nTable 2. Two.\n\nlaminotomy was done."
    assert move(text) == "Removal of the tumor via laminotomy was done.\n\nFig. 1. One.\n\nTable 2. Two."


def test_a_paragraph_interrupted_twice_is_put_together() -> None:
    text = "The first of the parts\n\nFig. 1. One.\n\ngoes on in the second\n\nFig. 2. Two.\n\nand ends in the third."
    expected = "The first of the parts goes on in the second and ends in the third.\n\nFig. 1. One.\n\nFig. 2. Two."
    assert move(text) == expected


def test_a_broken_word_keeps_its_line_end() -> None:
    text = "The tumor was re-\n\nFig. 1. One.\n\nmoved by the surgeon."
    assert move(text) == "The tumor was re-\nmoved by the surgeon.\n\nFig. 1. One."


def test_moved_text_keeps_its_place_in_the_source() -> None:
    text = "Removal of the tumor via\n\nFig. 1. One.\n\nlaminotomy was done."
    moved = out_of_sentences(AlignedText.of(text))
    for words in ("Removal of the tumor via", "laminotomy was done.", "Fig. 1. One."):
        at = moved.text.index(words)
        start = text.index(words)
        assert moved.sources(at, at + len(words)) == (Span(start, start + len(words)),)


@pytest.mark.parametrize(
    "text",
    [
        "The tumor was removed.\n\nFig. 1. One.\n\nthe patient left.",
        "The tumor was removed by\n\nFig. 1. One.\n\nThe patient left.",
        "Key points\n\nFig. 1. One.\n\nthe patient left.",
        "The tumor is shown in\n\nFig. 1. It was removed.\n\nand the patient left.",
        "Fig. 1. One.\n\nthe patient left.",
        "The tumor was removed by\n\nFig. 1. One.",
        "No caption is here.\n\nNone.",
        "",
    ],
    ids=["sentence ends", "next starts", "heading", "pointed at", "first", "last", "none", "empty"],
)
def test_captions_elsewhere_stay(text: str) -> None:
    assert move(text) == text


@pytest.mark.parametrize("head", ["Journal of Spines, page {}", "{} Spines", "Ärzteblatt {}", "٣{} Spines", "# {}"])
def test_a_line_that_interrupts_twice_is_a_running_head(head: str) -> None:
    first, second = head.format(4), head.format(5)
    text = (
        f"The first page ends in the\n\n{first}\n\n"
        f"middle of the sentence and the\n\n{second}\n\nsecond one does it too."
    )
    whole = "The first page ends in the middle of the sentence and the second one does it too."
    assert move(text) == f"{whole}\n\n{first}\n\n{second}"


def test_a_page_foot_and_the_next_head_move_together() -> None:
    text = (
        "The first page ends in the\n\n4\n\nJournal of Spines\n\nmiddle of the sentence and the\n\n"
        "5\n\nJournal of Spines\n\nsecond one does it too."
    )
    assert move(text).startswith(
        "The first page ends in the middle of the sentence and the second one does it too.\n\n4"
    )


@pytest.mark.parametrize(
    "text",
    [
        "The first page ends in the\n\nJournal of Spines, page 4\n\nmiddle of the sentence.",
        "The list of symptoms has\n\nHeadache\n\nfever and chills\n\nNausea\n\nand some others too.",
        "The first case is a man\n\nCase 1\n\nThe man was old.\n\nCase 2\n\nThe woman was not.",
    ],
    ids=["once", "different lines", "between sentences"],
)
def test_short_lines_elsewhere_stay(text: str) -> None:
    assert move(text) == text


def test_more_short_lines_than_a_page_s_foot_and_head_are_a_table() -> None:
    heads = "\n\n".join(["Newton [Page 5]", "RFC 4414", "June 2006"])
    long = "This sentence is longer than any running head is, and so it is none, and what stands below it is the"
    text = f"{long}\n\n{heads}\n\nrest of it.\n\n{long}\n\n{heads}\n\nend."
    assert move(text) == f"{long} rest of it.\n\n{heads}\n\n{long} end.\n\n{heads}"
    table = text.replace("June 2006", "June 2006\n\nOctober 2006")
    assert move(table) == table
