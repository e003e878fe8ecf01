from __future__ import annotations

import pytest

from tests.read.pdf_writer import Text, bold, column, paragraphs, read
from tests.read.soundness import blocks

PROSE = (
    "The drug lowered the pressure of nine patients in ten, and of those none had to be taken back into care "
    "within a year of the treatment which they were given by their doctors, nor were they seen again."
)
OTHER = (
    "Why the tenth patient was not helped is not known, though age may have had a part in it, or the diet that "
    "all of those who lived at home could choose for themselves."
)
CAPTION = "Fig. 1. The pressure of the blood over a year."


def halves(prose: str, x: float, y: float, x2: float, y2: float) -> list[Text]:
    """Prose whose second half is somewhere else."""
    lines = column(x, y, prose)
    cut = len(lines) // 2
    moved = [line._replace(x=x2, y=y2 - 12 * at) for at, line in enumerate(lines[cut:])]
    return lines[:cut] + moved


def kinds(*pages: list[Text]) -> list[tuple[str, str]]:
    """Kind and text of the blocks, each on one line."""
    return [(kind, text.replace("\n", " ")) for kind, text in blocks(read(*pages))]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    page = [*column(54, 700, OTHER), *halves(PROSE, 54, 560, 318, 700), *column(318, 600, OTHER)]
    assert kinds(page) == [("prose", OTHER), ("prose", PROSE), ("prose", OTHER)]


def test_a_paragraph_goes_on_behind_a_caption() -> None:
    lines = halves(PROSE, 54, 700, 54, 560)
    assert kinds([*lines, *column(54, 610, CAPTION, size=8)]) == [("prose", PROSE), ("caption", CAPTION)]


def test_a_number_goes_on_behind_a_full_line() -> None:
    text = "The blood was taken from all of them after 24 hours of rest, and was seen to be without any fault."
    lines = column(54, 700, text, 42)
    assert lines[1].string.startswith("24 hours")
    moved = [line._replace(y=line.y - 60) for line in lines[1:]]
    assert kinds([lines[0], *column(54, 670, CAPTION, size=8), *moved]) == [("prose", text), ("caption", CAPTION)]


def test_notes_under_a_table_do_not_stand_in_the_way() -> None:
    note = "Note: The values are means over all of the patients who took part in the trial."
    page = [*halves(PROSE, 54, 700, 54, 560), *column(54, 650, CAPTION, size=8), *column(54, 620, note, 60, 8)]
    assert ("prose", PROSE) in kinds(page)


def test_a_paragraph_goes_on_behind_a_table() -> None:
    rows = [("Samples", "Dose"), ("Saline", "0.28"), ("Lupeol", "2.17"), ("Extract", "2.77")]
    cells = [
        Text(x, 640 - 12 * at, cell) for at, row in enumerate(rows) for x, cell in zip((54, 200), row, strict=True)
    ]
    found = kinds([*halves(PROSE, 54, 700, 54, 560), *cells])
    assert found == [("prose", PROSE), ("columns", "Samples\tDose"), *(("row", "\t".join(row)) for row in rows[1:])]


def test_a_paragraph_goes_on_behind_a_footnote_and_a_page_end() -> None:
    first, second = column(54, 700, PROSE)[:3], column(54, 700, PROSE)[3:]
    note = Text(54, 60, "1 Department of Surgery, Calgary, Canada", 7)
    assert kinds([*column(54, 780, OTHER), *first, note], [*second, *column(54, 400, OTHER)]) == [
        ("prose", OTHER),
        ("prose", PROSE),
        ("footnote", "1 Department of Surgery, Calgary, Canada"),
        ("prose", OTHER),
    ]


def test_a_capital_goes_on_too_where_the_line_is_full_and_not_indented() -> None:
    text = "The trial was led by two doctors and was paid for in part by the house of Wellcome Trust in the north."
    sets = (column(54, 700, text, width) for width in range(34, 60))
    lines = next(lines for lines in sets if any(line.string.startswith("Wellcome") for line in lines[1:]))
    at = next(at for at, line in enumerate(lines) if line.string.startswith("Wellcome"))
    full = lines[:at] if len(lines[at - 1].string) + 1 >= max(len(line.string) for line in lines) else []
    assert kinds(full, lines[at:]) == [("prose", text)]


def test_a_sentence_that_ended_is_not_joined_where_paragraphs_are_not_indented() -> None:
    assert kinds(column(54, 700, PROSE), column(54, 700, OTHER)) == [("prose", PROSE), ("prose", OTHER)]


