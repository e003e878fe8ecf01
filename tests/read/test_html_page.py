import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read.html_page import TooManyStretchesError, page


def texts(html):
    return [stretch.text.text for stretch in page(html, 1000).stretches]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one<p>two", ["one", "two"]),
        ("<div>one<p>two</p>three</div>", ["one", "two", "three"]),
        ("one<hr>two", ["one", "two"]),
        ("<b>one</b><i>two</i>", ["onetwo"]),
        ("<p>a <b>b</b> c</p>", ["a b c"]),
        ("<p> a <b> b </b> c </p>", ["a b c"]),
        ("<p>a\n\n   b</p>", ["a b"]),
        ("<p>10<sup>5</sup> cells", ["10⁵ cells"]),
        (
            "<p>It is rare.<sup>1,2</sup> In men,<sup>[3]</sup> f(x)<sup>2</sup>,<sup>th</sup>",
            ["It is rare. In men, f(x)2,th"],
        ),
        ("<p>10<sup>&minus;12</sup> m<sup>2</sup>, the 2<sup>nd</sup>", ["10⁻¹² m2, the 2nd"]),
        ("<p>10<sup>-5</sup> g, 10<sup>&minus;<i>5</i></sup> g", ["10⁻⁵ g, 10⁻⁵ g"]),
        ("<p>In 2019<sup><a href=/1>1</a>, <a href=/2>2</a></sup>, <sup>3<p>4", ["In 2019¹, ², ³", "4"]),
        ("<p><i>rare</i>.<sup><i>1</i></sup> It", ["rare. It"]),
        ("<p><sup>18</sup>F and <sup></sup>10", ["18F and 10"]),
        ("<x-note>one</x-note><x-note> two</x-note>", ["one two"]),
        ("<p></p><p> \n </p><div>&nbsp;</div>", []),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<button>ok</button>text", ["ok", "text"]),
        ("<h2>One<span class='x mw-editsection'>[<a href=e>edit</a>]</span></h2>two", ["One", "two"]),
        ("<h2>One<a class=headerlink href=#o>¶</a></h2><h2><a aria-hidden=true href=#t>#</a>Two</h2>", ["One", "Two"]),
        ("<h2><a class=permalink href=t>One</a></h2><p aria-hidden=true>two", ["One", "two"]),
        (
            "<p>lit.<sup id=c1 class=reference><a href=/w#r1>&#91;1&#93;</a></sup><sup>[<a href='#r'>b</a>]</sup> It",
            ["lit. It"],
        ),
        ("<p>lit<sup class=reference><a href=#n>[note 1]</a></sup>. It", ["lit. It"]),
        ("<p>run() <a class='copiable-link' href=#r> ¶</a>", ["run()"]),
        ("<p>lit<sup><a href='#r1'><span>[</span>12</a>, <a href='#r2'>13</a></sup>. It", ["lit. It"]),
        ("<p>lit.<a href='#n'><sup>*</sup></a> It", ["lit. It"]),
        ("<p>lit.<a epub:type=noteref href='n.html#1'>1</a> <a role=doc-noteref href=#2>2</a>", ["lit."]),
        ("<p>lit<sup class='noprint Inline-Template'>[<i><a href=c>citation needed</a></i>]</sup>", ["lit"]),
        (
            "<p>10<sup>12</sup> m<sup>[2]</sup> 3<sup><a href=/x#ord>rd</a></sup> <a href=/p>n<sup>2</sup></a>",
            ["10¹² m[2] 3rd n2"],
        ),
        ("<p><a href='#two'>See part <sup>2</sup></a>", ["See part 2"]),
    ],
)
def test_a_stretch_is_the_text_between_block_boundaries(html, expected):
    assert texts(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one<br>two</p>", ["one\ntwo"]),
        ("<p>one <br/> two</p>", ["one \ntwo"]),
        ("<p>one<br><br>two<br />\n<br>three</p>", ["one", "two", "three"]),
        ("<p><br>one<br></p>two", ["one", "two"]),
    ],
)
def test_one_line_break_is_part_of_a_paragraph_and_two_end_it(html, expected):
    assert texts(html) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = '<p>no</p>';</script>",
        "<style>p { color: red }</style>",
        "<!-- no -->",
        "<iframe src=x>no</iframe>",
        "<textarea>no</textarea>",
        "<title>no</title>",
    ],
)
def test_what_no_reader_sees_as_text_is_left_out(hidden):
    assert texts(f"<p>a{hidden}b</p>") in (["ab"], ["a", "b"])


