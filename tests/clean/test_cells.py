"""Gaps that part cells, and gaps that part none."""

import pytest

from indexer.aligned import AlignedText
from indexer.clean import clean
from indexer.clean.cells import ROW, closed
from tests.clean.extracts import kinds, paragraphs, plain

FILLER = "The spine has many bones, and every one of them can be the place of a tumor."


@pytest.mark.parametrize("row", ["One\t60\tT12-L2", "Request for Comments: 866\tISI", "Five\tRules\tMay", "0\t1\t2"])
def test_cells_stay_apart(row: str) -> None:
    assert closed(f"{FILLER}\n{row}\n{FILLER}") == []


@pytest.mark.parametrize(
    "line",
    ["1.\tIntroduction", "Appendix A.\tChanges", "2.1\tPatients", "Chapter IV\tSigns", "•\tPain",
     "It grew.\tSigns of it", "It grew\tin all of them.", "a\t" * ROW],
)  # fmt: skip
def test_other_gaps_are_spaces(line: str) -> None:
    assert AlignedText.of(line).edit(closed(line)).text == line.replace("\t", " ")


def test_rows_are_no_headings() -> None:
    table = "Sizes\n\nRegion   Vertebrae\n\nThoracic    12\n\nLumbar      Five\n\n"
    document = clean(plain(f"On the spine\n\n{FILLER}\n\n{table}{FILLER}\n\n2.1    Patients\n\n{FILLER}\n"))
    assert kinds(document) == ["title", "prose", "heading", "row", "row", "row", "prose", "heading", "prose"]
    assert paragraphs(document)[3:5] == [("row", "Region\tVertebrae"), ("row", "Thoracic\t12")]
