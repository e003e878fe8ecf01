"""What articles say about themselves."""

import pytest

from indexer.read.jats_front import Front, front
from indexer.read.xml_tree import parse


def read(meta: str, journal: str = "") -> Front:
    """The metadata of an article with this in its article-meta."""
    head = f"<journal-meta>{journal}</journal-meta><article-meta>{meta}</article-meta>"
    return front(parse(f"<article><front>{head}</front></article>", "x.xml"))


def test_all_that_an_article_says() -> None:
    found = read(
        """<article-id pub-id-type="pmid">21810267</article-id>
        <article-id pub-id-type="doi">10.1186/1471-2180-11-174</article-id>
        <title-group><article-title>Lysis time in <italic>phage</italic>
          λ<xref ref-type="fn" rid="n"><sup>*</sup></xref></article-title><subtitle>A review</subtitle></title-group>
        <contrib-group><contrib contrib-type="author"><name><surname>Zon</surname><given-names>Leonard I</given-names>
          <suffix>Jr</suffix></name><xref ref-type="aff" rid="a"><sup>1</sup></xref></contrib>
          <contrib><collab>The Bat Group<contrib-group><contrib><name><surname>Inner</surname></name></contrib>
          </contrib-group></collab></contrib></contrib-group>
        <contrib-group><contrib contrib-type="editor"><name><surname>Barsh</surname></name></contrib></contrib-group>
        <pub-date pub-type="collection"><year>2011</year></pub-date>
        <pub-date pub-type="epub"><day>2</day><month>8</month><year>2011</year></pub-date>
        <pub-date pub-type="pmc-release"><year>2010</year></pub-date>""",
        "<journal-title-group><journal-title>BMC\nMicrobiology</journal-title></journal-title-group>",
    )
    assert found == Front(
        title="Lysis time in phage λ: A review",
        authors=("Leonard I Zon Jr", "The Bat Group"),
        journal="BMC Microbiology",
        date="2011-08-02",
        doi="10.1186/1471-2180-11-174",
        pmid="21810267",
    )


def test_an_article_that_says_nothing() -> None:
    assert read("") == Front("", (), "", "", "", "")
    assert front(parse("<article/>", "x.xml")) == Front("", (), "", "", "", "")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (
            '<pub-date date-type="pub" publication-format="electronic"><year>2019</year><month>03</month></pub-date>'
            '<pub-date date-type="collection"><year>2018</year></pub-date>',
            "2019-03",
        ),
        ('<pub-date pub-type="ppub"><month>Sept</month><year>2004</year></pub-date>', "2004-09"),
        ('<pub-date pub-type="ppub"><season>Spring</season><year>2004</year></pub-date>', "2004"),
        ("<pub-date><day>31</day><month>12</month><year>1999</year></pub-date>", "1999-12-31"),
        (
            '<pub-date pub-type="epub"><year>in press</year></pub-date>'
            '<pub-date pub-type="ppub"><year>2004</year></pub-date>',
            "2004",
        ),
        ('<pub-date pub-type="epub"><day>99</day><month>13</month><year>2004</year></pub-date>', "2004"),
        ('<pub-date pub-type="epub"><year>20041</year></pub-date>', ""),
        ('<pub-date pub-type="nihms-submitted"><year>2004</year></pub-date>', ""),
    ],
)
def test_dates(dates: str, expected: str) -> None:
    assert read(dates).date == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("<name><given-names>Ada</given-names><surname>Lovelace</surname></name>", ("Ada Lovelace",)),
        ("<name><surname>Plato</surname></name>", ("Plato",)),
        ("<string-name><given-names>Ada</given-names> <surname>Lovelace</surname></string-name>", ("Ada Lovelace",)),
        (
            "<name-alternatives><name><surname>Li</surname></name><name><surname>李</surname></name></name-alternatives>",
            ("Li",),
        ),
        ("<anonymous/>", ()),
    ],
)
def test_names(person: str, expected: tuple[str, ...]) -> None:
    assert read(f"<contrib-group><contrib>{person}</contrib></contrib-group>").authors == expected