def test_where_paragraphs_are_indented_a_page_may_end_with_a_sentence() -> None:
    first = paragraphs(54, 700, PROSE, OTHER, PROSE)
    full = "The whole of them were asked once more by|letter, and most of the people said yes.|"
    more = "That was more than had been hoped for, given that all of them were old and far from home."
    last = column(54, first[-1].y - 12, "..." + full, 41)
    last[0] = last[0]._replace(x=72, string=last[0].string[3:])
    assert last[-1].string == "letter, and most of the people said yes."
    found = kinds([*first, *last], [*column(54, 700, more), *paragraphs(54, 600, OTHER, OTHER)])
    assert found[3] == ("prose", full.replace("|", " ") + more)


def test_a_foot_of_one_page_is_not_taken_into_the_sentence() -> None:
    first, second = column(54, 300, PROSE)[:3], column(54, 700, PROSE)[3:]
    foot = Text(54, 60, "Macros for an article")
    assert ("prose", PROSE) in kinds([*column(54, 780, OTHER), *first, foot], [*second, *column(54, 400, OTHER)])


def test_a_heading_between_parts() -> None:
    lines = column(54, 700, PROSE)
    page = [*lines[:2], bold(54, 640, "Methods"), *column(54, 600, "of " + OTHER)]
    assert [kind for kind, _ in kinds(page)] == ["prose", "heading", "prose"]


def test_text_of_another_size_does_not_go_on() -> None:
    lines = column(54, 700, PROSE)
    small = column(54, 500, "and so on in small type, which is not what stood above it at all.", size=8)
    page = [*column(54, 780, OTHER), *lines[:3], *small, *column(54, 400, OTHER), *column(54, 320, OTHER)]
    assert [kind for kind, _ in kinds(page)].count("prose") == 5


def test_an_item_goes_on_over_a_page_but_not_into_the_next_item() -> None:
    items = ["1. " + PROSE, "2. " + OTHER]
    first, second = (column(54, 700, item) for item in items)
    assert kinds(
        [*column(54, 780, OTHER, 70), *column(54, 740, "1. A first item of the list."), *second[:2]],
        [*second[2:], *column(54, 500, "3. " + OTHER)],
    )[1:] == [("item", "1. A first item of the list."), ("item", items[1]), ("item", "3. " + OTHER)]
    assert len(first) > 2


def test_a_numbered_reference_goes_on_in_the_next_column() -> None:
    entries = [
        f"{at}. Kudsk KA, Fabian TC: Silent vein thrombosis in trauma patients. Am J Surg {1980 + at}."
        for at in (1, 2, 3)
    ]
    page = [*column(54, 780, PROSE, 80), bold(54, 700, "References"), *column(54, 680, entries[0], 38, 8, 10)]
    page += [*column(54, 640, entries[1], 38, 8, 10)[:1]]
    page += [line._replace(x=318, y=line.y + 60) for line in column(54, 640, entries[1], 38, 8, 10)[1:]]
    page += column(318, 650, entries[2], 38, 8, 10)
    assert kinds(page)[2:] == [("references", entry) for entry in entries]


def test_a_formula_stays_in_its_sentence() -> None:
    page = [*column(54, 700, "The energy of a body at rest is given by"), Text(100, 676, "E = m c2, (1)")]
    page += column(54, 652, "where m is the mass and c the speed of light, as is known to all who read this.")
    assert kinds(page) == [
        (
            "prose",
            "The energy of a body at rest is given by E = m c2, (1) "
            "where m is the mass and c the speed of light, as is known to all who read this.",
        )
    ]


def test_a_formula_on_its_own_is_no_text() -> None:
    page = [*column(54, 700, PROSE), Text(100, 600, "x + y = 3 z - 4 (2)"), *column(54, 500, OTHER)]
    assert kinds(page) == [("prose", PROSE), ("other", "x + y = 3 z - 4 (2)"), ("prose", OTHER)]


@pytest.mark.parametrize("between", [1, 3])
def test_a_page_of_figures_may_stand_between_but_not_a_chapter(between: int) -> None:
    lines = column(54, 700, PROSE)
    figures = [column(54, 400, CAPTION.replace("1", str(at)), size=8) for at in range(between)]
    prose = [text for kind, text in kinds(lines[:3], *figures, lines[3:]) if kind == "prose"]
    assert (prose == [PROSE]) is (between == 1)
