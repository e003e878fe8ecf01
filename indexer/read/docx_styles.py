"""What the styles of a Word document say about its paragraphs."""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.read.xml_tree import Element

_HEADING = re.compile(r"heading ?([1-9])")
_KINDS = (  # of a paragraph, by the name of its style in lower case
    (re.compile(r"title"), "title"),
    (re.compile(r"caption"), "caption"),
    (re.compile(r"list (bullet|number|continue)( \d)?|list \d"), "item"),
    (re.compile(r"(footnote|endnote) text"), "footnote"),
    (re.compile(r"bibliography|references?|endnote bibliography"), "references"),
    (re.compile(r"toc \d|toc heading|table of (figures|authorities|contents)|index \d"), "other"),
    (re.compile(r"header|footer"), "running"),
    (re.compile(r"authors?|affiliations?"), "author"),
)
_BODY_LEVEL = "9"  # of an outline: text, not a heading


class Kind(NamedTuple):
    """What a paragraph is."""

    kind: str = "prose"
    level: int = 0  # of a heading, from 1


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, root: Element | None) -> None:
        found = root.elements() if root else ()
        self._styles = {style.attributes.get("styleId", ""): style for style in found if style.name == "style"}

    def kind(self, properties: Element | None) -> Kind:
        """What a paragraph with these properties is."""
        chain = [properties, *self._chain(value(properties, "pStyle"))] if properties else []
        outline = next((level for given in chain if (level := value(_paragraph(given), "outlineLvl"))), "")
        if outline.isdigit() and outline != _BODY_LEVEL and len(outline) == 1:
            return Kind("heading", int(outline) + 1)
        return self._named(value(properties, "pStyle")) or Kind("item" if _numbered(chain) else "prose")

    def _chain(self, name: str) -> list[Element]:
        """A style and those it is based on, the nearest first."""
        chain: list[Element] = []
        while (style := self._styles.get(name)) and style not in chain and len(chain) < 10:
            chain.append(style)
            name = value(style, "basedOn")
        return chain

    def _named(self, name: str) -> Kind | None:
        """What the name of a style, or of one it is based on, says of its paragraphs."""
        chain = [value(style, "name") for style in self._chain(name)] or [re.sub(r"(?<=[a-z])(?=[A-Z\d])", " ", name)]
        for style in (given.lower() for given in chain):
            if heading := _HEADING.fullmatch(style):
                return Kind("heading", int(heading[1]))
            if kind := next((kind for pattern, kind in _KINDS if pattern.fullmatch(style)), ""):
                return Kind(kind)
        return None


def value(element: Element | None, name: str) -> str:
    """The value of a property directly inside an element; empty when it has none."""
    found = element.first(name) if element else None
    return found.attributes.get("val", "") if found else ""


def _paragraph(given: Element) -> Element | None:
    """The paragraph properties of a style; those of a paragraph are its own."""
    return given.first("pPr") if given.name == "style" else given


def _numbered(chain: list[Element]) -> bool:
    """True for a paragraph with a number or bullet; the number 0 takes one away."""
    numbers = (own.first("numPr") for given in chain if (own := _paragraph(given)))
    number = next((found for found in numbers if found), None)
    return number is not None and value(number, "numId") not in {"", "0"}
