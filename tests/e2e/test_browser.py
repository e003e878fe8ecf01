"""A reader at a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

CONTRAST = (Path(__file__).parent / "contrast.js").read_text()
GROUND = "element => getComputedStyle(element).backgroundColor"
SEARCH = "/search?q=drop+metastasis"
QUESTION = "/search?q=What+is+the+best+way+to+determine+if+a+spinal+tumor+is+cancerous?"
NOTHING = "/search?q=xylophone"
RECEIPT = "/search?q=(pain+of+tumour+oedema+metast*&filter=kind:prose&drop=edema"
REFUSED = "/search?q=(tumour+AND+year:abc&mode=strict"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def open_first_hit(page: Page) -> None:
    """Follow the link of the first passage found, to the end of loading."""
    page.locator("ol.hits a").first.click()
    page.wait_for_url("**#passage")


def unfold(page: Page) -> None:
    """Open all that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(folded => (folded.open = true))")


def check_passage_is_in_view(page: Page) -> None:
    """The document stands at the passage, which is marked, and so are the words of the query in it."""
    passage = page.locator("#passage")
    expect(passage).to_be_in_viewport()
    expect(passage.locator("mark.word").first).to_be_visible()
    assert passage.evaluate("mark => mark.getBoundingClientRect().top") < page.viewport_size["height"] / 2
    plain, marked = (page.locator(place).first.evaluate(GROUND) for place in ("article p:not(:has(mark))", "#passage"))
    assert plain != marked


@pytest.mark.parametrize("javascript", [True, False])
def test_a_search_leads_to_the_passage_in_its_document(visit, javascript):
    page = visit("/", java_script_enabled=javascript)
    page.get_by_label("Search, or ask a question").fill("drop metastasis")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("passages for drop metastasis")
    first = page.locator("ol.hits > li").first
    expect(first.locator("mark", has_text="drop").first).to_be_visible()
    quoted = first.locator(".passage p").first.inner_text()
    open_first_hit(page)
    check_passage_is_in_view(page)
    assert page.locator("mark.passage").first.inner_text() == quoted
    expect(page.get_by_text("Verified.")).to_be_in_viewport()


def test_the_quote_of_an_answer_is_marked_in_its_place(visit):
    page = visit(QUESTION)
    quote = page.locator(".answer blockquote").first.inner_text()
    page.get_by_role("link", name="Read it in its place").first.click()
    page.wait_for_url("**#passage")
    check_passage_is_in_view(page)
    expect(page.locator("mark.quote")).to_be_in_viewport()
    assert page.locator("mark.quote").inner_text() == quote


def test_more_quotes_unfold_without_javascript(visit):
    page = visit(QUESTION, java_script_enabled=False)
    more = page.locator(".answer details")
    expect(more.locator("blockquote").first).to_be_hidden()
    more.locator("summary").click()
    expect(more.locator("blockquote").first).to_be_visible()


def test_going_back_finds_the_results_and_the_query_again(visit):
    page = visit(SEARCH)
    open_first_hit(page)
    page.go_back()
    expect(page.get_by_label("Search or ask")).to_have_value("drop metastasis")
    expect(page.locator("ol.hits > li").first).to_be_visible()


def test_everything_can_be_done_with_the_keyboard(visit):
    page = visit("/documents")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("/")
    expect(page.get_by_label("Search or ask")).to_be_focused()
    page.keyboard.type("drop metastasis")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=drop+metastasis")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    first = page.locator("ol.hits a").first
    for _ in range(10):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    expect(first).to_be_focused()
    assert first.evaluate("link => parseFloat(getComputedStyle(link).outlineWidth)") >= 2
    page.keyboard.press("Enter")
    page.wait_for_url("**#passage")
    check_passage_is_in_view(page)
    expect(page.locator("#passage")).to_be_focused()


def test_a_slash_typed_into_the_box_stays_a_slash(visit):
    page = visit("/")
    box = page.get_by_label("Search, or ask a question")
    expect(box).to_be_focused()  # on a busy machine the first letter was typed before it was
    page.keyboard.type("and/or")
    expect(box).to_have_value("and/or")


def test_the_citation_is_copied(visit):
    page = visit(SEARCH, permissions=["clipboard-read", "clipboard-write"])
    open_first_hit(page)
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()


def test_what_needs_javascript_is_not_shown_without(visit):
    page = visit(SEARCH, java_script_enabled=False)
    open_first_hit(page)
    expect(page.get_by_role("button", name="Copy the citation")).to_be_hidden()


def test_what_is_not_content_is_folded_until_it_is_asked_for(visit):
    page = visit("/documents")
    page.get_by_role("link", name="Lumbar Tumors").click()
    folded = page.locator("details.aside", has_text="disclaimer").first
    expect(folded.locator("p").first).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.locator("p").first).to_be_visible()


@pytest.mark.parametrize(
    "address", ["/", SEARCH, QUESTION, NOTHING, RECEIPT, REFUSED, "/search?q=" + "x" * 500, "/documents"]
)
def test_a_phone_shows_the_page_without_scrolling_sideways(visit, address):
    page = visit(address, **PHONE)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]


def test_a_phone_shows_a_passage_without_scrolling_sideways(visit):
    page = visit(SEARCH, **PHONE)
    open_first_hit(page)
    check_passage_is_in_view(page)
    expect(page.get_by_text("Verified.")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]


