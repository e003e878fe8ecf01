"""Articles: what is read of them, in which order, labelled how, and where each character stands in the XML."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import UnreadableSourceError
from indexer.read.jats import extracts
from indexer.records import Extract
from tests.conftest import shared_data
from tests.read.soundness import SOURCE, blocks, check_reading, check_sound, unlabelled

ARTICLE = """<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "JATS.dtd">
<article><front><article-meta>
<article-id pub-id-type="doi">10.1234/x</article-id>
<title-group><article-title>On bats</article-title></title-group>
<contrib-group><contrib><name><surname>Roe</surname><given-names>Jane</given-names></name></contrib></contrib-group>
<pub-date><year>2004</year></pub-date>
<abstract><p>Bats
  fly.</p></abstract>
<abstract><title>Author Summary</title><p>They do.</p></abstract>
<funding-group><funding-statement>Paid by us.</funding-statement></funding-group>
</article-meta></front>
<body>
<p>Before any heading.</p>
<sec><label>1</label><title>Methods</title>
  <p>We used &#x003b2; <fig id="f"><label>Figure 1</label><caption><title>A bat.</title><p>In flight.</p></caption>
    <graphic href="g"/></fig>blockers<sup><xref ref-type="bibr" rid="r1">1</xref></sup>.</p>
  <sec><title>Bats</title><p>Two kinds: <list><list-item><label>a.</label><p>big</p></list-item>
    <list-item><p>small</p></list-item></list> and no more.</p></sec>
  <table-wrap><label>Table 1</label><caption><p>Sizes.</p></caption>
    <table><thead><tr><th>Bat</th><th>cm</th></tr></thead><tbody><tr><td>big</td><td>9<sup>a</sup></td></tr></tbody>
    </table><table-wrap-foot><fn><label>a</label><p>At rest.</p></fn></table-wrap-foot></table-wrap>
  <disp-formula><math><mi>x</mi><mo>=</mo><mn>1</mn></math></disp-formula>
