"""Paragraphs of Word documents, part by part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read.docx_text import goes_on, paragraph
from indexer.read.xml_tree import Element, parse


def p(inside: str) -> Element:
    """A paragraph."""
    return parse(f"<p>{inside}</p>", "x.docx")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("", ""),
        ("<r><t>One</t></r><r><t> two</t></r>", "One two"),
        ("white space between runs\n <r><t>says</t></r> \n<r><t>nothing</t></r>", "saysnothing"),
        ("<bookmarkStart/><r><t>a</t></r><bookmarkEnd/><proofErr/><r><lastRenderedPageBreak/><t>b</t></r>", "ab"),
        ("<r><t>see</t><footnoteReference id='1'/><endnoteReference id='2'/><t>.</t></r>", "see."),
        ("<r><t>a</t><commentReference id='1'/><annotationRef/></r>", "a"),
        ("<fldSimple instr='DATE'><r><t>1 May</t></r></fldSimple>", "1 May"),
        ("<smartTag><r><t>Basel</t></r></smartTag>", "Basel"),
        ("<r><ruby><rt><r><t>kana</t></r></rt><rubyBase><r><t>kanji</t></r></rubyBase></ruby></r>", "kanji"),
        ("<ins><ins><r><t>twice</t></r></ins></ins>", "twice"),
        ("<ins><del><r><delText>in and out</delText></r></del></ins>", ""),
        ("<r><drawing><docPr descr='A bat'/></drawing></r>", ""),
        ("<oMathPara><oMath><f><num><r><t>a</t></r></num><den><r><t>b</t></r></den></f></oMath></oMathPara>", "ab"),
        ("<r><t>soft</t><softHyphen/><t>ware</t></r>", "software"),
        ("<r><sym char='00B5'/><t>m</t></r>", "µm"),
        ("<r><sym/><sym char='-1'/><sym char='D800'/><sym char='FFFFFFFFFF'/></r>", ""),
        ("<r><t>10</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>5</t></r>", "10⁵"),
        ("<r><t>cm</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>2</t></r>", "cm2"),
        ("<r><t>10</t></r><r><rPr><vertAlign val='subscript'/></rPr><t>5</t></r>", "105"),
        ("<r><rPr><vanish val='true'/></rPr><t>no</t></r>", ""),
        ("<r><rPr><vanish val='off'/></rPr><t>yes</t></r>", "yes"),
    ],
)
def test_text(inside: str, expected: str) -> None:
    assert paragraph(p(inside)).text == expected


def test_text_boxes_are_set_apart() -> None:
    found = paragraph(p("<r><t>a</t><pict><textbox><txbxContent><p/></txbxContent></textbox></pict><t>b</t></r>"))
    assert found.text == "ab"
    assert [box.name for box in found.boxes] == ["txbxContent"]


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("", False),
        ("<pPr/>", False),
        ("<pPr><rPr><b/></rPr></pPr>", False),
        ("<pPr><rPr><ins/></rPr></pPr>", False),
        ("<pPr><rPr><del/></rPr></pPr>", True),
        ("<pPr><rPr><moveFrom/></rPr></pPr>", True),
    ],
)
def test_a_deleted_end(properties: str, expected: bool) -> None:
    assert goes_on(p(properties)) is expected


@given(st.lists(st.tuples(st.sampled_from(["keep", "ins", "del"]), st.text("abc ", min_size=1))))
def test_changes_are_accepted(runs: list[tuple[str, str]]) -> None:
    tags = {"keep": "<r><t>{}</t></r>", "ins": "<ins><r><t>{}</t></r></ins>", "del": "<del><r><t>{}</t></r></del>"}
    written = "".join(tags[change].format(text) for change, text in runs)
    assert paragraph(p(written)).text == "".join(text for change, text in runs if change != "del")
