"""A paragraph of a JATS article as one line, with what floats beside it set apart.

Numbers of citations that stand raised after a word are left out: in a line of text they would read as part of the
word ("disease12"). Citations in brackets stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.aligned import AlignedText
from indexer.read.blocks import joined
from indexer.read.raised import raised
from indexer.read.xml_tree import Element, Piece, aligned, collapsed

FLOATING = frozenset(
    {"boxed-text", "fig", "fig-group", "fn", "media", "supplementary-material", "table-wrap", "table-wrap-group"}
)
_BREAKING = frozenset(
    {"code", "def-list", "disp-quote", "list", "p", "preformat", "speech", "statement", "verse-group"}
)
_HIDDEN = frozenset({"alt-text", "graphic", "inline-graphic", "long-desc", "object-id", "tex-math", "textual-form"})
_PARTED = frozenset({"break", "disp-formula", "disp-formula-group"})  # a space stands before and after
_FORMATS = frozenset({"bold", "italic", "monospace", "sc", "sub", "sup", "underline"})
_NOTED = frozenset({"aff", "author-notes", "bibr", "corresp", "fn", "table-fn"})  # kinds of xref to a source or note
_SEPARATORS = re.compile(r"[\s,;–—-]*")
_OPENING = re.compile(r"[\s(\[]*")
_CLOSING = re.compile(r"[\s,;*–—)\]-]*")
_LONGEST_OPENING = 8  # pieces: a bracket, and line ends around it
_NUMBERS = re.compile(r"(?!.*\d{4})[\d\s,;–—-]+", re.DOTALL)  # four digits are a year


class _Token(NamedTuple):
    """A piece of a paragraph."""

    piece: Piece
    citing: bool = False  # it refers to a source or a note
    raised: bool = False  # it is set as a superscript


@dataclass(slots=True)
class Paragraph:
    """What is in a paragraph: lines and the elements that break them, in order; and what floats beside it."""

    flow: list[AlignedText | Element] = field(default_factory=list)
    floats: list[Element] = field(default_factory=list)


def paragraph(element: Element) -> Paragraph:
    """The lines of a paragraph, the elements between them and beside them."""
    found = Paragraph()
    tokens: list[_Token] = []
    for part in _parts(element, citing=False, raised=False):
        if isinstance(part, _Token):
            tokens.append(part)
        elif part.name in FLOATING:
            found.floats.append(part)
        else:
            found.flow += _line(tokens), part
            tokens = []
    found.flow.append(_line(tokens))
    return found


def line(element: Element) -> AlignedText:
    """All running text of an element as one line, without what floats beside it."""
    flow = paragraph(element).flow
    return joined((part if isinstance(part, AlignedText) else line(part) for part in flow), " ")


def data_line(element: Element) -> AlignedText:
    """All text of an element that holds data, such as a name or a reference, with a space between its parts."""
    return collapsed(aligned(list(_data(element))))


def _data(element: Element) -> Iterator[Piece]:
    after_element = False
    for child in element.children:
        if isinstance(child, Piece):
            yield child
        elif child.name not in _HIDDEN:
            if after_element and child.name not in _FORMATS:
                yield Piece(" ", child.start, child.start)
            yield from _data(child)
        after_element = isinstance(child, Element)


def _parts(element: Element, *, citing: bool, raised: bool) -> Iterator[_Token | Element]:
    """The pieces inside an element, and the elements that are not part of a line."""
    for child in element.children:
        if isinstance(child, Piece):
            yield _Token(child, citing, raised)
        elif child.name in FLOATING or child.name in _BREAKING:
            yield child
        elif child.name == "math":
            yield from (_Token(piece) for piece in _data(child))
        elif child.name in _PARTED:
            yield _Token(Piece(" ", child.start, child.start))
            yield from (_Token(piece) for piece in _data(child))
            yield _Token(Piece(" ", child.start, child.start))
        elif child.name not in _HIDDEN:
            cites = child.name == "xref" and child.attributes.get("ref-type") in _NOTED
            yield from _parts(child, citing=citing or cites, raised=raised or child.name == "sup")


def _line(tokens: list[_Token]) -> AlignedText:
    """The tokens as one line, without raised citations."""
    kept: list[Piece] = []
    at = 0
    while at < len(tokens):
        end = _citation_end(tokens, at)
        if end == at:
            end = at + 1
            kept.append(_shown(tokens[at], kept))
        elif _stands_raised(tokens[at:end], kept):
            _close_up(kept, tokens[end].piece.text if end < len(tokens) else "")
        else:
            kept += [token.piece for token in tokens[at:end]]
        at = end
    return collapsed(aligned(kept))


def _shown(token: _Token, before: list[Piece]) -> Piece:
    """The piece of a token, raised signs in place of a number that stands raised behind a digit."""
    is_raised = token.raised and before
    return token.piece._replace(text=raised(token.piece.text, before[-1].text)) if is_raised else token.piece


def _citation_end(tokens: list[_Token], at: int) -> int:
    """The end of a run of citations and what separates them; `at` when none begins there."""
    first = at
    while first < min(len(tokens), at + _LONGEST_OPENING) and _is_raised(tokens[first], _OPENING):
        first += 1
    end = at
    for place in range(first, len(tokens)):
        token = tokens[place]
        if token.citing or (end > at and _is_raised(token, _CLOSING)):
            end = place + 1
        elif end == at or not _SEPARATORS.fullmatch(token.piece.text):
            break
    return end


def _is_raised(token: _Token, signs: re.Pattern[str]) -> bool:
    """True for these signs as a superscript."""
    return token.raised and not token.citing and signs.fullmatch(token.piece.text) is not None


def _stands_raised(citation: list[_Token], before: list[Piece]) -> bool:
    """True when the citation is a superscript, or a bare number right after a word or its full stop."""
    if all(token.raised for token in citation if token.citing):
        return True
    mark = before[-1].text[-1:] if before else ""
    glued = mark.isalnum() or (mark != "" and mark in ".,;:!?%”’\"')")
    return glued and _NUMBERS.fullmatch("".join(token.piece.text for token in citation)) is not None


def _close_up(before: list[Piece], after: str) -> None:
    """Drop the space before a citation that was left out where a mark or another space follows."""
    if before and (not after or after[0] in ".,;:!?)] \n"):
        text, start, end = before.pop()
        kept = text.rstrip(" \n")
        if kept:
            before.append(Piece(kept, start, end - len(text) + len(kept)))
