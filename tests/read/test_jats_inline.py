"""Paragraphs of articles: which citations stay, what formulas and notes become, what floats."""

import pytest

from indexer.aligned import AlignedText
from indexer.read.jats_inline import data_line, line, paragraph
from indexer.read.xml_tree import Element, parse

BIBR = '<xref ref-type="bibr" rid="r">'


def element(inside: str) -> Element:
    """A paragraph with this inside, `{1}` being a citation of source 1."""
    for number in "123":
        inside = inside.replace(f"{{{number}}}", f"{BIBR}{number}</xref>")
    return parse(f"<p>{inside}</p>", "x.xml")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("disease<sup>{1}</sup> is", "disease is"),
        ("disease<sup>{1},{2}</sup>.", "disease."),
        ("disease<sup>\n{1}–{3}\n</sup>, so", "disease, so"),
        ("disease <sup>[{1}]</sup>.", "disease."),
        (f"disease{BIBR}<sup>1</sup></xref><sup>,</sup>{BIBR}<sup>2</sup></xref> is", "disease is"),
        (f"disease{BIBR}<sup>1</sup></xref>,{BIBR}<sup>2</sup></xref> is", "disease is"),
        ("disease{1} is", "disease is"),
        ("disease.{1},{2} It is", "disease. It is"),
        ("disease,{1}–{3} or", "disease, or"),
        ('Jane Roe<xref ref-type="fn" rid="n"><sup>*</sup></xref>', "Jane Roe"),
    ],
)
def test_raised_citations_are_left_out(inside: str, expected: str) -> None:
    assert line(element(inside)).text == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("disease [{1},{2}].", "disease [1,2]."),
        ("disease [{1}–{3}] is", "disease [1–3] is"),
        (f"disease {BIBR}[18]</xref>,{BIBR}[19]</xref>.", "disease [18],[19]."),
        (f"disease{BIBR}[18]</xref>.", "disease[18]."),
        (f"by Zon ({BIBR}2004</xref>) and", "by Zon (2004) and"),
        (f"by Zon,{BIBR}2004</xref> and", "by Zon,2004 and"),
        (f"by {BIBR}Zon 2004</xref>.", "by Zon 2004."),
        ("in reference {1} and", "in reference 1 and"),
        ("10<sup>-6</sup> m<sup>2</sup>", "10⁻⁶ m2"),
        ("Ca<sup>2+</sup>, Cl<sup>–</sup> [{1}]", "Ca2+, Cl– [1]"),
        ("Cl<sup>-</sup>", "Cl-"),
        ('Figure <xref ref-type="fig" rid="f">1</xref>A', "Figure 1A"),
        ('Fig.<xref ref-type="fig" rid="f">1</xref>', "Fig.1"),
        ("{1} is cited first", "1 is cited first"),
    ],
)
def test_what_reads_as_text_stays(inside: str, expected: str) -> None:
    assert line(element(inside)).text == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<bold>B</bold>old and\n    <italic>slanted</italic>", "Bold and slanted"),
        ("H<sub>2</sub>O", "H2O"),
        ("as <math><mi>x</mi><mo>=</mo><mrow><mi>y</mi></mrow></math>, so", "as x = y, so"),
        ("as<disp-formula><label>(1)</label><math><mi>x</mi></math></disp-formula>where", "as (1) x where"),
        ("<alternatives><tex-math>\\alpha</tex-math><math><mi>α</mi></math></alternatives>", "α"),
        ("one<break/>two", "one two"),
        ("see <inline-graphic href='x'><alt-text>An image</alt-text></inline-graphic>this", "see this"),
        ("", ""),
    ],
)
def test_formats_and_formulas(inside: str, expected: str) -> None:
    assert line(element(inside)).text == expected


def test_floats_and_breaks_are_told_apart() -> None:
    found = paragraph(element("One <fig><caption>F</caption></fig>two <list><list-item>a</list-item></list>three."))
    texts = [part.text if isinstance(part, AlignedText) else part.name for part in found.flow]
    assert texts == ["One two ", "list", "three."]
    assert [part.name for part in found.floats] == ["fig"]


def test_data_has_spaces_between_its_parts() -> None:
    name = element("<name><surname>Zon</surname><given-names>LI</given-names></name>, <year>2004</year>")
    assert data_line(name).text == "Zon LI, 2004"
    assert data_line(element("<source>H<sub>2</sub><sup>+</sup></source><volume>2</volume>")).text == "H2+ 2"


def test_white_space_without_end_in_a_superscript() -> None:
    assert line(element("a<sup>" + "\n" * 20_000 + "</sup>b{1}" + "\n" * 20_000 + "c")).text == "a b c"
