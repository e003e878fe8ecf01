"""Values between commas: cells, rows and heads, each with its place in the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadableSourceError
from indexer.read import delimited
from indexer.read.delimited import extracts
from tests.read.soundness import SOURCE, check_reading


def rows(content: str) -> list[tuple[str, str]]:
    """Kind and text of each row."""
    (extract,) = check_reading(extracts, content.encode())
    return [(block.kind, block.span.of(extract.text.text)) for block in extract.blocks]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_stand_under_the_heads_of_their_columns(delimiter: str) -> None:
    content = "Bat,Speed\nLeader,5.2\n\n,,\nNoctule,13.9\n".replace(",", delimiter)
    assert rows(content) == [("columns", "Bat\tSpeed"), ("row", "Leader\t5.2"), ("row", "Noctule\t13.9")]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"a, b","c ""d"""', 'a, b\tc "d"'),
        ('"one\r\ntwo",b', "one  two\tb"),
        (' "a" , b', "a\t b"),
        ('"a" b,5" pipe', '"a" b\t5" pipe'),
        ('"never closed,b', '"never closed\tb'),
        ('a""b,"x\ty"', 'a""b\tx y'),
        ("a\tb,c", "a b\tc"),
        (",b,,d,", "\tb\t\td"),
        ('"",b', "\tb"),
    ],
)
def test_cells(line: str, cells: str) -> None:
    assert rows(f"x,y,z,v,w\n{line}")[1:] == [("row", cells)]


@pytest.mark.parametrize("content", ["a,1\nb,2\n", "2019-11-20;x\n1;y", "Bat,Speed\n", "€ 5,x\ny,z"])
def test_a_first_row_with_values_or_alone_is_no_heads(content: str) -> None:
    assert {kind for kind, _ in rows(content)} == {"row"}


def test_each_table_of_a_sheet_has_its_own_heads_and_title() -> None:
    first = "Budget 2023,,\n,,\nDept,Q1,Q2\nSales,100,120\nR&D,80,\n"
    sheet = f"{first}\nHeadcount,,\nDept,2022 staff,2023 staff\nSales,10,12\n"
    assert rows(sheet) == [
        ("heading", "Budget 2023"),
        ("columns", "Dept\tQ1\tQ2"),
        ("row", "Sales\t100\t120"),
        ("row", "R&D\t80"),
        ("heading", "Headcount"),
        ("columns", "Dept\t2022 staff\t2023 staff"),
        ("row", "Sales\t10\t12"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "Town,Staff\nUlm,3\n\nNorth,\nOslo,2\n",
        "Town,Head\nUlm,Ann\n\nOslo,Bob\nBonn,Eve\n",
        "Town\nUlm\n\nOslo\n",
        "Name,Score\nAnn,12\n\nBob,absent\nCarl,9\nEve,8\n",
    ],
)
def test_a_table_goes_on_behind_an_empty_record(content: str) -> None:
    first, *others = (kind for kind, _ in rows(content))
    assert (first, set(others)) == ("columns", {"row"})


def test_places_are_those_of_the_file() -> None:
    content = 'Bat,Said\nLeader,"a ""wood"" bat"\n'
    (extract,) = extracts(content.encode(), SOURCE)
    at = extract.text.text.index("wood")
    assert extract.text.source(at, at + 4).of(content) == "wood"
    assert extract.blocks[0].level == 1


def test_tables_without_values_or_of_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableSourceError, match="no values"):
        extracts(b",,\n,", SOURCE)
    monkeypatch.setattr(delimited, "_MOST_ROWS", 2)
    with pytest.raises(UnreadableSourceError, match="over 2 rows"):
        extracts(b"a\nb\nc\n", SOURCE)


@given(st.text('a1,;\t"\n\r \u00e9', max_size=60))
def test_no_word_is_lost(content: str) -> None:
    read = "".join(extract.text.text for extract in check_reading(extracts, content.encode()))
    assert list(filter(str.isalnum, read)) == list(filter(str.isalnum, content))
