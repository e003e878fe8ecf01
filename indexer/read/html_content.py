"""Which stretches of a page are its main text.

Prose is what counts: long stretches with few links. What stands apart (navigation, comments, promotion) is set aside by
what elements say about themselves; the rest of the prose tells which element is the main one, and what stands in
that element, and is no list of links, is the main text. Nothing here knows any site, or any language but that of class
names. The shares below were set on one half of 91 news and blog pages; the other half scores no worse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from operator import mul
from typing import TypeVar

from indexer.read.html_opened import Opened, opened
from indexer.read.html_signs import Apart, apart, likely_main, main
from indexer.read.html_tables import Stretch
from indexer.read.html_tree import HEADINGS, Element

Weights = dict[Element, float]
Value = TypeVar("Value")

_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that need fewer characters
_ENDS = tuple(".!?\u2026:;\u3002\uff01\uff1f\u300d\u201d\u2019\"')")
_LINKED = 0.6  # share of a stretch in links, from which it is a list of links
_DESCENT = 0.6  # share of an element's prose that one of its parts must hold to be taken for the main text
_DESCENT_MAIN = 0.5  # the same when the part says that it is the main text
_WRAPS = 0.6  # share of all prose that makes an element likely to stand apart a wrapper of the page after all
_WRAPS_MAIN = 0.4  # the same when the title or the element of the main text stands in it
_WRAPS_SURELY = 0.85  # the same for one that surely stands apart, where hardly any prose stands in no such element
_PLAIN = 100  # characters of that prose
_DENSE = 0.7  # share of prose that makes what stands beside the main element more of the main text
_OPENING = 0.15  # share of the main text, up to which what stands before it is a summary, and no part of it
_NEAR = 4  # elements around a heading's text up to the heading
_HOLDERS = frozenset({"article", "body", "center", "div", "html", "main", "section", "td"})


@dataclass(frozen=True, slots=True)
class Content:
    """The main text of a page."""

    region: frozenset[Element]  # the elements that hold the main text, and those in them
    apart: dict[Element, Apart]  # how surely each element, or one it stands in, stands apart
    chosen: tuple[bool, ...]  # for each stretch: it is main text
    opened: tuple[Opened, ...]  # what a reader may open, main text or not


def content(elements: Sequence[Element], stretches: Sequence[Stretch], headlines: set[int]) -> Content:
    """The main text among stretches; `headlines` are the places of those that may be the page's title."""
    prose = [_prose(stretch) for stretch in stretches]
    bearing = _bearing(stretches, headlines)
    standing = _standing(elements, stretches, prose, bearing, frozenset())
    own = [not standing[stretch.element] for stretch in stretches]
    sizes = [len(stretch.text) for stretch in stretches]
    kept, room = (_summed(elements, stretches, list(map(mul, weights, own))) for weights in (prose, sizes))
    region = _inside(elements, _main_elements(elements, kept, room, _heads(stretches)))
    found = tuple(opened(stretches))
    if shown := _shown(found, elements, stretches, prose):  # which tell nothing of where the main text stands
        standing = _standing(elements, stretches, prose, bearing, shown)
        own = [not standing[stretch.element] for stretch in stretches]
    linked = _linked(elements, stretches)
    chosen = [
        mine and stretch.element in region and share < _LINKED
        for stretch, mine, share in zip(stretches, own, linked, strict=True)
    ]
    return Content(region, standing, _some(chosen, own), found)


def inherited(elements: Sequence[Element], own: Callable[[Element], Value | None]) -> dict[Element, Value | None]:
    """For each element its own value, else that of the innermost one around it which has one."""
    found: dict[Element, Value | None] = {}
    for element in elements:
        value = own(element)
        found[element] = found.get(element.parent) if value is None and element.parent else value
    return found


def _some(chosen: list[bool], own: list[bool]) -> tuple[bool, ...]:
    """The chosen stretches; when there are none all that do not stand apart, else all."""
    return tuple(next((choice for choice in (chosen, own) if any(choice)), [True] * len(chosen)))


