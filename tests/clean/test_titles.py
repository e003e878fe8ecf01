"""Titles cut in two, and titles repeated in every paragraph."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.clean.lines import filled_lines
from indexer.clean.titles import end_of_title, is_section, mended, uninjected

BODY = "A man presented with a tingling sensation in the saddle area.\nIt was benign."
TITLE = "The Many Kinds of Spinal Tumors"


def mend(text: str) -> str:
    return AlignedText.of(text).edit(mended(text, 62)).text


def remove(text: str, title: str = "") -> str:
    return AlignedText.of(text).edit(uninjected(text, title)).text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Intradural Metastasis of Small Cell", "Lung Cancer: A Case Report"),
        ("Surgery of the Spine in Patients with", "Metastases from the Lung"),
        ("Tumors of the Spine and", "Brain"),
    ],
)
def test_a_title_is_made_whole(first: str, second: str) -> None:
    for gap in ("\n", "\n\n", "\n\n  "):
        if second != "Brain":
            assert mend(f" {first}{gap}{second}\n{BODY}") == f" {first} {second}\n{BODY}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Intradural Metastasis of Small Cell", "John Q. Lindqvist and Maria Rossi"),
        ("Intradural Metastasis of Small Cell", "Introduction and Background"),
        ("Intradural Metastasis of Small Cell", "The patient came with back pain and went home."),
        ("Intradural Metastasis of Small Cell.", "Lung Cancer Report"),
        ("Small Cell", "Lung Cancer Report"),
        ("the patient came with back", "Lung Cancer Report"),
        ("• Intradural Metastasis of Small Cell", "Lung Cancer Report"),
        ("Fig. 1. Intradural Metastasis of Small", "Lung Cancer Report"),
    ],
    ids=["names", "section", "sentence", "ended", "short", "no title", "item", "caption"],
)
def test_other_first_lines_are_not_joined(first: str, second: str) -> None:
    text = f"{first}\n\n{second}\n{BODY}"
    assert mend(text) == text


def test_a_heading_with_a_blank_line_below_is_not_joined() -> None:
    text = f"Intradural Metastasis of Small Cell\n\nMaterials and Other Things\n\n{BODY}"
    assert mend(text) == text


def test_nothing_is_joined_where_lines_are_paragraphs() -> None:
    assert mended(f"Surgery of the\n\nSpine\n{BODY}", 0) == []


def test_the_end_of_a_title() -> None:
    assert end_of_title(f"{TITLE}\n{BODY}") == len(TITLE)


@pytest.mark.parametrize(
    "text", [TITLE, f"A man came with back pain and\n{BODY}", f"{TITLE} of\n{BODY}", f"{TITLE}\nand more"]
)
def test_what_has_no_title_has_no_end_of_one(text: str) -> None:
    assert end_of_title(text) == -1


@pytest.mark.parametrize("line", ["Abstract", "1. Introduction", "2 METHODS", "Results and discussion", "Summary:"])
def test_sections(line: str) -> None:
    assert is_section(line)


@pytest.mark.parametrize("line", ["Tumors of the spine", "Abstraction", "Methodical work", "1. Patients"])
def test_other_headings(line: str) -> None:
    assert not is_section(line)


def test_copies_at_both_ends_of_paragraphs_are_taken_away() -> None:
    text = f"{TITLE}\n{TITLE} Spinal tumors are growths in the canal.\n\nSurgery is often possible. {TITLE}\n"
    assert remove(text) == f"{TITLE}\nSpinal tumors are growths in the canal.\n\nSurgery is often possible.\n"


def test_the_title_may_stand_below_a_banner() -> None:
    body = f"{TITLE} Spinal tumors are growths in the canal.\n\nSurgery is often possible."
    text = f"We use cookies here on this site.\n\nMenu\n\n{TITLE}\n\n{body} {TITLE}"
    assert remove(text).count(TITLE) == 1


def test_the_given_title_is_taken_away_where_it_has_no_line_of_its_own() -> None:
    text = f"{TITLE} Spinal tumors are growths in the canal.\n\nSurgery is often possible. {TITLE}"
    assert remove(text, TITLE) == "Spinal tumors are growths in the canal.\n\nSurgery is often possible."


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n{TITLE} Spinal tumors are growths in the canal.\n\nSurgery is often possible.",
        f"{TITLE}\n{TITLE} was printed.\n\nIn {TITLE} you find it.\n\nRead {TITLE}",
        f"{TITLE}\n\n{TITLE}\n\n{TITLE}\n\nSurgery is often possible.",
        "Tumors\nTumors Spinal tumors are growths in the canal.\n\nSurgery is possible. Tumors",
        "It is rare.\nIt is rare. Spinal tumors are growths in it.\n\nSurgery is possible. It is rare.",
        "",
    ],
    ids=["once", "part of sentences", "alone in a line", "one word", "a sentence", "empty"],
)
def test_other_repetitions_stay(text: str) -> None:
    assert remove(text) == text


def test_overlapping_copies_do_not_make_overlapping_edits() -> None:
    text = f"{TITLE}\n{TITLE} {TITLE} {TITLE} A. {TITLE}\n{TITLE} One two three four five six. {TITLE}"
    starts = [edit[:2] for edit in uninjected(text)]
    assert all(end <= start for (_, end), (start, _) in pairwise(starts))


TITLE = "Tumors of the Spine"
PARTS = [TITLE, "\n", "\n\n", " ", ". ", "They grow slowly and are seldom found in time.", "Spine"]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join), st.sampled_from(["", TITLE]))
def test_copies_are_those_of_every_line(text: str, title: str) -> None:
    found = uninjected(text, title)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.clean.titles._places", lambda *_: [0] * 3)
        patch.setattr("indexer.clean.titles._lines_at", lambda text, _: filled_lines(text))
        assert uninjected.__wrapped__(text, title) == found
