"""A page -> labelled stretches: what each is, in the order in which a reader meets them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from indexer.read.blocks import DEEPEST, Labelled, begins_with_label, counts, heads, is_label
from indexer.read.html_content import content, elements_of, inherited
from indexer.read.html_signs import Apart, is_code
from indexer.read.html_tables import Stretch
from indexer.read.html_tree import BOLD, HEADINGS, Element, common
from indexer.read.preformatted import pieces
from indexer.records import CONTENT

_WORD = re.compile(r"\w+")
_PARTED = re.compile(r"\s[|\u2013\u2014\u00b7\u00bb:-]+\s")  # parts a title from the site's name
_CAPTION_WORDS = frozenset({"caption", "captions", "credit", "credits"})
_AUTHOR = frozenset({"author", "authors", "byline", "bylines"})
_DATES = frozenset({"date", "dateline", "dates", "datepublished", "published", "timestamp", "updated"})
_NOTES = frozenset({"footnote", "footnotes", "endnotes"})
_REFERENCES = frozenset({"bibliography", "ref-list", "references", "references-list", "reflist"})
_ROLES = {"doc-bibliography": "references", "doc-endnotes": "footnote", "doc-footnote": "footnote"}
_ITEMS = frozenset({"dd", "dt", "li"})
_NEAR = 4  # elements around an item's text that may say so
_FIGURE = "figure"
_SHORT = 200  # characters of an author line, a date or a title; what is longer says more
_ABOVE = 0.15  # share of the main text that may stand above the title and be no part of it
_BOXED = 40  # characters beside a heading at least; less are links to share or print what is below
_TITLE_SHARE = 0.6  # of the page's title in words, which often has the site's name too
_LONGEST_CAPTION = 300  # characters of one that is not marked as such: some pages set a part of their text in figures
_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+[^\W\d_a-z]")  # the end of one and the beginning of the next
# Marks of advertisements, and of texts cut short, that stand alone between paragraphs.
_MARKS = frozenset(
    "ad advert advertisement advertisements anzeige continue iklan more pub publicidad publicidade publicité read "
    "reading reklama related see share show sponsored story view werbung".split()
)


def labelled(stretches: Sequence[Stretch], titles: Sequence[str]) -> list[Labelled]:
    """Everything that a page shows, each stretch with what it is; `titles` are what its head calls it."""
    view = _View(stretches, titles)
    kinds = _closed([view.kind(place) for place in range(len(stretches))], stretches)
    return [
        piece
        for kind, stretch in zip(kinds, stretches, strict=True)
        for piece in pieces(
            Labelled(kind, stretch.text, view.level(stretch) if kind == "heading" else int(stretch.is_first)),
            is_set=stretch.element.preformatted,
        )
    ]


def names_title(text: str, title: str) -> bool:
    """True when the text is the title, or most of it and its beginning, or all of it but the site's name."""
    if len(text) > _SHORT or len(title) > 2 * _SHORT:
        return False
    said, named = _WORD.findall(text.lower()), _WORD.findall(title.lower())
    if len(said) < 3:
        return False
    begins = len(said) >= _TITLE_SHARE * len(named) and named[: len(said)] == said
    return begins or said == max(map(_WORD.findall, _PARTED.split(title.lower())), key=len)


def begins_title(text: str, title: str) -> bool:
    """True when the text, of a word or two, is all of the title that stands before the site's name."""
    return _WORD.findall(text.lower()) == _WORD.findall(_PARTED.split(title.lower())[0])


class _View:
    """A page whose main text is known."""

    def __init__(self, stretches: Sequence[Stretch], titles: Sequence[str]) -> None:
        texts = [stretch.text.text for stretch in stretches]
        elements = elements_of(stretches)
        held = Counter(stretch.element for stretch in stretches)
        self.stretches = stretches
        self.levels = inherited(elements, _level) | {
            stretch.element: DEEPEST
            for stretch in stretches
            if (stretch.element.name in BOLD and heads(stretch.text.text))
            or (counts(stretch.text.text) and held[stretch.element] == 1 and not _is_listed(stretch.element))
        }
        self.named = {place for place, text in enumerate(texts) if any(names_title(text, title) for title in titles)}
        self.first = {place for place, stretch in enumerate(stretches) if self.levels[stretch.element] == 1}
        self.named |= {place for place in self.first if any(begins_title(texts[place], title) for title in titles)}
        self.found = content(elements, stretches, self.named | self.first)
        self.levels |= _summaries(stretches, self.found.chosen) | self._openers()
        self.special = inherited(elements, lambda element: _special(element) if element in self.found.region else None)
        self.asides = inherited(elements, _aside)
        self.items = inherited(elements, lambda element: element.name in _ITEMS or None)
        self.title = self._title()
        self.begin = self._begin()

    def _openers(self) -> dict[Element, int]:
        """The level of what opens a part of the main text, which it heads, where it has none of its own."""
        heads = (found.head.element for found in self.found.opened if not self.found.apart[found.part])
        return {element: DEEPEST for element in heads if not self.levels[element]}

    def level(self, heading: Stretch) -> int:
        """The level of a heading."""
        return self.levels[heading.element] or 0

    def kind(self, place: int) -> str:
        """What a stretch is."""
        if place == self.title:
            return "title"
        element, text = self.stretches[place].element, self.stretches[place].text.text
        if self.found.apart[element] is Apart.SURELY and not self.found.chosen[place]:
            return "other"
        chosen = self.found.chosen[place] and place > self.begin and place not in self.named
        special = self.special[element]
        if special == _FIGURE:
            is_caption = chosen and self._is_plain(element) and not _is_long(text)
            special = "caption" if is_caption else None
        if special and not (chosen and self.levels[element] and special != "caption"):
            return special
        if chosen:
            return self._main_kind(self.stretches[place])
        return (self.asides[element] if len(text) <= _SHORT else None) or "other"

    def _is_plain(self, element: Element) -> bool:
        """True for text of a figure that is neither a heading nor a table, a list, code or a quotation in it."""
        near = islice(element.lineage(), _NEAR)
        held = element.cell or element.preformatted or self.items[element] or self.levels[element]
        return not held and all(outer.name not in {"tr", "blockquote"} for outer in near)

    def _main_kind(self, stretch: Stretch) -> str:
        """What a stretch of the main text is."""
        element, text = stretch.element, stretch.text.text
        if _MARKS.issuperset(_WORD.findall(text.lower())):
            return "other"
        if self.levels[element] and len(text) <= _SHORT:
            return "caption" if is_label(text) else "heading"
        if element.name == "tr":
            return "columns" if stretch.is_head else "row"
        if element.name == "time":
            return "dates"
        if element.preformatted and is_code(element):
            return "code"
        return "item" if self.items[element] else "prose"

    def _title(self) -> int:
        """Where the title stands: the surest of what may be it, of these the first; -1 when nothing may."""
        element = [stretch.element for stretch in self.stretches]
        headings = [place for place in self.named if self.levels[element[place]]]
        first = [place for place in self.first if element[place] in self.found.region]
        plain = [
            place for place in self.named if not self.stretches[place].linked and not self.found.apart[element[place]]
        ]
        return min(headings or first or plain or [-1])

    def _begin(self) -> int:
        """After which stretch the main text begins: after the title, unless much of it stands above."""
        weights = [
            len(stretch.text) * chosen for stretch, chosen in zip(self.stretches, self.found.chosen, strict=True)
        ]
        return self.title if sum(weights[: max(self.title, 0)]) < _ABOVE * sum(weights) else -1


