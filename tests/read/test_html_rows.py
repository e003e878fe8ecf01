import pytest

from indexer.read.html_page import page

FARES = (("Adult single", "£11.40"), ("Child", "£5.70"), ("Bicycle", "free"))


def shown(html):
    """Name of the element and text of each stretch."""
    return [(stretch.element.name, stretch.text.text) for stretch in page(html, 1000).stretches]


def fares(outer, cell, rows=FARES):
    parts = ("".join(cell.format(text) for text in texts) for texts in rows)
    return "<div>" + "".join(outer.format(text) for text in parts) + "</div>"


@pytest.mark.parametrize(
    ("outer", "cell"),
    [
        ("<div>{}</div>", "<div>{}</div>"),
        ("<div class=row>{}</div>", "<p><span class=a>{}</span></p>"),
        ("<section>{}</section>", "<div><b>{}</b></div>"),
    ],
)
def test_several_rows_alike_are_rows(outer, cell):
    html = f"<p>Fares</p>{fares(outer, cell)}<p>Text.</p>"
    rows = [("tr", f"{left}\t{right}") for left, right in FARES]
    assert shown(html) == [("p", "Fares"), *rows, ("p", "Text.")]
    assert [stretch.is_first for stretch in page(html, 9).stretches] == [False, True, False, False, False]


@pytest.mark.parametrize(
    "html",
    [
        fares("<div>{}</div>", "<div>{}</div>", FARES[:2]),
        fares("<div>{}</div>", "<div>{}</div>", [*FARES[:2], ("Bicycle", "is", "free")]),
        fares("<div>{}</div>", "<div>{}</div>", [*FARES[:2], ("Bicycle", "is free of charge " * 5)]),
        fares("<div>{}</div>", "<div>{}</div>", [(left,) for left, _ in FARES]),
        fares("<div>{}</div>", "<h3>{}</h3>"),
        fares("<ul>{}</ul>", "<li>{}</li>"),
        fares("<div>{}</div>", "<button>{}</button>"),
        fares("<div>{}</div>", "<div>{}<br>each</div>"),
        fares("<div>{}</div>", "<p>{}</p>", [("LUCY", "Who is there?", "Say!")] * 3),
    ],
)
def test_what_is_no_row_stays_in_pieces(html):
    assert "tr" not in [name for name, _ in shown(html)]
    assert "\t" not in "".join(text for _, text in shown(html))


def test_rows_of_another_class_begin_anew():
    both = (fares(f"<div class={name}>{{}}</div>", "<p>{}</p>") for name in "ab")
    html = f"<div>{''.join(table.removeprefix('<div>').removesuffix('</div>') for table in both)}</div>"
    assert [stretch.is_first for stretch in page(html, 99).stretches] == [True, False, False] * 2


def test_every_word_has_its_place():
    html = fares("<div>{}</div>", "<div>{}</div>")
    text = page(html, 9).stretches[1].text
    assert [span.of(html) for span in text.sources(0, len(text))] == ["Child", "£5.70"]
