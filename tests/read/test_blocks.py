"""Labelled stretches, put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.read.blocks import Labelled, assembled, is_label, joined
from indexer.records import Block, Span

SOURCE = "  Heading 1.  One two. Item a Item b  "
WHOLE = AlignedText.of(SOURCE)


def test_blank_lines_between_blocks_but_not_between_items() -> None:
    text, blocks = assembled(
        [
            Labelled("heading", WHOLE[0:14], 1),
            Labelled("prose", WHOLE[12:23]),
            Labelled("prose", WHOLE[0:2]),
            Labelled("item", WHOLE[23:30]),
            Labelled("item", WHOLE[30:]),
            Labelled("prose", WHOLE[14:17]),
        ]
    )
    assert text.text == "Heading 1.\n\nOne two.\n\nItem a\nItem b\n\nOne"
    assert blocks[0] == Block(Span(0, 10), "heading", 1)
    assert [block.span.of(text.text) for block in blocks[2:]] == ["Item a", "Item b", "One"]
    assert [text.source(block.span.start, block.span.end).of(SOURCE) for block in blocks[1:3]] == ["One two.", "Item a"]


def test_nothing_but_white_space() -> None:
    assert assembled([Labelled("prose", WHOLE[0:2])]) == (AlignedText.of(""), ())
    assert WHOLE[0:2].stripped().text == ""


def test_joined_leaves_out_what_has_no_word() -> None:
    row = joined([WHOLE[0:9], WHOLE[0:1], WHOLE[12:18]], "\t")
    assert row.text == "Heading\tOne"
    assert [span.of(SOURCE) for span in row.sources(0, len(row))] == ["Heading", "One"]
    assert joined([], " ") == AlignedText.of("")


@given(st.lists(st.tuples(st.sampled_from(["prose", "item", "row"]), st.text(" a\n", max_size=5))))
def test_blocks_hold_every_character_but_white_space(stretches: list[tuple[str, str]]) -> None:
    text, blocks = assembled(Labelled(kind, AlignedText.of(words)) for kind, words in stretches)
    inside = [block.span.of(text.text) for block in blocks]
    assert inside == [words.strip() for _, words in stretches if words.strip()]
    assert [len(span) for span in (block.span for block in blocks)] == [len(words) for words in inside]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fig. 1.", True),
        ("Figure 12b", True),
        ("TABLE IV", True),
        ("Supplementary Table S3:", True),
        ("Abb. 2", True),
        ("Table of contents", False),
        ("Fig. 1. A scan", False),
        ("Box 1", False),
    ],
)
def test_the_number_of_a_figure_alone_is_its_label(text: str, expected: bool) -> None:
    assert is_label(text) is expected