def elements_of(stretches: Sequence[Stretch]) -> tuple[Element, ...]:
    """All elements that hold text, outer before inner, those of one depth in the order of the page."""
    found: dict[Element, None] = {}
    for stretch in stretches:
        for element in stretch.element.lineage():
            if element in found:
                break
            found[element] = None
    return tuple(sorted(found, key=lambda element: element.depth))


def _prose(stretch: Stretch) -> float:
    """How much prose a stretch is, in characters; 0 for what is short or mostly links."""
    text = stretch.text.text
    share = stretch.linked / len(text)
    size = len(text) + 2 * len(_WIDE.findall(text))
    long = size >= 60 and share < 0.5
    sentence = size >= 30 and share < 0.3 and text.endswith(_ENDS)
    return size * (1 - share) if long or sentence else 0.0


def _summed(elements: Sequence[Element], stretches: Sequence[Stretch], weights: Sequence[float]) -> Weights:
    """For each element the weights of all that stands in it."""
    sums = dict.fromkeys(elements, 0.0)
    for stretch, weight in zip(stretches, weights, strict=True):
        sums[stretch.element] += weight
    for element in reversed(elements):
        if element.parent is not None:
            sums[element.parent] += sums[element]
    return sums


def _shown(
    found: Sequence[Opened], elements: Sequence[Element], stretches: Sequence[Stretch], prose: Sequence[float]
) -> frozenset[Element]:
    """Of what a reader may open that which holds prose, and what opens it."""
    held = _summed(elements, stretches, prose) if found else {}
    return frozenset(element for one in found if held[one.part] for element in (one.opener, one.part))


def _bearing(stretches: Sequence[Stretch], headlines: set[int]) -> set[Element]:
    """The elements that hold a headline, or an element that says it is the main one."""
    bearing: set[Element] = set()
    seen: set[Element] = set()
    for place, stretch in enumerate(stretches):
        holds = place in headlines
        for element in stretch.element.lineage():
            if element in bearing or (element in seen and not holds):
                break
            seen.add(element)
            holds = holds or main(element)
            if holds:
                bearing.add(element)
    return bearing


def _standing(
    elements: Sequence[Element],
    stretches: Sequence[Stretch],
    prose: Sequence[float],
    bearing: set[Element],
    shown: frozenset[Element],
) -> dict[Element, Apart]:
    """How surely each element stands apart: by itself, or by one that it stands in; of those `shown` none does."""
    held = _summed(elements, stretches, prose)
    signs = {element: Apart.NO if element in shown else apart(element) for element in elements}
    marked = inherited(elements, lambda element: signs[element] or None)
    plain = sum(weight for stretch, weight in zip(stretches, prose, strict=True) if not marked[stretch.element])
    standing: dict[Element, Apart] = {}
    for element in elements:
        sign = signs[element]
        share = held[element] / held[elements[0]] if held[element] else 0.0
        wraps = share >= (_WRAPS_MAIN if element in bearing else _WRAPS)
        if (sign is Apart.LIKELY and wraps) or (share >= _WRAPS_SURELY and plain <= _PLAIN):
            sign = Apart.NO
        outer = standing[element.parent] if element.parent is not None else Apart.NO
        quoted = element.name == "blockquote" and outer is Apart.LIKELY  # posts are quoted in "social" boxes
        standing[element] = sign if quoted else max(sign, outer)
    return standing


def _heads(stretches: Sequence[Stretch]) -> dict[Element, str]:
    """The name of the heading that the text of an element begins with, where it does."""
    first: dict[Element, str] = {}
    for stretch in stretches:
        if stretch.element in first:
            continue
        name = next((outer.name for outer in islice(stretch.element.lineage(), _NEAR) if outer.name in HEADINGS), "")
        for element in stretch.element.lineage():
            if element in first:
                break
            first[element] = name
    return first


