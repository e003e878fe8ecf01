"""Subtitles: what is said, each line once, with its place in the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read.subtitles import extracts
from tests.read.soundness import check_reading

FIRST = "1\n00:00:01,000 --> 00:00:04,000\nMost of them are found\n"
CUE = "00:01.000 --> 00:02.000"


def said(content: str) -> list[str]:
    """The paragraphs of a file."""
    (extract,) = check_reading(extracts, content.encode())
    return [block.span.of(extract.text.text) for block in extract.blocks]


def timed(*cues: tuple[str, str, str]) -> str:
    return "\n\n".join(f"00:{start} --> 00:{end}\n{words}" for start, end, words in cues)


def test_a_sentence_goes_on_in_the_next_cue() -> None:
    assert said(f"{FIRST}\n2\n00:00:04,100 --> 00:00:06,000\nin the spine,\nor near it.\n") == [
        "Most of them are found in the spine, or near it."
    ]


def test_line_ends_of_another_system() -> None:
    content = f"{FIRST}\n2\n00:00:04,100 --> 00:00:06,000\nin the spine.\n".replace("\n", "\r\n")
    assert said(content) == ["Most of them are found in the spine."]


def test_numbers_of_cues_are_left_out_without_empty_lines_too_and_those_said_are_kept() -> None:
    assert said(f"{FIRST}2\n00:00:04,100 --> 00:00:06,000\n1984\nwas the year.\n") == [
        "Most of them are found 1984 was the year."
    ]


@pytest.mark.parametrize(
    ("first", "gap", "parts"),
    [("It is rare.", "02.500", 1), ("It is rare.", "03.000", 2), ("It is", "03.000", 1), ("It is", "07.000", 2)],
)
def test_a_pause_ends_a_paragraph(first: str, gap: str, parts: int) -> None:
    assert len(said(timed(("01.000", "02.000", first), (gap, "09.000", "Then more.")))) == parts


def test_another_speaker_begins_a_paragraph() -> None:
    assert said(timed(("01.000", "02.000", "- How are they treated?\n- By surgery,\nmostly."))) == [
        "- How are they treated?",
        "- By surgery, mostly.",
    ]
    voices = (
        ("01.000", "02.000", "<v.loud Ann Lee>It came back,"),
        ("02.000", "03.000", "<v Ann Lee>twice.</v>\n<v Bob>Oh."),
    )
    assert said("WEBVTT\n\n" + timed(*voices)) == ["Ann Lee: It came back, twice.", "Bob: Oh."]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("<i>Most</i> of them", "Most of them"),
        ("{\\an8}Most of them", "Most of them"),
        ("Most<00:00:00.500><c.yellow> of</c> them", "Most of them"),
        ("cord &amp; spine", "cord & spine"),
        ("a < b and c > d", "a < b and c > d"),
        ("R&D of tumors", "R&D of tumors"),
    ],
)
def test_marks_are_no_words(line: str, words: str) -> None:
    assert said(f"{CUE} align:start position:0%\n{line}") == [words]


def test_what_is_not_shown_is_left_out() -> None:
    head = "WEBVTT - Lecture 4\nKind: captions\n\nNOTE made\nin May\n\nSTYLE\n::cue {}"
    content = f"{head}\n\nintro\n{CUE}\nIt is rare.\n\nNOTE end"
    assert said(content) == ["It is rare."]
    (extract,) = check_reading(extracts, content.encode())
    assert (extract.title, extract.guessed) == ("Lecture 4", ("title",))


def test_captions_that_roll_up_are_read_once_and_what_is_said_again_is_kept() -> None:
    rolling = (
        ("01.000", "02.000", "welcome"),
        ("02.000", "03.000", "welcome\nto the spine"),
        ("03.000", "04.000", "to the spine"),
    )
    assert said(timed(*rolling)) == ["welcome to the spine"]
    assert said(timed(("01.000", "02.000", "No."), ("02.500", "03.000", "No."))) == ["No. No."]


def test_what_another_says_in_the_same_words_is_kept() -> None:
    asked = timed(
        ("01.000", "02.000", "Do you love me?\nNo."), ("02.000", "03.000", "No."), ("03.000", "05.000", "7\n7")
    )
    assert said(asked) == ["Do you love me? No. No. 7 7"]


def test_what_looks_like_a_number_of_a_cue_a_note_or_a_tag_is_kept_where_it_is_said() -> None:
    cues = timed(("01.000", "02.000", "It begins in"), ("02.000", "03.000", "10"), ("03.000", "04.000", "a<b and b>c"))
    assert said(f"WEBVTT\n\n{cues}") == ["It begins in 10 a<b and b>c"]
    assert said(f"{FIRST}\nNOTE that.\n") == ["Most of them are found NOTE that."]


def test_a_file_without_times_is_plain_text() -> None:
    assert said("WEBVTT\n\nNothing here.") == []


@given(st.text("1:0, ->\n\r<v>&aNOTE", max_size=120))
def test_any_text_is_read(content: str) -> None:
    said(f"{FIRST}{content}")
