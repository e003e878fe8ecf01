import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read.html_tree import Element, OpenElements, common


def path(tags):
    """The names of the elements that are open after some tags."""
    open_elements = OpenElements()
    for tag in tags.split():
        if tag.startswith("/"):
            open_elements.close(tag[1:])
        else:
            open_elements.open(tag, {"id": tag})
    return " ".join(element.name for element in reversed(list(open_elements.innermost.lineage()))).removeprefix("html")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("div p b", "div p b"),
        ("div p /p p", "div p"),
        ("div p p", "div p"),
        ("div p b p", "div p"),
        ("div p ul li", "div ul li"),
        ("ul li li", "ul li"),
        ("ul li ul li li", "ul li ul li"),
        ("ul li p b li", "ul li"),
        ("dl dt dd dt", "dl dt"),
        ("table tr td td", "table tr td"),
        ("table tr td p tr", "table tr"),
        ("table tr td table tr td", "table tr td table tr td"),
        ("table thead tr th tbody", "table tbody"),
        ("select option option", "select option"),
        ("p a a", "p a"),
        ("div br img", "div"),
    ],
)
def test_an_opening_tag_closes_what_pages_leave_open(tags, expected):
    assert path(tags).strip() == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("div p /div", ""),
        ("div section p b /div", ""),
        ("div /span", "div"),
        ("div /p /p", "div"),
        ("p b i /b", "p"),
        ("div table tr td /div", "div table tr td"),
        ("div table tr td p /table", "div"),
        ("table tr td p /tr", "table"),
        ("/div div", "div"),
        ("div /table", "div"),
    ],
)
def test_a_closing_tag_closes_its_element_and_a_stray_one_nothing(tags, expected):
    assert path(tags).strip() == expected


def test_an_element_in_line_leaves_the_blocks_in_it_open():
    open_elements = OpenElements()
    for name in ("div", "b", "p"):
        open_elements.open(name, {"id": name})
    open_elements.close("b")
    assert open_elements.innermost.name == "p"
    open_elements.close("p")
    assert open_elements.innermost.name == "div"


def test_elements_in_line_without_attributes_leave_no_trace():
    open_elements = OpenElements()
    open_elements.open("p", {})
    paragraph = open_elements.innermost
    open_elements.open("i", {})
    assert open_elements.innermost is paragraph


def test_what_is_nested_deeper_than_browsers_nest_stands_at_the_limit():
    open_elements = OpenElements()
    for _ in range(100_000):
        open_elements.open("div", {})
    assert open_elements.innermost.depth == 512
    for _ in range(100_000):
        open_elements.close("div")
    assert open_elements.innermost.depth == 0


def test_an_element_says_by_the_words_of_its_class_and_id_what_it_is():
    element = Element("div", {"class": "relatedPosts block__share-bar", "id": "comments_wrapper"})
    assert element.words() == {"related", "posts", "block", "share", "bar", "comments", "wrapper"}


def test_names_with_digits_are_made_up():
    assert Element("div", {"class": "sc-1ad5 css-4nav col-md-8"}).words() == {"sc", "css", "col", "md"}


def test_an_entry_is_not_what_it_is_filed_under():
    filed = "hentry post-7 category-advertising tag-comments author-smith"
    assert Element("article", {"class": filed}).words() == {"hentry", "post"}
    assert "comments" in Element("div", {"class": "tag-comments"}).words()


@pytest.mark.parametrize("name", ["section", "h2", "dt", "a"])
def test_ids_made_of_headings_say_nothing(name):
    assert Element(name, {"id": "related-work", "class": "part"}).words() == {"part"}


def test_sections_of_older_documentation_have_ids_made_of_headings_too():
    assert Element("div", {"class": "section", "id": "comments"}).words() == {"section"}
    assert "comments" in Element("div", {"id": "comments"}).words()


@pytest.mark.parametrize(
    ("outer", "attributes", "expected"),
    [
        ("p", {"href": "/news"}, True),
        ("p", {"href": "#note-1"}, True),
        ("h2", {"href": "#setup"}, False),  # documentation links its headings to themselves
        ("h2", {"href": "/other-article"}, True),
        ("p", {"name": "anchor"}, False),
    ],
)
def test_a_link_leads_away(outer, attributes, expected):
    assert Element(outer).child("a", attributes).link is expected


def test_what_stands_in_a_link_a_cell_or_preformatted_text_knows_it():
    root = Element("html")
    cell = root.child("td", {})
    inner = cell.child("a", {"href": "x"}).child("pre", {}).child("span", {"id": "y"})
    assert (inner.link, inner.preformatted, inner.cell) == (True, True, cell)
    assert (cell.link, cell.preformatted, root.cell) == (False, False, None)


def test_common_is_the_innermost_element_that_holds_both():
    root = Element("html")
    left = root.child("div", {}).child("p", {})
    right = left.parent.child("ul", {}).child("li", {})
    assert common(left, right) is left.parent
    assert common(left, left) is left
    assert common(right, root) is root


TAGS = st.lists(st.sampled_from("div p a b table tr td ul li br /div /p /a /b /table /tr /td /ul /li".split()))


@given(TAGS)
def test_any_tags_leave_a_chain_of_elements(tags):
    open_elements = OpenElements()
    for tag in tags:
        if tag.startswith("/"):
            open_elements.close(tag[1:])
        else:
            open_elements.open(tag, {"id": "x"})
    lineage = list(open_elements.innermost.lineage())
    assert [element.depth for element in lineage] == list(range(len(lineage) - 1, -1, -1))
    assert len(lineage) <= len(tags) + 1


@given(TAGS)
def test_closing_everything_closes_everything(tags):
    open_elements = OpenElements()
    for tag in tags:
        if not tag.startswith("/"):
            open_elements.open(tag, {"id": "x"})
    for element in list(open_elements.innermost.lineage())[:-1]:
        open_elements.close(element.name)
    assert open_elements.innermost.depth == 0
