"""Lines broken by a typesetter, and lines that are paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.clean.layout import ends_open, ends_sentence, starts_lower
from indexer.clean.linebreaks import (
    _belongs,
    _is_cut,
    _is_heading,
    _starts_anew,
    closed_up,
    over_blank_lines,
    refolded,
    width,
)
from indexer.clean.lines import Lines

COLUMN = """Metastatic spine tumors are classified according to
their distribution. Most of them occur in the space
outside the dura, whereas those inside it are rare.
Perrin and colleagues reported that only a few of
their consecutive cases were of that kind."""


def refold(text: str) -> str:
    return AlignedText.of(text).edit(refolded(text, width(text))).text


def mend(text: str, wide: int = 0) -> str:
    return AlignedText.of(text).edit(over_blank_lines(text, wide)).text


def close(text: str) -> str:
    return AlignedText.of(text).edit(closed_up(text)).text


SIX = COLUMN.replace("\n", "\n\n") + "\n\n\n\nOne more case has been seen since then."


def test_blank_lines_after_every_line_go_and_those_between_paragraphs_stay() -> None:
    assert close(SIX) == COLUMN + "\n\n\n\nOne more case has been seen since then."


@pytest.mark.parametrize(
    "text",
    [
        COLUMN,
        "The spine is long.\n\n" * 7,
        "apples and pears\n\n" * 7,
        COLUMN.replace("\n", "\n\n"),
        "\n\n".join(f"{COLUMN}" for _ in range(7)),
    ],
    ids=["single", "sentences", "short lines", "too few to tell", "paragraphs"],
)
def test_blank_lines_that_part_something_stay(text: str) -> None:
    assert close(text) == text


def test_the_width_of_a_column() -> None:
    assert width(COLUMN) == 51


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line",
        "Tumors are rare.\nMost of them are benign.\nThe cord is spared.",
        "spine\nspinal cord\nspinal canal\nspinal nerve\nvertebra\nvertebral body",
        "• the first of the items in this list\n• the second of the items in it\n• the third of them",
        "a) the first of the items in this list\nb) the second of the items in it\nc) the third of them",
        "That floats on high o'er vales and hills,\nWhen all at once I saw a crowd,\nA host, of golden daffodils;",
        "The words are in lines.\n"
        + "they are much wider than a column of any page could be, " * 4
        + "\nso they stay.",
        "tumor_size = 3\nfor each in tumors:\n    print(each)\n    count += 1;\nreturn count;",
    ],
    ids=["empty", "one line", "sentences", "short lines", "bullets", "letters", "verse", "wide lines", "code"],
)
def test_lines_that_are_paragraphs_have_no_width(text: str) -> None:
    assert width(text) == 0
    assert refold(text) == text


def test_hyphens_at_line_ends_show_a_column() -> None:
    assert width(
        "The patients were described by Brown-\nSequard and by the doctors of Saint-\nDenis, in the year 1850."
    )


def test_a_column_becomes_one_line() -> None:
    assert refold(COLUMN) == COLUMN.replace("\n", " ")


def test_refolding_moves_no_character() -> None:
    edited = AlignedText.of(COLUMN).edit(refolded(COLUMN, width(COLUMN)))
    assert edited.runs == ((len(COLUMN), 0, len(COLUMN)),)


@pytest.mark.parametrize(
    "second",
    [
        "• The first item of a list that follows it",
        "1. The first item of a list with numbers",
        "Fig. 1. A photograph of the tumor, arrow",
        "   An indented line that starts the next paragraph",
    ],
    ids=["bullet", "number", "caption", "indent"],
)
def test_what_starts_anew_keeps_its_line(second: str) -> None:
    text = f"{COLUMN}\n{second}"
    assert refold(text).splitlines()[1] == second


def test_a_short_line_before_a_capital_ends_a_paragraph() -> None:
    text = f"{COLUMN}\nIntroduction\nThe cord is a part of the nervous system and it is\nspared by most tumors."
    assert refold(text).splitlines()[1:] == [
        "Introduction",
        "The cord is a part of the nervous system and it is spared by most tumors.",
    ]


def test_a_number_that_does_not_count_on_is_no_item() -> None:
    text = COLUMN.replace("kind.", "kind, in the year") + "\n7. of the study"
    assert refold(text).endswith("in the year 7. of the study")


def test_numbers_that_count_on_are_items() -> None:
    text = (
        f"{COLUMN}\n1. Smith J, Jones K. Tumors of the spine and brain.\nSpine 2003.\n2. Meier A. Surgery of the cord."
    )
    assert refold(text).splitlines()[1:] == [
        "1. Smith J, Jones K. Tumors of the spine and brain. Spine 2003.",
        "2. Meier A. Surgery of the cord.",
    ]


def test_a_wide_stanza_in_a_narrow_text_is_refolded_too() -> None:
    wide = "The patient underwent laminotomy because of the margin, and then Intradural\n(IDEM) tumors were seen."
    text = f"{wide}\n\n{COLUMN}\n\n{COLUMN}"
    assert refold(text).splitlines()[0] == wide.replace("\n", " ")


def test_a_title_keeps_its_line() -> None:
    text = f"Metastatic Tumors of the Spine in Very Young Children\n{COLUMN}"
    assert refold(text).splitlines()[0] == "Metastatic Tumors of the Spine in Very Young Children"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it is rare. The only\n\none case was seen", "it is rare. The only one case was seen"),
        ("tomography of the body (PET)\n\n  revealed masses", "tomography of the body (PET) revealed masses"),
        ("in the lymph-\n\nnodes of it", "in the lymph-\nnodes of it"),
        ("in the lymph\ufffe\n\nnodes of it", "in the lymph\ufffe\nnodes of it"),
    ],
)
def test_a_sentence_goes_on_below_a_blank_line(text: str, expected: str) -> None:
    assert mend(text, wide=60) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It is rare.\n\none case was seen",
        "It is rare here\n\nOne case was seen",
        "Key points\n\none of them",
        "it is very rare\n\n• one case was seen",
        "it is very rare\n\na) one case was seen",
        "Fig. 1. A photograph of\n\nthe tumor",
        "it was found in\n\nmRNA of the cell",
        "the address is this\n\nhttps://example.org",
        "THE KEEPER'S YEAR\n\nby Ada Morwen\n\nI. January",
    ],
)
def test_other_blank_lines_stay(text: str) -> None:
    assert mend(text, wide=60) == text


LONG = "The patients of this group were seen again after a year, and most of"


def test_where_lines_are_paragraphs_only_whole_prose_is_mended() -> None:
    assert mend(f"{LONG}\n\nthem had no complaints.") == f"{LONG} them had no complaints."


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}\n\nthem had no complaints",
        "Symptoms of the spine\n\nback pain at night.",
        "avoid lifting heavy weights for at least six weeks after the surgery of\n\nyour spine.",
    ],
    ids=["no end mark", "short", "starts in lower case"],
)
def test_where_lines_are_paragraphs_lists_stay(text: str) -> None:
    assert mend(text) == text


PIECES = st.sampled_from(
    [
        "The tumor of the spine was",
        "seen,",
        "seen by",
        " and ",
        "of the",
        "No.",
        "\n",
        "\n\n",
        "\n \n",
        "  ",
        "1. ",
        "é",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from([0, 60]))
def test_no_sentence_over_a_blank_line_is_passed_over(text: str, wide: int) -> None:
    lines = Lines(text)
    cut = [lines.ends[at - 1] for at in range(1, len(lines)) if lines.tops[at] and _is_cut(lines, at, wide)]
    assert [start for start, _, _ in over_blank_lines(text, wide)] == cut


LINES = st.lists(
    st.sampled_from(["in", "a", "of,", "Fig. 1.", "x)", "-", "http:", "www.", "a@b", "Seen.", "é", " "])
).map(" ".join)


@given(LINES, LINES.filter(lambda line: Lines(line).plain.any()), LINES, st.sampled_from([0, 3]))
def test_a_plain_line_goes_on_whatever_stands_above(before: str, after: str, below: str, number: int) -> None:
    ended = ends_sentence(before)
    assert not _starts_anew(before, after, number, 0, ended=ended)
    assert not _is_heading(after, below, 60)
    assert _belongs(before, after, 60, ended=ended)


@given(LINES, LINES.filter(str.strip), st.sampled_from([0, 3]))
def test_a_line_goes_on_below_a_long_one_that_ends_no_sentence(before: str, after: str, number: int) -> None:
    long = "Of all " * 6 + before + "of"
    lines = Lines(f"{long}\n{after}")
    if not lines.numbered[1] and not lines.captions[1]:
        assert not _starts_anew(long, after, number, 0, ended=False)
        assert _belongs(long, after, 60, ended=False)


@given(LINES.filter(str.strip), LINES.filter(str.strip), st.sampled_from([0, 3]))
def test_below_a_short_line_only_some_lines_go_on(before: str, after: str, number: int) -> None:
    lines = Lines(f"{before}\n{after}")
    if not lines.ended[0] and not lines.numbered[1] and not lines.captions[1]:
        goes_on = starts_lower(after) or ends_open(before)
        assert _belongs(before, after, 2 * len(before), ended=False) == goes_on
        assert not _starts_anew(before, after, number, 0, ended=False)
        assert lines.small[1] or lines.open[0] or not goes_on
