"""Text whose format knows its blocks."""

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.clean import clean, structured
from indexer.records import Block, Extract, Source, Span
from tests.clean.extracts import blocked, kinds, paragraphs

LONG = "The patients of this group were seen again after a year, and most of"


def test_each_block_is_cleaned_and_keeps_its_kind() -> None:
    document = clean(
        blocked(
            [
                ("title", "Lumbar\n  Tumors"),
                ("heading", "ﬁrst  part"),
                ("prose", "The tumor was homo-\ngenously well-\nenhanced in every one\nof the images."),
                ("item", "• One"),
                ("item", "• Two"),
                ("columns", "\t Age\tPlace  of it"),
                ("row", "60 \t\n T12-L2\tﬁrst\nof all\t \n"),
                ("running", "Page 3"),
            ]
        )
    )
    assert paragraphs(document) == [
        ("title", "Lumbar Tumors"),
        ("heading", "first part"),
        ("prose", "The tumor was homogenously well-enhanced in every one of the images."),
        ("item", "• One"),
        ("item", "• Two"),
        ("columns", "\tAge\tPlace of it"),
        ("row", "60\tT12-L2\tfirst of all"),
        ("running", "Page 3"),
    ]
    assert document.text.text.count("\n\n") == 6
    assert document.title == "Lumbar Tumors"


def test_code_is_indented_as_it_was() -> None:
    told = [("code", "if  a:  "), ("code", "\n    b(\u00a01)\nc"), ("prose", "  It ends.")]
    document = clean(blocked(told))
    assert paragraphs(document) == [("code", "if a:"), ("code", "    b( 1) c"), ("prose", "It ends.")]


def test_levels_of_headings_stay() -> None:
    text = "Methods\n\nIt was simple."
    blocks = (Block(Span(0, 7), "heading", 2), Block(Span(9, 23), "prose"))
    document = clean(Extract(Source("a.html", "0" * 64), text, AlignedText.of(text), blocks=blocks))
    assert [block.level for block in document.blocks] == [2, 0]


def test_text_outside_all_blocks_is_prose() -> None:
    text = "Before it.\n\nMethods\n\nAfter it."
    blocks = (Block(Span(12, 19), "heading"),)
    document = clean(Extract(Source("a.html", "0" * 64), text, AlignedText.of(text), blocks=blocks))
    assert paragraphs(document) == [("prose", "Before it."), ("heading", "Methods"), ("prose", "After it.")]


def test_blocks_without_a_word_are_left_out() -> None:
    document = clean(blocked([("prose", " \u200b "), ("prose", "One."), ("item", "\xad")]))
    assert paragraphs(document) == [("prose", "One.")]
    assert clean(blocked([("prose", " ")])).blocks == ()


def test_every_character_keeps_its_place() -> None:
    extract = blocked([("prose", "a ﬁeld of appro-\nximately"), ("item", "• Two")])
    document = clean(extract)
    for word, source in (("field", "ﬁeld"), ("approximately", "appro-\nximately"), ("Two", "Two")):
        at = document.text.text.index(word)
        assert document.text.source(at, at + len(word)).of(extract.original) == source


@pytest.mark.parametrize("between", ["running", "footnote", "caption", "row"])
def test_a_paragraph_cut_by_what_stands_between_is_put_together(between: str) -> None:
    parts = [("prose", LONG), (between, "Something else"), ("prose", "them had no complaints.")]
    document = clean(blocked(parts, pages=[0]))
    assert paragraphs(document) == [("prose", f"{LONG} them had no complaints."), (between, "Something else")]


def test_a_paragraph_cut_by_a_page_is_put_together() -> None:
    parts = [("prose", LONG), ("prose", "them had no complaints."), ("prose", "New.")]
    assert kinds(clean(blocked(parts, pages=[0, 1]))) == ["prose", "prose"]
    assert kinds(clean(blocked(parts, pages=[0, 2]))) == ["prose", "prose", "prose"]


def test_a_word_cut_by_a_page_is_put_together() -> None:
    parts = [("prose", f"{LONG} the pa\x02"), ("running", "4"), ("prose", "tients had no complaints.")]
    assert paragraphs(clean(blocked(parts, pages=[0, 2])))[0] == ("prose", f"{LONG} the patients had no complaints.")


