"""What elements say about themselves: that they hold the main text, stand apart from it, or are not shown.

Words of class names and ids are those that many sites and the large publishing systems use; each is an English word
because that is what sites everywhere name their classes in.
"""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import islice

from indexer.read.html_tree import Element


class Apart(IntEnum):
    """How surely an element stands apart from the main text."""

    NO = 0
    LIKELY = 1  # by a word of its class; but wrappers of whole pages have such words too
    SURELY = 2  # by what it is


# Words as in <div class="related-posts">.
_LIKELY = frozenset(
    "ad ads advert advertisement advertising adverts author authors banner bio biography breadcrumb breadcrumbs "
    "byline bylines caption captions carousel copyright credit credits cta dateline donate donation dropdown "
    "infobar masthead menu metadata morelinks nav navbar navigation outbrain overlay pager pagination paywall "
    "popover popular promo promos promotion promotions rail readmore recirc recirculation recommendation "
    "recommendations recommended register related share sharebar shares sharing sidebar signup slideshow social "
    "sponsor sponsored subscribe subscriber subscription taboola taglist tags teaser teasers timestamp toolbar "
    "tooltip trending widget widgets".split()
)
_SURELY = frozenset(
    "comment comments consent cookie cookies disqus footer gdpr livefyre login modal newsletter newsletters popup "
    "privacy".split()
)
_ELEMENTS = frozenset(
    "aside audio button dialog fieldset footer label legend nav noscript object option select template video".split()
)
_ROLES = frozenset(
    "alert banner button complementary contentinfo dialog menu menubar navigation search toolbar tooltip".split()
)
_CAPTIONS = frozenset({"caption", "figcaption"})
_UNSEEN = frozenset({"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"})
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CODE = frozenset(
    "code codehilite example highlight lang language prettyprint programlisting screen sourcecode".split()
)
_NEAR = 4  # elements around code that may say so
_MAIN_PROPERTIES = frozenset({"articlebody", "text", "blogpost", "mainentity"})
_WHOLE = frozenset({"article", "story", "post", "entry"})


def unseen(element: Element) -> bool:
    """True when a reader does not see what stands in it."""
    found = element.attributes
    if "hidden" in found or found.get("aria-hidden") == "true" or _UNSEEN_STYLE.search(found.get("style", "")):
        return True
    return not _UNSEEN.isdisjoint(found.get("class", "").split())


def is_code(element: Element) -> bool:
    """True for preformatted text that says it is code; other such text has paragraphs."""
    near = list(islice(element.lineage(), _NEAR))
    said = ({*outer.words(), outer.attributes.get("data-type", "")} for outer in near if outer.attributes)
    return any(outer.code for outer in near) or any(map(_CODE.intersection, said))


def apart(element: Element) -> Apart:
    """How surely it stands apart, by its own name, role and class."""
    if unseen(element) or element.name in _ELEMENTS or element.attributes.get("role", "") in _ROLES:
        return Apart.SURELY
    if element.name in {"html", "body"}:
        return Apart.NO
    named = element.words()
    if not _SURELY.isdisjoint(named):
        return Apart.SURELY
    if element.name == "form" or element.name in _CAPTIONS:
        return Apart.LIKELY
    return Apart.NO if "abstract" in named or _LIKELY.isdisjoint(named) else Apart.LIKELY  # "abstract author"


def main(element: Element) -> bool:
    """True when it says that it holds the main text."""
    found = element.attributes
    if element.name in {"article", "main"} or found.get("role") in {"main", "article"}:
        return True
    return found.get("itemprop", "").lower() in _MAIN_PROPERTIES


def likely_main(element: Element) -> bool:
    """True when it, or its class, says so: "article-body", "entry-content", "main-content"."""
    named = element.words()
    if main(element) or "articlebody" in named or ("body" in named and not _WHOLE.isdisjoint(named)):
        return True
    return "content" in named and not named.isdisjoint(_WHOLE | {"main", "page"})