def test_preformatted_text_keeps_its_lines():
    assert texts("<pre>\n    a:\n        b\n \n</pre><pre> \n</pre>") == ["    a:\n        b"]
    assert texts("<pre>\t\n  \n\tb</pre>") == ["\tb"]
    assert texts("<pre>if a:\n    b()\n</pre><p>a\n    b</p>") == ["if a:\n    b()", "a b"]


def test_a_stretch_knows_the_innermost_element_that_holds_all_of_it():
    html = "<div id=d><p id=p>one <b id=b>two</b></p><p id=q><b id=c>three</b></p>four <i id=i>five</i></div>"
    found = [stretch.element.attributes["id"] for stretch in page(html, 9).stretches]
    assert found == ["p", "c", "d"]


def test_a_stretch_knows_how_much_of_it_is_links():
    html = '<p>see <a href="/x">this page</a> or <a name=y>that</a></p><a href=z><p>all</p></a>'
    assert [stretch.linked for stretch in page(html, 9).stretches] == [9, 3]


def test_every_character_knows_its_place():
    html = "<p>R&amp;D <b>and</b>\n more<br>here</p>"
    text = page(html, 9).stretches[0].text
    assert text.text == "R&D and more\nhere"
    places = [text.source(place, place + 1).of(html) for place in range(len(text))]
    assert places == ["R", "&amp;", "D", " ", "a", "n", "d", "\n ", "m", "o", "r", "e", "", "h", "e", "r", "e"]


def test_a_page_says_its_title_its_names_and_its_data():
    html = """<title>Spine &amp; cord</title><base href="/"><meta name=author content="A. Lee">
        <link rel=canonical href=x><script type="application/LD+json">{"a": 1}</script><script>b</script>
        <svg><title>logo</title></svg><time datetime="2019-11-20">yesterday</time>"""
    found = page(html, 9)
    assert found.title == "Spine & cord"
    assert found.says == [
        ("base", {"href": "/"}),
        ("meta", {"name": "author", "content": "A. Lee"}),
        ("link", {"rel": "canonical", "href": "x"}),
        ("time", {"datetime": "2019-11-20"}),
    ]
    assert found.scripts == ['{"a": 1}']


def test_a_page_of_too_many_stretches_is_refused():
    assert len(page("<p>x" * 100, 100).stretches) == 100
    with pytest.raises(TooManyStretchesError, match="99"):
        page("<p>x" * 100, 99)


TAGS = "<p> </p> <b> </b> <a> </a> <br> <table><tr> <td> </table> <pre> </pre> <li> <div> </div>".split()
TEXTS = ["one", " two", "three ", "\n", "\t\n ", "&amp;", "&nbsp;", "&bogus;", "\0", "é", "'", '"']
PIECES = st.sampled_from([*TAGS, *TEXTS, '<a href="y">', "<span class=x>"])


def _code(text: str) -> str:
    """Code without its indent, which is all that stands before it."""
    first = text.split("\n", 1)[0]
    return text.lstrip() if first.strip() else text


@given(st.lists(PIECES | st.just("<"), max_size=40).map("".join))
def test_every_character_stands_in_the_page_as_it_is_or_as_a_reference(html):
    done = 0
    for stretch in page(html, 1000).stretches:
        text = stretch.text
        assert text.text.strip() == (_code(text.text) if stretch.element.preformatted else text.text.lstrip("\t")) != ""
        assert 0 <= stretch.linked <= len(text)
        for place in range(len(text)):
            start, end = text.source(place, place + 1).start, text.source(place, place + 1).end
            shown, there = text.text[place], html[start:end]
            assert start >= done
            assert shown == there or (shown.isspace() and not there.strip()) or there.startswith("&")
            done = start


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_letter_is_lost_and_none_is_made_up(html):
    shown = "".join(text for stretch in page(html, 1000).stretches for text in stretch.text.text.split())
    written = re.sub("<[^>]*>", "", html)
    for entity, character in (("&amp;", "&"), ("&nbsp;", "\xa0"), ("\0", "")):
        written = written.replace(entity, character)
    assert shown == "".join(written.split())