def test_an_item_goes_on_in_prose() -> None:
    parts = [("item", f"• {LONG}"), ("running", "4"), ("prose", "them had no complaints.")]
    assert paragraphs(clean(blocked(parts, pages=[0, 2])))[0] == ("item", f"• {LONG} them had no complaints.")


def test_a_paragraph_cut_again_and_again_is_put_together() -> None:
    parts = [("prose", LONG), ("running", "4"), ("prose", "them had no"), ("running", "5"), ("prose", "complaints.")]
    document = clean(blocked(parts, pages=[0, 2, 4]))
    assert [text for _, text in paragraphs(document)] == [f"{LONG} them had no complaints.", "4", "5"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("prose", "It was rare."), ("prose", "them had no complaints.")),
        (("prose", LONG), ("prose", "Them had no complaints.")),
        (("prose", LONG), ("item", "them had no complaints.")),
        (("heading", LONG), ("prose", "them had no complaints.")),
        (("prose", "Key points"), ("prose", "them had no complaints.")),
        (("prose", LONG), ("prose", "a) them had no complaints.")),
    ],
    ids=["ended", "capital", "item below", "heading above", "too short", "item below by its mark"],
)
def test_other_paragraphs_stay_apart(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert len(clean(blocked([first, ("running", "4"), second], pages=[0, 2])).blocks) == 3


def test_without_pages_paragraphs_are_as_their_author_made_them() -> None:
    parts = [("prose", "The energy of the mass is given by"), ("caption", "Fig. 1"), ("prose", "where the mass is m.")]
    assert len(clean(blocked(parts)).blocks) == 3


def test_the_title_of_the_format_is_taken_out_of_paragraphs() -> None:
    title = "The Many Kinds of Spinal Tumors"
    parts = [
        ("title", title),
        ("prose", f"{title} Spinal tumors are growths in the canal."),
        ("prose", f"It is. {title}"),
    ]
    document = clean(blocked(parts, title=title))
    assert [text for _, text in paragraphs(document)] == [title, "Spinal tumors are growths in the canal.", "It is."]


def test_glued_citations_are_taken_away() -> None:
    document = clean(blocked([("prose", "It is very rare3,10). So it is."), ("prose", "It is old7).")]))
    assert [text for _, text in paragraphs(document)] == ["It is very rare. So it is.", "It is old."]


def test_the_document_decides_about_hyphens_across_blocks() -> None:
    document = clean(blocked([("caption", "A time-series."), ("prose", "We fit a time-\nseries to it.")]))
    assert paragraphs(document)[1] == ("prose", "We fit a time-series to it.")


def test_a_hyphen_mark_at_the_end_of_a_block_is_a_hyphen() -> None:
    document = clean(blocked([("row", "pa\x02"), ("row", "tients")]))
    assert [text for _, text in paragraphs(document)] == ["pa-", "tients"]


def test_metadata_of_the_extract_is_kept() -> None:
    text = "It is rare."
    extract = Extract(
        Source("a.jsonl", "0" * 64, "17"),
        text,
        AlignedText.of(text),
        title="Tumors",
        authors=("A. Winter",),
        date="1997",
        url="https://example.org",
        blocks=(Block(Span(0, 11), "prose"),),
        pages=(Span(0, 11),),
    )
    document = clean(extract)
    assert (document.id, document.title, document.authors) == ("17", "Tumors", ("A. Winter",))
    assert (document.date, document.url, document.pages) == ("1997", "https://example.org", (Span(0, 11),))


def test_what_turns_out_to_be_no_item_has_blank_lines_around_it() -> None:
    document = clean(blocked([("item", "References"), ("item", "[1] A study."), ("item", "[2] Another one.")]))
    assert kinds(document) == ["heading", "references", "references"]
    assert document.text.text == "References\n\n[1] A study.\n\n[2] Another one."


@given(st.text("ab \t\n\u00a0\u00ad\u0301\u200d\ufb01é", max_size=12))
def test_a_row_left_whole_is_what_its_cells_would_make(row: str) -> None:
    aligned = AlignedText.of(row)
    with patch.object(structured, "_UNEVEN", re.compile("")):
        by_cells = structured._one_row(aligned)
    assert structured._one_row(aligned) == by_cells
