"""HTML tags -> the open elements, with the closing tags that pages leave out or get wrong put right as browsers do.

No tree is kept: a stretch of text knows the elements it stands in, and what holds no text is forgotten. Nothing here
calls itself, and every search is bounded, so that 100,000 nested elements cost no more than 100,000 in a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from indexer.read.tables import Grid, Place

# What a reader sees as a block of its own. Elements that the standard does not know show in line.
BLOCK = frozenset(
    "address article aside audio blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main menu nav "
    "noframes noscript object ol optgroup option p pre search section select summary table tbody td template textarea "
    "tfoot th thead tr ul video".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KEPT = BLOCK | {"time"}  # say something even without attributes
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# What an opening tag closes when it is still open, and where the search for it ends.
_IMPLIED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    name: (frozenset(closes.split()), frozenset(limits.split()))
    for name, closes, limits in (
        ("li", "li", "ul ol menu td th"),
        ("dt", "dt dd", "dl td th"),
        ("dd", "dt dd", "dl td th"),
        ("tr", "tr", "table"),
        ("td", "td th", "tr table"),
        ("th", "td th", "tr table"),
        ("tbody", "thead tbody", "table"),
        ("option", "option", "select"),
        ("a", "a", "td th caption"),
    )
}
_CELLS = frozenset({"td", "th"})
_ENTRIES = frozenset({"dd", "dt"})
_TABLE = _CELLS | {"table", "thead", "tbody", "tfoot", "tr", "caption"}
_WALLS = _CELLS | {"table", "caption"}  # closing tags of other elements do not reach out of these
BOLD = frozenset({"b", "strong"})  # told from other text in cells and paragraphs alone
_TOOLS = frozenset(
    {"mw-editsection", "headerlink", "hash-link", "anchor-link", "copiable-link", "Inline-Template", "mw-cite-backlink"}
)
_NEAR = 32  # how far up an unclosed element is looked for
_DEPTH = 512  # as in Blink: what is nested deeper counts as standing here
_NAMING = ("class", "id", "data-testid", "data-component")
_TITLED = frozenset({*HEADINGS, "a", "dt", "section"})  # their ids are made of headings: id="related-work"
_FILED = ("tag-", "category-", "author-")  # what WordPress adds to an entry's classes: where it is filed
_PARTS = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")  # names with digits are made up: "sc-1ad5" says nothing of ads
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(eq=False, slots=True)
class Element:
    """An element of the page, as far as it matters to the text in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    depth: int = 0
    link: bool = False  # in a link
    tool: bool = False  # a heading's link to itself or to an editor, "[edit]", "¶", or a mark of a note
    preformatted: bool = False
    code: bool = False  # preformatted text that is code, or holds some
    cell: Element | None = None  # the table cell that it is, or stands in
    place: Place | None = None  # of a cell
    grid: Grid | None = None  # of the table that it is, or stands in
    entry: Element | None = None  # the term, or what is said of one, that it is or stands in
    told: frozenset[str] | None = None  # its words, once they were asked for

    def lineage(self) -> Iterator[Element]:
        """The element and what it stands in, innermost first."""
        at: Element | None = self
        while at is not None:
            yield at
            at = at.parent

    def words(self) -> frozenset[str]:
        """The words of its class and id, in lower case: "relatedPosts" and "related-posts" are related and posts."""
        if self.told is None:  # each is asked four times
            self.told = self._words() if self.attributes else frozenset()
        return self.told

    def _words(self) -> frozenset[str]:
        """The words, made."""
        given = [name for key in _NAMING for name in self.attributes.get(key, "").split()]
        if self.name in _TITLED or "section" in given:
            given = self.attributes.get("class", "").split()
        if "hentry" in given or any(name.startswith("status-") for name in given):
            given = [name for name in given if not name.startswith(_FILED)]
        parts = (part for name in given for part in _PARTS.findall(_HUMPS.sub(" ", name[:200])))
        return frozenset(part.lower() for part in parts)

    def _leads_away(self, address: str | None) -> bool:
        """True for a link, but for a heading's link to itself, as documentation has them."""
        return address is not None and not (address.startswith("#") and self.name in HEADINGS)

    def child(self, name: str, attributes: dict[str, str]) -> Element:
        """A new element in this one."""
        made = Element(name, attributes, self, self.depth + 1)
        made.link = self.link or (name == "a" and self._leads_away(attributes.get("href")))
        made.tool = (self.tool and name not in BLOCK) or (bool(attributes) and _is_tool(name, attributes))
        made.preformatted = self.preformatted or name == "pre"
        made.cell = made if name in _CELLS else self.cell
        made.entry = made if name in _ENTRIES else self.entry
        made.grid = Grid() if name == "table" or (name == "tr" and not self.grid) else self.grid
        if made.grid and name == "tr":
            made.grid.begin_row()
        elif made.grid and name in _CELLS:
            made.place = made.grid.place(attributes.get("colspan", ""), attributes.get("rowspan", ""))
        return made

    def stands_in(self, names: frozenset[str]) -> bool:
        """True in an element of these names inside of a table's cell."""
        return any(element.name in names for element in takewhile(lambda element: element.cell, self.lineage()))


