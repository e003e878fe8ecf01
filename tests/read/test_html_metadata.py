import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read.html_metadata import iso_date, parted, plain, said, turned, without_site
from indexer.read.html_page import page


def read(head):
    return said(page(head, 100))


def meta(**values):
    """Meta elements; a double underscore stands for a colon."""
    return "".join(f'<meta name="{name.replace("__", ":")}" content="{value}">' for name, value in values.items())


def data(value):
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_a_page_that_says_nothing():
    found = read("<p>text")
    assert (found.titles, found.authors, found.date, found.url, found.doi, found.pmid) == ((), (), "", "", "", "")


def test_an_article_of_a_journal():
    found = read(
        meta(
            citation_title="Tumours of the spine",
            citation_author="Lee, Ann",
            citation_publication_date="2019/11/2",
            citation_doi="doi:10.1000/spine.7",
            citation_pmid="31234567",
        )
        + '<meta name="citation_author" content="Roe, Jan"><link rel="canonical" href="https://example.org/spine/7">'
    )
    assert found.titles == ("Tumours of the spine",)
    assert found.authors == ("Ann Lee", "Jan Roe")
    assert found.date == "2019-11-02"
    assert found.url == "https://example.org/spine/7"
    assert (found.doi, found.pmid) == ("10.1000/spine.7", "31234567")


def test_an_article_of_a_newspaper():
    found = read(
        "<title>Spines - The Daily</title>"
        '<meta property="og:title" content="Spines: what helps"><meta property="og:site_name" content="The Daily">'
        '<meta property="article:published_time" content="2019-11-20T08:00:00Z">'
        + data(
            {"@type": "NewsArticle", "headline": "Help for spines", "author": {"@type": "Person", "name": "Ann Lee"}}
        )
    )
    assert found.titles == ("Spines: what helps", "Help for spines", "Spines")
    assert (found.authors, found.date) == (("Ann Lee",), "2019-11-20")


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ann Lee", ("Ann Lee",)),
        (["Ann Lee", "Jan Roe"], ("Ann Lee", "Jan Roe")),
        ([{"name": "Ann Lee"}, {"name": ["Jan Roe"]}], ("Ann Lee", "Jan Roe")),
        ({"@id": "#lee"}, ("Ann Lee",)),
        ({"@id": "#nobody"}, ()),
        ({"name": "https://example.org/lee"}, ()),
        ({"name": None}, ()),
        (7, ()),
    ],
)
def test_authors_of_json_data(author, expected):
    nodes = [{"@type": "Article", "author": author}, {"@id": "#lee", "@type": "Person", "name": "Ann Lee"}]
    assert read(data({"@graph": nodes})).authors == expected


@pytest.mark.parametrize(
    "script",
    [
        "{broken",
        "[" * 100_000,
        '{"@type": "Article", "author": ' + "9" * 10_000 + "}",
        "null",
        '"text"',
        '{"@type": 7, "headline": {"a": []}}',
        "x" * 1_000_001,
    ],
)
def test_json_data_that_say_nothing_do_no_harm(script):
    found = read(f"<title>Spines</title><script type='application/ld+json'>{script}</script>")
    assert (found.titles, found.authors) == (("Spines",), ())


def test_json_data_in_a_cdata_section_are_read():
    script = '<![CDATA[{"@type": "BlogPosting", "headline": "Two\nlines"}]]>'
    assert read(f"<script type='application/ld+json'>{script}</script>").titles == ("Two lines",)


def test_the_words_of_scholars_come_first():
    head = meta(og__title="Spine!", citation_title="Spine", author="Web Team", dc__creator="Lee, Ann")
    found = read(head.replace("dc:creator", "DC.Creator"))
    assert (found.titles, found.authors) == (("Spine", "Spine!")[:1], ("Ann Lee",))


def test_the_site_is_no_author():
    head = '<meta property="og:site_name" content="The Daily">' + meta(author="THE DAILY")
    assert read(head).authors == ()


