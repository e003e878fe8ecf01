from __future__ import annotations

import pytest

from tests.read.pdf_writer import Text, across, bold, column, read
from tests.read.soundness import blocks

LEFT = (
    "The drug lowered the pressure of nine patients in ten, and of those none had to be taken back into care "
    "within a year of the treatment which they were given."
)
RIGHT = (
    "What the others had in common was age: all of them were older than seventy when the trial began, and most "
    "of them were smokers of long standing."
)
WIDE = (
    "This report says how two hundred patients fared who were given a new drug against high pressure of the "
    "blood in the arteries, and what the doctors who treated them think of it, some years later and with the "
    "benefit of hindsight."
)


def prose(*texts: Text) -> list[str]:
    """The blocks of a page, each on one line."""
    return [text.replace("\n", " ") for _, text in blocks(read(texts))]


def test_the_left_column_is_read_before_the_right_one() -> None:
    assert prose(*column(54, 600, LEFT), *column(318, 600, RIGHT)) == [LEFT, RIGHT]


def test_columns_written_line_by_line_across_the_gutter_are_told_apart() -> None:
    assert prose(*across(column(54, 600, LEFT), column(318, 600, RIGHT))) == [LEFT, RIGHT]


def test_columns_written_right_first_are_read_from_the_left() -> None:
    assert prose(*column(318, 600, RIGHT), *column(54, 600, LEFT)) == [LEFT, RIGHT]


def test_columns_whose_lines_do_not_stand_level() -> None:
    assert prose(*across(column(54, 600, LEFT), column(318, 595, RIGHT))) == [LEFT, RIGHT]


def test_three_columns() -> None:
    thirds = [column(x, 600, text, 26) for x, text in ((54, LEFT), (228, RIGHT), (402, LEFT.upper()))]
    assert prose(*across(*thirds)) == [LEFT, RIGHT, LEFT.upper()]


def test_what_spans_both_columns_is_read_where_it_stands() -> None:
    above, below = column(54, 720, WIDE, 84), column(54, 500, "Below: " + WIDE, 84)
    found = prose(*above, *column(54, 640, LEFT), *column(318, 640, RIGHT), *below)
    assert found == [WIDE, LEFT, RIGHT, "Below: " + WIDE]


def test_the_short_last_line_of_a_spanning_paragraph_stays_with_it() -> None:
    above = next(
        lines for lines in (column(54, 720, WIDE, width) for width in range(84, 50, -1)) if len(lines[-1].string) < 35
    )
    assert prose(*above, *column(54, 660, LEFT), *column(318, 660, RIGHT))[0] == WIDE


def test_columns_of_unlike_length() -> None:
    assert prose(*column(54, 640, LEFT + " " + RIGHT), *column(318, 640, RIGHT)) == [LEFT + " " + RIGHT, RIGHT]


def test_text_beside_a_figure_is_not_mixed_with_its_labels() -> None:
    labels = [Text(80, 590 - 15 * at, str(at / 10), 6, "Helvetica") for at in range(8)]
    found = blocks(read([*column(54, 640, WIDE, 84), *across(labels, column(250, 595, LEFT + " " + RIGHT, 50))]))
    assert [text.replace("\n", " ") for kind, text in found if kind == "prose"] == [WIDE, LEFT + " " + RIGHT]
    assert all(kind in ("prose", "other") for kind, _ in found)


@pytest.mark.parametrize("gap", [60, 140])
def test_a_table_is_read_row_by_row(gap: int) -> None:
    rows = [("Samples", "Dose"), ("Saline", "0.28"), ("Lupeol", "2.17"), ("Extract", "2.77"), ("Fraction", "2.46")]
    texts = [
        text
        for at, (name, dose) in enumerate(rows)
        for text in (Text(100, 600 - 12 * at, name), Text(100 + 50 + gap, 600 - 12 * at, dose))
    ]
    found = blocks(read([*column(54, 700, WIDE, 84), *texts]))
    assert [text for _, text in found[1:]] == [f"{name}\t{dose}" for name, dose in rows]
    assert [kind for kind, _ in found[1:]] == ["columns", *["row"] * (len(rows) - 1)]


def test_a_numbered_list_is_not_two_columns() -> None:
    items = ["The first thing to do is to look.", "The second thing is to listen.", "The third is to wait a while."]
    numbers = [Text(54, 600 - 12 * at, f"{at + 1}.") for at in range(3)]
    texts = [Text(84, 600 - 12 * at, item) for at, item in enumerate(items)]
    assert prose(*across(numbers, texts)) == [
        f"{at} {item}" for at, item in zip(("1.", "2.", "3."), items, strict=True)
    ]


def test_wide_spaces_of_a_justified_line_are_no_gutter() -> None:
    lines = column(54, 600, WIDE, 60)
    stretched = [lines[0]]
    words = lines[1].string.split()
    step = (360 - 6 * len("".join(words))) / (len(words) - 1)
    x = 54.0
    for word in words:
        stretched.append(Text(x, lines[1].y, word))
        x += 6 * len(word) + step
    assert prose(*stretched, *lines[2:]) == [WIDE]


def test_a_heading_over_columns_comes_first() -> None:
    found = prose(bold(200, 700, "Results of the trial", 14), *across(column(54, 660, LEFT), column(318, 660, RIGHT)))
    assert found == ["Results of the trial", LEFT, RIGHT]