@pytest.mark.parametrize("width", [800, 1000, 1100, 1240, 1600])
def test_a_screen_of_any_width_shows_a_passage_without_scrolling_sideways(visit, width):
    page = visit(SEARCH, viewport={"width": width, "height": 800})
    open_first_hit(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# The targets that do not stand in a line of text and are less than 24 pixels high.
LOW = """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden])")]
    .filter(target => getComputedStyle(target).display !== "inline" && target.checkVisibility())
    .filter(target => target.getBoundingClientRect().height < 24 && !target.matches(".skip"))
    .map(target => target.outerHTML)"""


@pytest.mark.parametrize("address", ["/", SEARCH, QUESTION, NOTHING, RECEIPT, REFUSED, "/documents", "passage"])
def test_what_can_be_clicked_is_not_too_small(visit, address):
    page = visit(SEARCH if address == "passage" else address)
    if address == "passage":
        open_first_hit(page)
    assert page.evaluate(LOW) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/", SEARCH, QUESTION, NOTHING, RECEIPT, REFUSED, "/documents", "passage"])
def test_all_text_stands_out_from_its_ground(visit, address, scheme):
    page = visit(SEARCH if address == "passage" else address, color_scheme=scheme)
    if address == "passage":
        open_first_hit(page)
    unfold(page)
    worst, *others = page.evaluate(CONTRAST)
    assert len(others) > 5
    assert worst["contrast"] >= 4.5, worst


def test_the_dark_page_is_dark(visit):
    light, dark = (
        visit("/", color_scheme=scheme).evaluate(f"({GROUND})(document.documentElement)")
        for scheme in ("light", "dark")
    )
    assert sum(map(int, dark[4:-1].split(", "))) < 150 < 600 < sum(map(int, light[4:-1].split(", ")))


@pytest.mark.parametrize("place", [".hit h3", ".hit .passage p", ".answer blockquote p", ".answer .beside"])
def test_a_paragraph_in_arabic_begins_at_the_right(visit, place):
    page = visit("/search?q=How+many+patients+were+in+the+largest+series%3F")
    gap = page.evaluate(
        """place => {
            const paragraph = document.querySelector(place), text = document.createRange();
            paragraph.textContent = "نخلة التمر.";
            text.selectNodeContents(paragraph);
            return paragraph.getBoundingClientRect().right - text.getBoundingClientRect().right;
        }""",
        place,
    )
    assert gap < 16  # the quotation mark before a quote


def test_print_leaves_the_form_out_and_keeps_passages_and_citations(visit):
    page = visit(SEARCH)
    expect(page.get_by_label("Search or ask")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator("nav.paging")).to_be_hidden()
    expect(page.locator("ol.hits .passage").first).to_be_visible()
    expect(page.locator("ol.hits .citation").first).to_be_visible()


def test_a_printed_document_has_its_citation_above_the_text(visit):
    page = visit(SEARCH, **PHONE)
    open_first_hit(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("The source holds this, word for word")).to_be_visible()
    expect(page.get_by_role("link", name="Go to the passage")).to_be_hidden()
    cited, text = (page.locator(place).bounding_box() for place in (".cited", "article"))
    assert cited["y"] + cited["height"] <= text["y"]


@pytest.mark.parametrize("settings", [{}, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_link_jumps_to_the_passage_at_once_and_gives_it_the_focus(visit, javascript, settings):
    page = visit(SEARCH, java_script_enabled=javascript, **settings)
    open_first_hit(page)
    check_passage_is_in_view(page)
    assert page.evaluate("document.activeElement.id") == "passage"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_hits_are_narrowed_down_sorted_and_set_free_again_by_keyboard_alone(visit):
    page = visit("/search?q=spinal+tumors", java_script_enabled=False)
    whole = page.get_by_role("status").inner_text()
    page.locator(".narrow summary").first.press("Enter")
    page.locator(".facets").get_by_role("link", name="txt").or_(
        page.locator(".facets").get_by_role("link", name="discussion")
    ).first.press("Enter")
    expect(page.locator(".filters .term")).to_have_count(1)
    assert page.get_by_role("status").inner_text() != whole
    page.locator(".narrow summary").first.press("Enter")
    page.get_by_role("link", name="newest").press("Enter")
    page.wait_for_url("**sort=newest**")
    page.get_by_role("link", name="Remove").press("Enter")
    expect(page.locator(".filters")).to_have_count(0)
    assert page.get_by_role("status").inner_text() == whole


def test_a_form_that_was_added_is_dropped_and_searched_again_by_keyboard(visit):
    page = visit("/search?q=tumour")
    page.get_by_role("link", name="Search without tumor").press("Enter")
    page.wait_for_url("**drop=tumor**")
    page.get_by_role("link", name="Search tumor again").press("Enter")
    expect(page.locator(".added")).to_contain_text("tumor")


def test_a_phone_shows_five_columns_at_once_and_a_shade_where_there_are_more(visit):
    page = visit("/", **PHONE)
    row = "<td>Foxglove<td>June to August<td>150<td>yes<td>Every part is poisonous; wash your hands."
    wide = "document.querySelector('.table').scrollWidth - document.querySelector('.table').clientWidth"
    for cells, is_wider in ((row, False), (2 * row, True)):
        page.evaluate(
            "html => { document.querySelector('main').innerHTML = html }", f"<div class=table><table><tr>{cells}"
        )
        assert (page.evaluate(wide) > 0) == is_wider
    assert "local" in page.evaluate("getComputedStyle(document.querySelector('.table')).backgroundAttachment")
