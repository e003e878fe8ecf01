"""Styles of Word documents: what they say, in the languages and by the programs that write them."""

import pytest

from indexer.read.docx_styles import Kind, Styles, value
from indexer.read.xml_tree import Element, parse


def style(name: str, ident: str, inside: str = "") -> str:
    """A paragraph style."""
    return f'<style styleId="{ident}"><name val="{name}"/>{inside}</style>'


def properties(inside: str) -> Element:
    """The properties of a paragraph."""
    return parse(f"<pPr>{inside}</pPr>", "x.docx")


def kind(name: str, *styles: str) -> Kind:
    """What a paragraph of a style is."""
    found = Styles(parse(f"<styles>{''.join(styles)}</styles>", "x.docx"))
    return found.kind(properties(f'<pStyle val="{name}"/>'))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("heading 1", Kind("heading", 1)),
        ("Heading 4", Kind("heading", 4)),
        ("Title", Kind("title")),
        ("caption", Kind("caption")),
        ("List Bullet", Kind("item")),
        ("List Number 2", Kind("item")),
        ("List Paragraph", Kind("prose")),
        ("footnote text", Kind("footnote")),
        ("endnote text", Kind("footnote")),
        ("Bibliography", Kind("references")),
        ("toc 3", Kind("other")),
        ("TOC Heading", Kind("other")),
        ("table of figures", Kind("other")),
        ("header", Kind("running")),
        ("Author", Kind("author")),
        ("Body Text", Kind("prose")),
        ("Heading", Kind("prose")),
        ("Title page note", Kind("prose")),
        ("Subheading 1", Kind("prose")),
    ],
)
def test_names_of_styles(name: str, expected: Kind) -> None:
    assert kind("s", style(name, "s")) == expected


@pytest.mark.parametrize(
    ("ident", "expected"),
    [
        ("Heading1", Kind("heading", 1)),
        ("ListBullet2", Kind("item")),
        ("Title", Kind("title")),
        ("FootnoteText", Kind("footnote")),
        ("Normal", Kind("prose")),
        ("", Kind("prose")),
    ],
)
def test_a_document_without_styles_has_their_identifiers(ident: str, expected: Kind) -> None:
    assert Styles(None).kind(properties(f'<pStyle val="{ident}"/>')) == expected


def test_no_properties_at_all() -> None:
    assert Styles(None).kind(None) == Kind()
    assert Styles(None).kind(properties("")) == Kind()


def test_what_a_style_is_based_on() -> None:
    base = style("heading 2", "b", '<pPr><outlineLvl val="1"/></pPr>')
    assert kind("s", base, style("Chapter", "s", '<basedOn val="b"/>')) == Kind("heading", 2)
    body = style("Chapter", "s", '<basedOn val="b"/><pPr><outlineLvl val="9"/></pPr>')
    assert kind("s", style("Anything", "b", '<pPr><outlineLvl val="1"/></pPr>'), body) == Kind("prose")
    chain = [style("Base", "s0")] + [style(f"Level {n}", f"s{n}", f'<basedOn val="s{n - 1}"/>') for n in range(1, 30)]
    assert kind("s29", *chain) == Kind("prose")


def test_the_outline_level_of_a_paragraph_comes_first() -> None:
    found = Styles(parse(f"<styles>{style('heading 1', 's')}</styles>", "x.docx"))
    assert found.kind(properties('<pStyle val="s"/><outlineLvl val="3"/>')) == Kind("heading", 4)


def test_numbers_make_items_of_text_but_not_of_headings() -> None:
    numbered = '<numPr><ilvl val="0"/><numId val="2"/></numPr>'
    assert Styles(None).kind(properties(numbered)) == Kind("item")
    assert Styles(None).kind(properties(f'<pStyle val="Heading1"/>{numbered}')) == Kind("heading", 1)
    in_style = style("Steps", "s", f"<pPr>{numbered}</pPr>")
    assert kind("s", in_style) == Kind("item")
    none = Styles(parse(f"<styles>{in_style}</styles>", "x.docx"))
    assert none.kind(properties('<pStyle val="s"/><numPr><numId val="0"/></numPr>')) == Kind("prose")
    assert Styles(None).kind(properties("<numPr/>")) == Kind("prose")


def test_values() -> None:
    assert value(properties('<jc val="left"/>'), "jc") == "left"
    assert value(properties("<jc/>"), "jc") == ""
    assert value(properties(""), "jc") == ""
    assert value(None, "jc") == ""
