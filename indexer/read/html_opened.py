"""What a page shows once a reader asks for it: the answer below a question, the part that a button opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from indexer.read.blocks import is_question
from indexer.read.html_signs import unseen
from indexer.read.html_tables import Stretch
from indexer.read.html_tree import HEADINGS, Element

_REACH = 8  # elements, so that what is nested deeply takes no longer
_SAYS = ("aria-controls", "aria-expanded")


class Opened(NamedTuple):
    """A part of a page, and what opens it."""

    head: Stretch
    opener: Element  # a button, or a heading that is a question
    part: Element


def opened(stretches: Sequence[Stretch]) -> Iterator[Opened]:
    """The parts that are opened by what stands right before them."""
    for head, first in pairwise(stretches):
        opener = next(filter(_opens, _near(head.element)), None) if first.element is not head.element else None
        if opener is None and head.element.name in HEADINGS and is_question(head.text.text):
            opener = head.element
        if opener and (part := _part(opener, first.element)):
            yield Opened(head, opener, part)


def _near(element: Element) -> Iterator[Element]:
    """The element and those that it stands in, a few out."""
    return islice(element.lineage(), _REACH)


def _opens(element: Element) -> bool:
    """True for a button or link that says that it opens something."""
    is_button = element.name in {"a", "button"} or element.attributes.get("role") in {"button", "tab"}
    return is_button and any(element.attributes.get(name) for name in _SAYS)


def _part(opener: Element, element: Element) -> Element | None:
    """The part that an element stands in: what the opener names, or a closed one beside it."""
    named = opener.attributes.get("aria-controls", "").split()
    around = set(_near(opener))
    for outer in _near(element):
        if outer in around:
            return None
        if outer.attributes.get("id") in named or (outer.parent in around and unseen(outer)):
            return outer
    return None
