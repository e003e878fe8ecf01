import pytest

from indexer.read.html_signs import Apart, apart, likely_main, main, unseen
from indexer.read.html_tree import Element


def element(name="div", **attributes):
    return Element(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()})


@pytest.mark.parametrize(
    "given",
    [
        element(hidden=""),
        element(style="color:red; DISPLAY : none"),
        element(style="visibility:hidden"),
        element(aria_hidden="true"),
        element(class_="label sr-only"),
        element(class_="screen-reader-text"),
    ],
)
def test_some_elements_are_not_seen(given):
    assert unseen(given)
    assert apart(given) is Apart.SURELY


@pytest.mark.parametrize(
    "given",
    [
        element(),
        element(style="display:block"),
        element(aria_hidden="false"),
        element(class_="overflow-hidden"),  # utility classes of style sheets
        element(class_="hidden md:block"),
    ],
)
def test_other_elements_are_seen(given):
    assert not unseen(given)
    assert apart(given) is Apart.NO


@pytest.mark.parametrize(
    "given",
    [
        element("nav"),
        element("aside"),
        element("footer"),
        element("button"),
        element("noscript"),
        element("template"),
        element(role="navigation"),
        element(role="dialog"),
        element(class_="comments-area"),
        element(id="cookie-notice"),
        element(class_="newsletterSignup"),
    ],
)
def test_some_elements_surely_stand_apart(given):
    assert apart(given) is Apart.SURELY


@pytest.mark.parametrize(
    "given",
    [
        element(class_="related-posts"),
        element(class_="article__share-bar"),
        element(id="sidebar"),
        element(class_="post-author"),
        element(class_="adUnit ad"),
        element("form"),
        element("figcaption"),
    ],
)
def test_some_elements_are_likely_to_stand_apart(given):
    assert apart(given) is Apart.LIKELY


@pytest.mark.parametrize(
    "given",
    [
        element(class_="article-body"),
        element(class_="navy-blue unrelated readers"),  # words, not parts of words
        element(class_="css-1ad5 sc-4nav"),
        element("body", class_="single-author comments-open"),
        element("html", class_="no-sidebar"),
        element("section", id="related-work"),
        element(class_="abstract author"),
        element("h2", id="comments"),
        element("article"),
        element("blockquote"),
        element("details"),
    ],
)
def test_other_elements_do_not_stand_apart(given):
    assert apart(given) is Apart.NO


@pytest.mark.parametrize(
    "given",
    [
        element("article"),
        element("main"),
        element(role="main"),
        element(itemprop="articleBody"),
    ],
)
def test_some_elements_say_that_they_are_the_main_one(given):
    assert main(given)
    assert likely_main(given)


@pytest.mark.parametrize(
    "name", ["article-body", "articleBody", "entry-content", "post__content", "story-body", "main-content"]
)
def test_class_names_of_publishing_systems_say_so_too(name):
    assert likely_main(element(class_=name))
    assert not main(element(class_=name))


@pytest.mark.parametrize("name", ["body", "content", "article", "entry", "main", "contents-page"])
def test_one_word_alone_says_nothing(name):
    assert not likely_main(element(class_=name))