@pytest.mark.parametrize("author", ["https://facebook.com/lee", "@lee", "x" * 101, "  "])
def test_what_is_no_name_is_no_author(author):
    assert read(meta(author=author)).authors == ()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("By Ann Lee and Jan Roe", ["Ann Lee", "Jan Roe"]),
        ("by: Ann Lee, Jan Roe & Bo van Dyk", ["Ann Lee", "Jan Roe", "Bo van Dyk"]),
        ("Ann Lee; Jan Roe", ["Ann Lee", "Jan Roe"]),
        ("Ann Lee, MD", ["Ann Lee, MD"]),
        ("Byron", ["Byron"]),
        ("Staff and agencies", ["Staff and agencies"]),
    ],
)
def test_a_line_of_names_is_parted(names, expected):
    assert parted(names) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Lee, Ann", "Ann Lee"), ("Ann Lee", "Ann Lee"), ("Lee, Ann, MD", "Lee, Ann, MD"), ("", "")],
)
def test_names_are_turned_to_the_order_in_which_they_are_spoken(name, expected):
    assert turned(name) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2019-11-20", "2019-11-20"),
        ("2019-11-20T08:00:00+01:00", "2019-11-20"),
        ("2019/1/2", "2019-01-02"),
        ("20191120T080000Z", "2019-11-20"),
        ("20 Nov 2019 08:02 GMT", "2019-11-20"),
        ("Wed, 3 September 2019 08:02:00 GMT", "2019-09-03"),
        ("November 20, 2019", "2019-11-20"),
        ("Nov. 2 2019 at noon", "2019-11-02"),
        ("November 2019", "November 2019"),
        ("2019", "2019"),
        ("20 Foo 2019", "20 Foo 2019"),
        ("0001-01-01T00:00:00", ""),
        ("", ""),
    ],
)
def test_dates_are_days_where_they_can_be_told(given, expected):
    assert iso_date(given) == expected


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Spines - The Daily", "The Daily", "Spines"),
        ("Spines | THE DAILY", "The Daily", "Spines"),
        ("The Daily: Spines", "The Daily", "The Daily: Spines"),
        ("The Daily – Spines", "The Daily", "Spines"),
        ("Spines at The Daily", "The Daily", "Spines at The Daily"),
        ("The Daily", "The Daily", "The Daily"),
        ("Spines - The Daily", "", "Spines - The Daily"),
        ("Spines (c++) | a.b", "a.b", "Spines (c++)"),
    ],
)
def test_a_title_is_told_without_the_site_s_name(title, site, expected):
    assert without_site(title, site) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="Canonical" href="https://example.org/a">', "https://example.org/a"),
        ('<meta property="og:url" content="https://example.org/b">', "https://example.org/b"),
        ('<base href="https://example.org/x/"><link rel=canonical href="../a">', "https://example.org/a"),
        (
            '<link rel=canonical href="/a"><meta property="og:url" content="https://example.org/b">',
            "https://example.org/b",
        ),
        ('<link rel=canonical href="/a">', ""),
        ('<link rel=canonical href="javascript:alert(1)">', ""),
        ('<link rel=canonical href="http://[bad">', ""),
        ('<link rel=stylesheet href="https://example.org/a.css">', ""),
        ('<link rel=canonical href=" https://example.org/a b ">', "https://example.org/a%20b"),
    ],
)
def test_the_address_is_the_canonical_one_on_the_web(head, expected):
    assert read(head).url == expected


def test_microdata_dates_are_read():
    assert read('<time itemprop="datePublished" datetime="2019-11-20T08:00">today</time>').date == "2019-11-20"
    assert read('<time datetime="2019-11-20">today</time>').date == ""


@given(st.text())
def test_values_are_lines_that_can_be_stored(text):
    line = plain(text + "\ud800")
    assert line == " ".join(line.encode("utf-8").decode("utf-8").split())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["@type", "@id", "@graph", "author", "name", "headline"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from(["Article", ["NewsArticle", "x"], None]))
def test_any_json_data_give_strings(value, kind):
    found = read(data([value, {"@type": kind, "author": value, "headline": value, "datePublished": value}]))
    for text in (*found.titles, *found.authors, found.date):
        assert isinstance(text, str)
        text.encode("utf-8")
