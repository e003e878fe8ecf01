"""Suggestions while a query is typed: with the keyboard, with a pointer, and out of the way of who wants none."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_browser import PHONE

pytestmark = pytest.mark.e2e


def typed(page, text):
    """The box and the list, after something is typed."""
    box = page.get_by_role("combobox")
    box.press_sequentially(text)
    return box, page.get_by_role("listbox")


def test_words_of_the_library_are_offered_and_searched_with_the_keyboard(visit):
    page = visit("/")
    box, offers = typed(page, "drop metas")
    expect(offers).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(offers.get_by_role("option").first).to_contain_text("drop metastasis")
    expect(offers.get_by_role("option").first).to_contain_text("passages")
    page.keyboard.press("ArrowDown")
    expect(offers.get_by_role("option", selected=True)).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") == offers.get_by_role("option").first.get_attribute("id")
    expect(box).to_have_value("drop metas")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=drop+metastasis")


def test_the_arrows_go_round_by_way_of_what_was_typed(visit):
    page = visit("/")
    box, offers = typed(page, "metas")
    expect(offers).to_be_visible()
    chosen = offers.get_by_role("option", selected=True)
    page.keyboard.press("ArrowUp")
    expect(offers.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=metas")


def test_escape_closes_the_list_and_leaves_what_was_typed(visit):
    page = visit("/")
    box, offers = typed(page, "tumo")
    expect(offers).to_be_visible()
    page.keyboard.press("Escape")
    expect(offers).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("tumo")


def test_an_offer_is_searched_with_a_pointer(visit):
    page = visit("/", **PHONE)
    _, offers = typed(page, "intradu")
    first = offers.get_by_role("option").first
    expect(first).to_be_visible()
    text = first.get_attribute("data-text")
    first.click()
    page.wait_for_url("**/search?q=*")
    expect(page.get_by_role("combobox")).to_have_value(text)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]


def test_leaving_the_box_closes_the_list(visit):
    page = visit("/")
    _, offers = typed(page, "tumo")
    expect(offers).to_be_visible()
    page.keyboard.press("Tab")
    expect(offers).to_be_hidden()


def test_nothing_is_offered_for_one_letter_or_for_what_is_nowhere(visit):
    page = visit("/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggest?" in request.url else None)
    _, offers = typed(page, "t")
    page.wait_for_timeout(400)
    assert not asked
    typed(page, "qqqq")
    page.wait_for_timeout(400)
    assert asked
    expect(offers).to_be_hidden()


def test_without_an_answer_the_form_works_all_the_same(visit):
    page = visit("/")
    page.route("**/api/v1/suggest*", lambda route: route.fulfill(status=200, body="no json"))
    _, offers = typed(page, "tumor")
    page.wait_for_timeout(400)
    expect(offers).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=tumor")


def test_without_javascript_the_box_is_a_plain_one(visit):
    page = visit("/", java_script_enabled=False)
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.get_by_role("searchbox")).to_be_visible()