def _is_long(text: str) -> bool:
    """True for several sentences without the number of a figure before them: no caption where none is marked so."""
    return len(text) > _LONGEST_CAPTION and len(_SENTENCE.findall(text)) > 1 and not begins_with_label(text)


def _is_listed(element: Element) -> bool:
    """True in an item of a list or a table's cell, where the number of a part, "Part 1", may stand for that part."""
    near = islice(element.lineage(), _NEAR)
    return bool(element.cell or element.entry) or any(outer.name in _ITEMS for outer in near)


def _level(element: Element) -> int | None:
    """The level of the heading that an element is."""
    if element.attributes.get("role") == "heading":
        level = element.attributes.get("aria-level", "")
        return int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2
    return HEADINGS.get(element.name)


def _summaries(stretches: Sequence[Stretch], chosen: Sequence[bool]) -> dict[Element, int]:
    """The level of what is shown of a closed detail, "When are you open?", where it heads nothing but that.

    So it is where another detail, a heading or no main text comes behind.
    """
    found: dict[Element, int] = {}
    below: Element | None = None  # the detail that the stretch below stands in
    is_last = ends = True  # whether the stretch below, the one below the detail, lets a heading end
    for stretch in (stretch for stretch, is_main in zip(reversed(stretches), reversed(chosen), strict=True) if is_main):
        around = {element.name: element for element in stretch.element.lineage()}
        detail = around.get("details")
        ends = ends if detail is below else is_last
        if detail and ends and "summary" in around:
            found[stretch.element] = DEEPEST
        is_last = detail is not None or not HEADINGS.keys().isdisjoint(around)
        below = detail
    return found


def _special(element: Element) -> str | None:
    """What an element says its text is, wherever in the main text it stands."""
    if element.name in HEADINGS:
        return None
    if element.name in {"caption", "figcaption"} or not _CAPTION_WORDS.isdisjoint(element.words()):
        return "caption"
    if element.name == _FIGURE:
        return _FIGURE
    given = element.attributes
    names = {*given.get("class", "").lower().split(), given.get("id", "").lower()}
    if not names.isdisjoint(_REFERENCES):
        return "references"
    return "footnote" if not names.isdisjoint(_NOTES) else _ROLES.get(given.get("role", ""))


def _aside(element: Element) -> str | None:
    """What an element outside the main text says its text is, when that is short."""
    named = element.words() | {element.attributes.get(key, "").lower() for key in ("itemprop", "rel")}
    if element.name == "time" or not _DATES.isdisjoint(named):
        return "dates"
    return "author" if not _AUTHOR.isdisjoint(named) and "abstract" not in named else None


def _closed(kinds: list[str], stretches: Sequence[Stretch]) -> list[str]:
    """The kinds, headings with nothing under them left out: "You may also like" above what was set aside.

    So is one of a box that holds but it and what was set aside, wherever on the page the box stands.
    """
    closed = list(kinds)
    below = len(kinds)  # the stretch below that is no other
    for place in range(len(kinds) - 1, -1, -1):
        if kinds[place] == "heading" and (below == len(kinds) or _is_boxed(stretches[place : below + 1])):
            closed[place] = "other"
            below = place if below < len(kinds) else below  # so that no stretch is looked at twice
        elif kinds[place] in CONTENT or kinds[place] == "heading":
            below = place
    return closed


def _is_boxed(stretches: Sequence[Stretch]) -> bool:
    """True where the first of some stretches stands in one box with the others, and the last outside of it."""
    head, *aside, below = stretches
    if sum(len(stretch.text) for stretch in aside) < max(_BOXED, 2 * len(head.text)):
        return False
    box = common(head.element, aside[0].element)
    return all(outer is not box for outer in below.element.lineage())
