import pytest

from indexer.read.html_page import page


def shown(html):
    """Name of the element and text of each stretch."""
    return [(stretch.element.name, stretch.text.text) for stretch in page(html, 1000).stretches]


LONG = "A small colony of four or five frames. " * 10


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<dt>Nuc<dd>A small colony.<dt>Brood<dd>Young bees.", ["Nuc\tA small colony.", "Brood\tYoung bees."]),
        ("<div><dt>Nuc</dt><dd>A small colony.</dd></div>", ["Nuc\tA small colony."]),
        ("<dt>Smoker<dt>Fumigator<dd>A can with bellows.", ["Smoker, Fumigator\tA can with bellows."]),
        ("<dt>Authors<dd>Ann Lee<dd>Bo Ray", ["Authors\tAnn Lee\tBo Ray"]),
        ("<dt>Mite<dd><p>It feeds on larvae.<p>Treat in May.", ["Mite\tIt feeds on larvae. Treat in May."]),
        ("<dt><b>Nuc</b> (noun)<dd>A small <i>colony</i>.", ["Nuc (noun)\tA small colony."]),
        (
            "<dd>Words of bees.<dt>Nuc<dd>A small colony.<dt>Brood",
            ["\tWords of bees.", "Nuc\tA small colony.", "Brood"],
        ),
    ],
)
def test_a_term_and_what_is_said_of_it_are_a_row(html, rows):
    assert shown(f"<dl>{html}</dl>") == [("tr", row) for row in rows]


def test_the_first_term_begins_a_table():
    html = "<dl><dt>Nuc<dd>A small colony.<dt>Brood<dd>Young bees.</dl><dl><dt>Hive<dd>A box.</dl>"
    assert [stretch.is_first for stretch in page(html, 9).stretches] == [True, False, True]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<dt>Nuc<dd>{LONG}", [("h6", "Nuc"), ("dd", LONG.strip())]),
        ("<dt>What is a nuc?<dd>A colony.", [("h6", "What is a nuc?"), ("dd", "A colony.")]),
        ("<dt>run()<dt>go()<dd>Starts:<pre>x = 1</pre>", [("h6", "run(), go()"), ("dd", "Starts:"), ("pre", "x = 1")]),
        (
            "<dt>run()<dd>Starts.<dl><dt>Returns<dd>True</dl><p>Then ends.",
            [("h6", "run()"), ("dd", "Starts."), ("tr", "Returns\tTrue"), ("p", "Then ends.")],
        ),
        ("<dt>run()<dd><dl><dt>Returns<dd>True</dl>", [("h6", "run()"), ("tr", "Returns\tTrue")]),
    ],
)
def test_a_term_of_which_much_is_said_is_a_heading(html, expected):
    assert shown(f"<dl>{html}</dl>") == expected


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<dl><dt>[1]<dd>Lee A. Spine. 2019.</dl>", ["dt", "dd"]),
        ("<dl><dt>Nuc</dl>", ["dt"]),
        ("<dl><dd>A small colony.</dl>", ["dd"]),
        ("<dl><dt><h3>Nuc</h3><dd>A small colony.</dl>", ["h3", "dd"]),
        (f"<dl><dt>{LONG}<dd>A small colony.</dl>", ["dt", "dd"]),
        ("<ul><dt>Nuc<dd>A small colony.</ul>", ["dt", "dd"]),
    ],
)
def test_what_is_no_term_stays_as_it_is(html, names):
    assert [name for name, _ in shown(html)] == names


def test_every_word_has_its_place():
    html = "<dl><dt>Smoker</dt><dt>Fumigator</dt><dd>A can.</dd></dl>"
    text = page(html, 9).stretches[0].text
    assert [span.of(html) for span in text.sources(0, len(text))] == ["Smoker", "Fumigator", "A can."]