def _main_elements(
    elements: Sequence[Element], prose: Weights, sizes: Weights, heads: dict[Element, str]
) -> set[Element]:
    """The element that holds the main text, and those beside it that hold more of it."""
    found = _main_element(elements, prose, heads)
    if found is None:
        return set()
    around = [element for element in elements if element.parent is found.parent]
    beside = [element for element in around if prose[element]]
    dense = {element for element in beside if prose[element] >= _DENSE * sizes[element] and element.name != "header"}
    above = {element for element in takewhile(lambda element: element is not found, beside) if element in dense}
    if not _opens(sum(prose[element] for element in above), found, prose[found]):
        above = set()
    above |= {element for element in takewhile(lambda element: element is not found, beside) if _is_abstract(element)}
    sections = _sections([element for element in around if sizes[element]], found, prose, heads)
    return {found} | above | sections | {element for element in dense if _alike(element, found)}


def _is_abstract(element: Element) -> bool:
    """True for the abstract of an article, by its class."""
    return "abstract" in element.words()


def _sections(around: Sequence[Element], found: Element, prose: Weights, heads: dict[Element, str]) -> set[Element]:
    """The parts of the kind of one, headed as it is, up to the last with prose; one may hold but tables and words."""
    alike = [element for element in around if _is_section(element, found, heads)]
    last = max((place for place, element in enumerate(alike) if prose[element]), default=-1)
    return set(alike[: last + 1])


def _is_section(element: Element, other: Element, heads: dict[Element, str]) -> bool:
    """True for a part of the kind of another, headed as that is."""
    return heads[element] == heads[other] != "" and _alike(element, other)


def _opens(above: float, found: Element, held: float) -> bool:
    """True when what stands above the main element is where the main text begins, and no summary of it."""
    if main(found):
        return False
    return above >= _OPENING * held or (found.parent is not None and likely_main(found.parent))


def _main_element(elements: Sequence[Element], prose: Weights, heads: dict[Element, str]) -> Element | None:
    """The element that holds the main text: from the whole page down to where its prose parts.

    What says that it is the main text, and has it in sections, is it whole.
    """
    heaviest: dict[Element, Element] = {}
    parted: set[Element] = set()
    for element in elements:
        if element.parent is not None and prose[element]:
            if element.name == "section" and main(element.parent):
                last = heaviest.get(element.parent)
                if last and _is_section(last, element, heads):
                    parted.add(element.parent)
            best = heaviest.setdefault(element.parent, element)
            if prose[element] > prose[best]:
                heaviest[element.parent] = element
    at = elements[0] if elements else None
    while at is not None and at in heaviest:
        part = heaviest[at]
        if at in parted and part.name == "section":
            break
        if prose[part] < prose[at] * (_DESCENT_MAIN if likely_main(part) else _DESCENT):
            break
        at = part
    while at is not None and at.name not in _HOLDERS:
        at = at.parent
    return at


def _alike(left: Element, right: Element) -> bool:
    """True when two elements are parts of one kind."""
    same = left.attributes.get("class", "").split() == right.attributes.get("class", "").split() != []
    return left.name == right.name and (same or left.name == "section")


def _inside(elements: Sequence[Element], outer: set[Element]) -> frozenset[Element]:
    """Elements and those in them."""
    inside: set[Element] = set()
    for element in elements:
        if element in outer or element.parent in inside:
            inside.add(element)
    return frozenset(inside)


def _linked(elements: Sequence[Element], stretches: Sequence[Stretch]) -> list[float]:
    """For each stretch the share of it, or of the list that it stands in, that is in links."""
    lists = inherited(elements, lambda element: element if element.name in {"ul", "ol"} else None)
    totals: dict[Element | None, tuple[int, int]] = {}
    for stretch in stretches:
        linked, length = totals.get(lists[stretch.element], (0, 0))
        totals[lists[stretch.element]] = linked + stretch.linked, length + len(stretch.text)
    shares: list[float] = []
    for stretch in stretches:
        found = lists[stretch.element]
        linked, length = totals[found] if found else (stretch.linked, len(stretch.text))
        shares.append(linked / length)
    return shares