</sec>
</body>
<back><ack><p>We thank all.</p></ack>
<fn-group><fn fn-type="conflict"><p>None declared.</p></fn></fn-group>
<ref-list><title>References</title>
<ref id="r1"><label>1</label><element-citation><name><surname>Zon</surname><given-names>LI</given-names></name>
<year>2004</year></element-citation></ref></ref-list></back>
</article>"""


def read(body: str) -> Extract:
    """The article with this body."""
    (extract,) = extracts(f"<article><body>{body}</body></article>".encode(), SOURCE)
    return extract


def test_a_whole_article() -> None:
    (extract,) = extracts(ARTICLE.encode(), SOURCE)
    check_sound(extract)
    assert (extract.title, extract.authors, extract.date) == ("On bats", ("Jane Roe",), "2004")
    assert (extract.doi, extract.url) == ("10.1234/x", "https://doi.org/10.1234/x")
    assert extract.original == ARTICLE
    assert blocks(extract) == [
        ("title", "On bats"),
        ("author", "Roe Jane"),
        ("dates", "2004"),
        ("heading", "Abstract"),
        ("prose", "Bats fly."),
        ("heading", "Author Summary"),
        ("prose", "They do."),
        ("disclosure", "Paid by us."),
        ("prose", "Before any heading."),
        ("heading", "1 Methods"),
        ("prose", "We used β blockers."),
        ("caption", "Figure 1 A bat. In flight."),
        ("heading", "Bats"),
        ("prose", "Two kinds:"),
        ("item", "a. big"),
        ("item", "small"),
        ("prose", "and no more."),
        ("caption", "Table 1 Sizes."),
        ("columns", "Bat\tcm"),
        ("row", "big\t9a"),
        ("footnote", "a At rest."),
        ("other", "x = 1"),
        ("other", "We thank all."),
        ("disclosure", "None declared."),
        ("heading", "References"),
        ("references", "1 Zon LI 2004"),
    ]
    levels = {extract.text[block.span].text: block.level for block in extract.blocks if block.kind == "heading"}
    assert levels == {"Abstract": 1, "Author Summary": 1, "1 Methods": 1, "Bats": 2, "References": 1}


def test_every_character_has_its_place_in_the_xml() -> None:
    (extract,) = extracts(ARTICLE.encode(), SOURCE)
    at = extract.text.text.index("We used β blockers.")
    there = [span.of(ARTICLE) for span in extract.text.sources(at, at + 19)]
    assert there == ["We used &#x003b2; ", "blockers", "."]
    heading = next(block for block in extract.blocks if extract.text[block.span].text == "Abstract")
    assert extract.text.source(heading.span.start, heading.span.end).of(ARTICLE) == "abstract"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<disp-quote><p>Said he.</p><attrib>A man</attrib></disp-quote>", [("prose", "Said he."), ("prose", "A man")]),
        (
            "<boxed-text><caption><title>Box 1</title></caption><sec><title>T</title><p>x</p></sec></boxed-text>",
            [("caption", "Box 1"), ("heading", "T"), ("prose", "x")],
        ),
        (
            "<def-list><def-item><term>ED</term><def><p>dysfunction</p></def></def-item></def-list>",
            [("item", "ED dysfunction")],
        ),
        ("<p>One<fn><label>2</label><p>A note.</p></fn> two.</p>", [("prose", "One two."), ("footnote", "2 A note.")]),
        (
            "<list><list-item><p>a</p><list><list-item><p>b</p></list-item></list></list-item></list>",
            [("item", "a"), ("item", "b")],
        ),
        ("<sec><title/><p>x</p></sec>", [("prose", "x")]),
        ("<sec><p/><p> </p></sec><p>x</p>", [("prose", "x")]),
        ("<unheard-of>words <b>here</b></unheard-of>", [("prose", "words here")]),
        ("<unheard-of><strange><p>x</p></strange></unheard-of>", [("prose", "x")]),
        (
            "<table-wrap><alternatives><graphic/><table><tr><td>1</td><td/><td>2</td></tr></table></alternatives></table-wrap>",
            [("row", "1\t\t2")],
        ),
        (
            "<table-wrap><table><tr><th>a</th><th>b</th></tr><tr><th>c</th><td>1</td></tr></table></table-wrap>",
            [("columns", "a\tb"), ("row", "c\t1")],
        ),
        (
            "<table-wrap><table><thead><tr><th/><th colspan='2'>Dose</th><th>Age</th></tr></thead><tbody><tr>"
            "<td rowspan='2'>Mice</td><td>1</td><td>2</td><td>3</td></tr><tr><td>4</td></tr></tbody>"
            "</table></table-wrap>",
            [("columns", "\tDose\t\tAge"), ("row", "Mice\t1\t2\t3"), ("row", "Mice\t4")],
        ),
        (
            "<fig><caption><p>C.</p></caption><attrib>Photo: me</attrib></fig>",
            [("caption", "C."), ("other", "Photo: me")],
        ),
        (
            "<sec sec-type='COI-statement'><title>Interests</title><p>None.</p></sec>",
            [("heading", "Interests"), ("disclosure", "None.")],
        ),
        (
            "<verse-group><verse-line>One</verse-line><verse-line>two</verse-line></verse-group>",
            [("prose", "One"), ("prose", "two")],
        ),
    ],
)
def test_kinds_of_blocks(body: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(read(body)) == expected


def test_parts_with_titles_of_their_own_come_last() -> None:
    data = b"""<article><front><article-meta><title-group><article-title>Whole</article-title></title-group>
    </article-meta></front><body><p>x</p></body><sub-article><front-stub><title-group><article-title>Letter
    </article-title></title-group></front-stub><body><sec><title>S</title><p>y</p></sec></body></sub-article></article>"""
    (extract,) = extracts(data, SOURCE)
    assert extract.title == "Whole"
    assert blocks(extract)[2:] == [("heading", "Letter"), ("heading", "S"), ("prose", "y")]
    assert [block.level for block in extract.blocks[2:4]] == [1, 2]


def test_headings_of_abstracts_stand_in_the_xml() -> None:
    xml = """<article xmlns:j="u"><processing-meta><restricted-by>pmc</restricted-by></processing-meta><front>
    <j:abstract><p>x</p></j:abstract><trans-abstract><p>y</p></trans-abstract></front></article>"""
    (extract,) = extracts(xml.encode(), SOURCE)
    assert blocks(extract) == [("heading", "Abstract"), ("prose", "x"), ("heading", "Abstract"), ("prose", "y")]
    spans = [extract.text.source(block.span.start, block.span.end) for block in extract.blocks]
    assert [span.of(xml) for span in spans] == ["abstract", "x", "abstract", "y"]


def test_several_articles_in_a_file() -> None:
    def article(ident: str) -> str:
        return f"<article><front><article-meta>{ident}</article-meta></front><body><p>x</p></body></article>"

    pmid, doi = '<article-id pub-id-type="pmid">7</article-id>', '<article-id pub-id-type="doi">10.1234/x</article-id>'
    data = f"<set>{article(pmid)}{article('')}{article(doi)}{article(doi)}</set>"
    assert [extract.source.part for extract in extracts(data.encode(), SOURCE)] == ["7", "2", "10.1234/x", "4"]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"<html><body><p>x</p></body></html>", "unsupported"),
        (b"<article><body><p> </p></body></article>", "empty"),
        (b"<article/>", "empty"),
        (ARTICLE.encode()[:-30], "failed"),
        (b"PK\x03\x04", "failed"),
        (b'<!DOCTYPE article [<!ENTITY a "aaaaaaaa">]><article><body><p>&a;</p></body></article>', "failed"),
    ],
)
def test_what_cannot_be_read(data: bytes, status: str) -> None:
    with pytest.raises(UnreadableSourceError) as error:
        extracts(data, SOURCE)
    assert error.value.status == status


@pytest.mark.parametrize("name", ["sec", "p", "list", "italic", "xref", "table", "ref-list", "table-wrap", "fig", "fn"])
def test_nesting_to_the_limit_is_read(name: str) -> None:
    inside = "<list-item>" if name == "list" else ""
    depth = 60 if inside else 120
    opened = f"<{name}>{inside}" * depth
    closed = (inside.replace("<", "</") + f"</{name}>") * depth
    check_reading(extracts, f"<article><body>{opened}x{closed}<p>y</p></body></article>".encode())


NAMES = [
    "p",
    "sec",
    "title",
    "label",
    "list",
    "list-item",
    "fig",
    "caption",
    "sup",
    "xref",
    "math",
    "tr",
    "table",
    "ref",
]


@st.composite
def trees(draw: st.DrawFn) -> str:
    """A tree of elements that articles have, in places where they do not have them."""
    children = st.one_of(st.sampled_from(["x", " ", "1,", "\n", "[", "é"]), st.deferred(lambda: trees()))
    name = draw(st.sampled_from(NAMES))
    kind = ' ref-type="bibr"' if name == "xref" else ""
    return f"<{name}{kind}>{''.join(draw(st.lists(children, max_size=4)))}</{name}>"


@settings(max_examples=40)
@given(st.lists(trees(), max_size=4))
def test_any_tree_is_read(found: list[str]) -> None:
    check_reading(extracts, f"<article><body>{''.join(found)}</body></article>".encode())


@given(st.lists(st.tuples(st.integers(0, len(ARTICLE) - 1), st.sampled_from('<>&/;x \0"é')), max_size=3))
def test_damaged_articles_are_read_or_refused(damage: list[tuple[int, str]]) -> None:
    characters = list(ARTICLE)
    for place, character in damage:
        characters[place] = character
    for extract in check_reading(extracts, "".join(characters).encode()):
        assert not unlabelled(extract)


@pytest.mark.collection
def test_public_articles_keep_their_places() -> None:
    for path in sorted((shared_data("jats") / "xml").iterdir()):
        (extract,) = extracts(path.read_bytes(), SOURCE)
        check_sound(extract)
        for length, start, end in extract.text.runs:
            assert length == end - start or extract.original[start] == "&" or start == end
