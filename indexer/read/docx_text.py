"""The text of a paragraph of a Word document: tracked changes accepted, field codes and hidden text left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.read.raised import raised
from indexer.read.xml_tree import Element, Piece

# Deleted or moved away, codes, properties, comments; and the older twin of a drawing, for programs of before 2010.
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "rt", "docPr", "sdtPr", "Fallback"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_TEXT_BOX = "txbxContent"
_OFF = frozenset({"0", "false", "off"})


class _Raised(str):
    """Text of a superscript."""

    __slots__ = ()


@dataclass(slots=True)
class Paragraph:
    """A paragraph's text, and the text boxes anchored in it."""

    text: str
    boxes: list[Element] = field(default_factory=list)


def paragraph(element: Element) -> Paragraph:
    """What a paragraph says."""
    found = Paragraph("")
    parts: list[str] = []
    for part in _parts(element):
        if isinstance(part, _Raised):
            parts.append(raised(part, parts[-1] if parts else ""))
        elif isinstance(part, str):
            parts.append(part)
        else:
            found.boxes.append(part)
    found.text = "".join(parts)
    return found


def goes_on(element: Element) -> bool:
    """True when the end of the paragraph was deleted, so that the next one continues it."""
    marks = element.first("pPr", "rPr")
    return marks is not None and any(mark.name in {"del", "moveFrom"} for mark in marks.elements())


def in_bold(element: Element) -> bool:
    """True when all runs in an element that hold text are set in bold themselves, whatever their style is."""
    return all(is_on(run.first("rPr", "b")) for run in element.all("r") if any(run.all("t")))


def is_on(mark: Element | None) -> bool:
    """True for a property that stands there and is not turned off."""
    return mark is not None and mark.attributes.get("val", "") not in _OFF


def _parts(element: Element) -> Iterator[str | Element]:
    """The text inside an element and the text boxes in it, in order."""
    for child in element.elements():
        if child.name == "t":
            yield "".join(part.text for part in child.children if isinstance(part, Piece))
        elif child.name in _SIGNS:
            yield _SIGNS[child.name]
        elif child.name == "sym":
            yield _symbol(child.attributes.get("char", ""))
        elif child.name == _TEXT_BOX:
            yield child
        elif child.name not in _LEFT_OUT and not (child.name == "r" and _hidden(child)):
            is_raised = child.name == "r" and _stands_raised(child)
            yield from (_Raised(part) if is_raised and isinstance(part, str) else part for part in _parts(child))


def _symbol(code: str) -> str:
    """A sign by its number; those of symbol fonts have none that means anything elsewhere."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    usable = 0x20 <= number < 0xD800 or 0xF900 <= number < 0x110000
    return chr(number) if usable else ""


def _stands_raised(run: Element) -> bool:
    """True for a superscript."""
    mark = run.first("rPr", "vertAlign")
    return mark is not None and mark.attributes.get("val") == "superscript"


def _hidden(run: Element) -> bool:
    """True for text that its author hid."""
    return is_on(run.first("rPr", "vanish"))