def _is_tool(name: str, attributes: dict[str, str]) -> bool:
    """True for what MediaWiki, Sphinx, Texinfo and others set beside headings and words, and for silent links."""
    is_silent = name == "a" and attributes.get("aria-hidden") == "true"
    return is_silent or not _TOOLS.isdisjoint(attributes.get("class", "").split())


def common(left: Element, right: Element) -> Element:
    """The innermost element that holds both."""
    while left is not right:
        if left.depth >= right.depth and left.parent is not None:
            left = left.parent
        elif right.parent is not None:
            right = right.parent
        else:
            return left
    return left


class OpenElements:
    """The elements that are open at some place of a page."""

    def __init__(self) -> None:
        self._entries: list[tuple[str, Element]] = []
        self._within: list[Counter[str]] = [Counter()]  # names open since each wall
        self._root = Element("html")
        self._beyond = 0  # elements open past the depth limit

    @property
    def innermost(self) -> Element:
        """Where text that comes now stands."""
        return self._entries[-1][1] if self._entries else self._root

    def open(self, name: str, attributes: dict[str, str], *, is_mark: bool = False) -> None:
        """Take an opening tag: close what it closes, then open its element; `is_mark` of one that leads to a note."""
        self._imply(name)
        if name in _VOID:
            return
        if len(self._entries) >= _DEPTH:
            self._beyond += 1
            return
        parent = self.innermost
        parent.code = parent.code or (name == "code" and parent.name == "pre")
        said = bool(attributes) or is_mark or (name in BOLD and (parent.cell is not None or parent.name == "p"))
        element = parent.child(name, attributes) if said or name in _KEPT else parent
        element.tool = element.tool or is_mark
        self._entries.append((name, element))
        self._within[-1][name] += 1
        if name in _WALLS:
            self._within.append(Counter())

    def close(self, name: str) -> None:
        """Take a closing tag: close its element and what stands open in it; in-line ones leave blocks open."""
        if self._beyond:
            self._beyond -= 1
        elif self._within[-1][name] or (name in _TABLE and any(within[name] for within in self._within)):
            self._close_nearest(name)

    def _imply(self, name: str) -> None:
        if name in _IMPLIED:
            self._close_near(*_IMPLIED[name])
        if name in BLOCK:
            self._close_paragraph()

    def _close_near(self, closes: frozenset[str], limits: frozenset[str]) -> None:
        """Close the nearest of some elements, unless a limit stands between."""
        lowest = max(len(self._entries) - _NEAR, 0)
        for at in range(len(self._entries) - 1, lowest - 1, -1):
            name = self._entries[at][0]
            if name in closes:
                return self._pop(at)
            if name in limits:
                return None
        return None

    def _close_paragraph(self) -> None:
        """Close a paragraph that only in-line elements stand open in."""
        lowest = max(len(self._entries) - _NEAR, 0)
        for at in range(len(self._entries) - 1, lowest - 1, -1):
            name = self._entries[at][0]
            if name in BLOCK:
                return self._pop(at) if name == "p" else None
        return None

    def _close_nearest(self, name: str) -> None:
        at, alone = len(self._entries) - 1, False
        while self._entries[at][0] != name:
            alone = alone or self._entries[at][0] in BLOCK
            at -= 1
        if alone and name not in BLOCK:
            self._within[-1][name] -= 1
            del self._entries[at]
        else:
            self._pop(at)

    def _pop(self, at: int) -> None:
        """Close all elements from entry `at` on."""
        while len(self._entries) > at:
            name, _ = self._entries.pop()
            if name in _WALLS:
                self._within.pop()
            self._within[-1][name] -= 1
