import pytest

from indexer.read.html_page import page


def texts(html):
    return [stretch.text.text for stretch in page(html, 1000).stretches]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<table><tr><th>Dose<th>Age<tr><td>2 mg<td>7</table>", ["Dose\tAge", "2 mg\t7"]),
        ("<table><tr><td><p>2 mg</p></td><td><span>7</span></td></tr></table>", ["2 mg\t7"]),
        ("<table><tr><td>2 mg</td><td></td><td>7</td></tr></table>", ["2 mg\t\t7"]),
        ("<table><tr><td colspan=2>2 mg</td><td>7</td></tr></table>", ["2 mg\t\t7"]),
        ("<table><tr><td colspan=no>2 mg</td><td>7</td></tr></table>", ["2 mg\t7"]),
        ("<table><tr><td>alone</td></tr></table>", ["alone"]),
        ("<table><tr><td>menu</td><td><p>one</p><p>two</p></td></tr></table>", ["menu", "one", "two"]),
        (f"<table><tr><td>menu</td><td>{'word ' * 100}</td></tr></table>", ["menu", ("word " * 100).strip()]),
        ("<table><tr><td>a<td>b</table><table><tr><td>c<td>d</table>", ["a\tb", "c\td"]),
        ("<table><tr><td><th>Dose<th>Age<tr><td>Mice<td>2 mg<td>7</table>", ["\tDose\tAge", "Mice\t2 mg\t7"]),
        ("<table><tr><td rowspan=2>Mice<td>2 mg<tr><td>4 mg</table>", ["Mice\t2 mg", "Mice\t4 mg"]),
        ("<table><tr><td>a<td>b<tr><td><p>one</p><p>two</p><td>c</table>", ["a\tb", "one two\tc"]),
        ("<table><tr><td>a<td>b<tr><td colspan=2>group<tr><td>c<td>d</table>", ["a\tb", "group", "c\td"]),
        ("<table><tr><td>menu<td>b<tr><td><h2>News</h2><td>c</table>", ["menu\tb", "News", "c"]),
        ("<tr><td>a<td>b", ["a\tb"]),
    ],
)
def test_the_cells_of_a_row_are_one_stretch_unless_they_lay_out_the_page(html, expected):
    assert texts(html) == expected


@pytest.mark.parametrize(
    ("html", "heads"),
    [
        ("<tr><td><b>Dose</b><td><strong><i>Age</i></strong><tr><td><b>2 mg</b><td><b>7</b>", [True, False]),
        ("<tr><td><b>Dose</b> of all<td><b>Age</b><tr><td>2 mg<td>7", [False, False]),
        ("<tr><td><b>Dose</b><td><b>Age</b>", [False]),
        ("<tr><th>Dose<th>Age<tr><th colspan=2>Mice<tr><td>2 mg<td>7", [True, False, False]),
        ("<thead><tr><th><th>Dose</thead><tr><td>Mice<td>2 mg", [True, False]),
    ],
)
def test_heads_are_named_so_or_the_first_row_in_bold(html, heads):
    assert [stretch.is_head for stretch in page(f"<table>{html}</table>", 9).stretches] == heads


def test_the_tabs_of_a_row_stand_for_nothing():
    html = "<table><tr><td>2 mg</td><td>7</td></tr></table>"
    text = page(html, 9).stretches[0].text
    assert [span.of(html) for span in text.sources(0, len(text))] == ["2 mg", "7"]


def test_the_first_row_of_a_table_says_so():
    row = "<tr><td>a<td>b"
    inner = f"<tr><td>a<td><table>{row}{row}</table>"
    found = page(f"<table>{row}{row}</table><table>{row}{inner}{row}</table>", 100).stretches
    assert [(one.text.text, one.is_first) for one in found if "\t" in one.text.text] == [
        ("a\tb", True),
        ("a\tb", False),
        ("a\tb", True),
        ("a\tb", True),
        ("a\tb", False),
        ("a\tb", True),
    ]
