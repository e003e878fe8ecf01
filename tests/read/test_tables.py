from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.read.tables import LONGEST_CELL, Cell, Grid, Place, Rows, row


def places(*rows):
    """The row, column and number of rows of each cell, given what each says it takes."""
    grid, found = Grid(), []
    for spans in rows:
        grid.begin_row()
        found.append([tuple(grid.place(*span)) for span in spans])
    return found


def texts(*rows, heads=0):
    """The rows as text, given (text, columns, rows) of each cell."""
    grid, made, found = Grid(), Rows(), []
    for number, cells in enumerate(rows):
        grid.begin_row()
        placed = [Cell(grid.place(*spans), AlignedText.of(text)) for text, *spans in cells]
        found.append(made.text(placed, number, are_heads=number < heads).text)
    return found


def test_a_cell_stands_behind_those_before_it_and_beside_those_that_reach_down_from_above():
    assert places([("2", ""), ("", "2")], [(), (), ()]) == [[(0, 0, 1), (0, 2, 2)], [(1, 0, 1), (1, 1, 1), (1, 3, 1)]]
    assert places([("", "2"), ()], [()], [()]) == [[(0, 0, 2), (0, 1, 1)], [(1, 1, 1)], [(2, 0, 1)]]


def test_what_is_no_number_takes_one_place():
    assert places([("no", "-2"), ("0", "²"), ("99999", "")]) == [[(0, 0, 1), (0, 1, 1), (0, 2, 1)]]


def test_cells_beyond_the_hundredth_column_take_one_place_each():
    assert places([("9999", "9999"), ("9", "9"), ()]) == [[(0, 0, 9999), (0, 100, 1), (0, 101, 1)]]


def test_empty_cells_leave_a_tab_behind_which_the_others_stand():
    assert texts([("",), ("Dose",), ("",), ("Age",)]) == ["\tDose\t\tAge"]
    assert row(map(AlignedText.of, ["", " 7 ", ""])).text == "\t7"
    assert texts([("",)], []) == ["", ""]


def test_what_leads_several_rows_is_said_in_each_but_not_among_heads():
    found = texts([("Mice", "", "2"), ("male",), ("2 mg",)], [("female",), ("4 mg",)], [("Rats",), ("",), ("6 mg",)])
    assert found == ["Mice\tmale\t2 mg", "Mice\tfemale\t4 mg", "Rats\t\t6 mg"]
    assert texts([("Mice", "", "2"), ("Dose", "2")], [("low",), ("high",)], heads=2) == ["Mice\tDose", "\tlow\thigh"]


def test_what_stands_behind_a_cell_is_said_once():
    assert texts([("male",), ("2 mg", "", "2"), ("7",)], [("female",), ("9",)]) == ["male\t2 mg\t7", "female\t\t9"]


def test_what_would_make_every_row_long_is_said_once():
    long = "x" * (LONGEST_CELL + 1)
    assert texts([(long, "", "2"), ("a",)], [("b",)]) == [f"{long}\ta", "\tb"]


def test_a_cell_goes_on_where_the_row_itself_says_so():
    made = Rows()
    cells = [Cell(Place(0, column), AlignedText.of(text)) for column, text in enumerate(["Mice", "a"])]
    assert made.text(cells, 0).text == "Mice\ta"
    made.go_on(Place(1, 0))
    made.go_on(Place(1, 5))  # where no cell stands above
    assert made.text([Cell(Place(1, 1), AlignedText.of("b"))], 1).text == "Mice\tb"
    assert made.text([Cell(Place(2, 1), AlignedText.of("c"))], 2).text == "\tc"


spans = st.sampled_from(["", "1", "2", "3", "200"])


@given(st.lists(st.lists(st.tuples(spans, spans), max_size=4), max_size=6))
def test_no_cell_begins_where_another_stands(rows):
    taken = set()
    for cells, found in zip(rows, places(*rows), strict=True):
        for (top, column, height), (columns, _) in zip(found, cells, strict=True):
            wide = range(column, max(min(column + int(columns or 1), 100), column + 1))
            assert (top, column) not in taken
            taken |= {(down, across) for down in range(top, top + height) for across in wide}
