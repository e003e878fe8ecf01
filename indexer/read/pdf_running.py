"""Running heads, running feet and page numbers, told by their repetition across pages.

A piece near the top or foot of a page is running when the same text, digits masked, stands at the same height on other
pages; and so is a whole short line with a number that grows by one from page to page, which finds the heads of short
articles that alternate. Over 45 PDFs repetition alone took 40 patterns, of which 35 were right; the wrong ones had no
word in them ("#.#") or were table rows.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from indexer.read.pdf_lines import Line, rows

_DEPTH = 3  # lines from either edge that may be running
_LEAST_PAGES, _LEAST_SHARE = 3, 0.25  # of the pages
_WINDOW = 8  # pages: the head of a chapter recurs so soon, though on few pages of the book
_SAME_HEIGHT = 6.0  # points
_CLOSE = 1.35  # type sizes between the base lines of one text
_SHORT = 16  # words in a line that runs because of its number
_WORD = re.compile(r"[^\W\d_]{4}")
_NUMBER = re.compile(
    r"^\W{0,3}(\d{1,4})\b(?![.,]\d)|(?<![.,\d])\b(\d{1,4})\W{0,3}$|\bpage\W*(\d{1,4})\b", re.IGNORECASE
)
_PAGE_OF = re.compile(r"(?:page|seite|p\.) ?\d{1,4}(?: ?(?:of|/|von) ?\d{1,4})?", re.IGNORECASE)
_ET_AL = re.compile(r"^[^\W\d_][\w’'-]+,? et al\b(?!\.? ?[a-z])|[|·•] .*\bet al\.?$")
_LEAST_NUMBERS, _EVEN = 6, 0.8  # numbers in a margin; share of them that follow the one above by the usual step
_ROMAN = re.compile(r"[ivxl]{1,7}")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


class _Edge(NamedTuple):
    """A line near the top or the foot of a page."""

    page: int  # from 0
    side: str
    pieces: tuple[Line, ...]
    texts: tuple[str, ...]  # of the pieces

    @property
    def base(self) -> float:
        """Where the line is on its page."""
        return self.pieces[0].base


def running(pages: list[list[Line]], texts: list[str]) -> list[set[Line]]:
    """For each page the pieces that are running; `texts` are the texts of the pages."""
    sides = [side for page, pieces in enumerate(pages) for side in _sides(page, pieces, texts[page])]
    edges = [edge for side in sides for edge in side[:_DEPTH]]
    found = _repeated(edges, len(pages)) | _numbered(edges, len(pages)) | _counted(edges)
    found |= {piece for side in sides for piece in _named(side)}
    kept = [_line_numbers(pieces, text) for pieces, text in zip(pages, texts, strict=True)]
    for side in sides:
        for edge in _zone(side, found):
            kept[edge.page] |= found & set(edge.pieces)
    return kept


def _zone(side: list[_Edge], found: set[Line]) -> list[_Edge]:
    """The lines near the edge that have something running, up to a gap or a change of type.

    Pages that are copies of one form repeat their text too, and it goes on below as it began.
    """
    zone = [at for at, edge in enumerate(side[:_DEPTH]) if found & set(edge.pieces)]
    while zone and zone[-1] + 1 < len(side) and _goes_on(side[zone[-1]], side[zone[-1] + 1]):
        zone.pop()
    return [side[at] for at in zone]


def _goes_on(edge: _Edge, inner: _Edge) -> bool:
    """True when the line next to an edge's line is set like it, and as close as lines of one text are."""
    size = edge.pieces[0].size
    return abs(edge.base - inner.base) < _CLOSE * size and edge.pieces[0].style == inner.pieces[0].style


def _sides(page: int, pieces: list[Line], text: str) -> Iterator[list[_Edge]]:
    """The lines at the top and at the foot of a page, from the edge inwards, and one more each."""
    lines = rows(pieces)
    for side, ordered in (("top", lines), ("foot", lines[::-1])):
        nearest = ordered[: _DEPTH + 1]
        yield [_Edge(page, side, tuple(row), tuple(_text(piece, text) for piece in row)) for row in nearest]


def _text(piece: Line, text: str) -> str:
    """The piece's characters, its words one space apart."""
    return " ".join(text[word.start : word.end] for word in piece.words)


def _repeated(edges: list[_Edge], pages: int) -> set[Line]:
    """Pieces whose text recurs at the same height."""
    places: defaultdict[tuple[str, str], list[tuple[int, Line]]] = defaultdict(list)
    for edge in edges:
        for piece, text in zip(edge.pieces, edge.texts, strict=True):
            if _WORD.search(text):
                places[edge.side, re.sub(r"\d+", "#", text.casefold())].append((edge.page, piece))
    found: set[Line] = set()
    for place in places.values():
        height = median(piece.base for _, piece in place)
        same = [(page, piece) for page, piece in place if abs(piece.base - height) < _SAME_HEIGHT]
        if _recurs([page for page, _ in same], pages):
            found.update(piece for _, piece in same)
    return found


def _recurs(on: list[int], pages: int) -> bool:
    """True when a text on these pages is on enough of all, or often enough within a few."""
    on = sorted(set(on))
    often = len(on) >= max(_LEAST_PAGES, _LEAST_SHARE * pages)
    return often or any(last - first < _WINDOW for first, last in zip(on, on[_LEAST_PAGES - 1 :], strict=False))


def _numbered(edges: list[_Edge], pages: int) -> set[Line]:
    """The pieces of short lines at one height with a number that grows with the page."""
    least = min(_LEAST_PAGES, max(2, pages))
    lines: defaultdict[tuple[str, int], list[_Edge]] = defaultdict(list)
    for edge in edges:
        for number in _numbers(edge):
            lines[edge.side, number - edge.page].append(edge)
    found: set[Line] = set()
    for same in lines.values():
        height = median(edge.base for edge in same)
        level = [edge for edge in same if abs(edge.base - height) < _SAME_HEIGHT]
        if len({edge.page for edge in level}) >= least:
            found.update(piece for edge in level for piece in edge.pieces)
    return found


def _counted(edges: list[_Edge]) -> set[Line]:
    """Pieces that call themselves a page."""
    return {
        piece for edge in edges for piece, text in zip(edge.pieces, edge.texts, strict=True) if _PAGE_OF.fullmatch(text)
    }


def _named(side: list[_Edge]) -> Iterator[Line]:
    """The line at the top of a page but the first that names its authors, "Kim et al.", and stands apart from the text.

    An article of two pages has it once.
    """
    if len(side) > 1 and side[0].page and side[0].side == "top" and not _goes_on(side[0], side[1]):
        text = " ".join(side[0].texts)
        if _ET_AL.search(text) and len(text.split()) <= _SHORT:
            yield from side[0].pieces


def _line_numbers(pieces: list[Line], text: str) -> set[Line]:
    """The numbers of lines in the margin of a manuscript: they stand outside the text and grow evenly."""
    numbers = [piece for piece in pieces if len(piece.words) == 1 and _text(piece, text).isdecimal()]
    others = [piece for piece in pieces if piece not in set(numbers)]
    if len(numbers) < _LEAST_NUMBERS or not others:
        return set()
    edge = sorted(piece.left for piece in others)[len(others) // 20]
    margin = sorted((piece for piece in numbers if piece.right < edge), key=lambda piece: piece.base)
    values = [int(_text(piece, text)) for piece in margin]
    steps = Counter(b - a for a, b in pairwise(values))
    if len(margin) < _LEAST_NUMBERS:
        return set()
    step, times = steps.most_common(1)[0]
    return set(margin) if step > 0 and times >= _EVEN * (len(values) - 1) else set()


def _numbers(edge: _Edge) -> set[int]:
    """The numbers of a short line that may be the page's: those at its ends or beside "page", and a lone roman one."""
    text = " ".join(edge.texts)
    if len(text.split()) > _SHORT:
        return set()
    romans = {_roman(piece.casefold()) for piece in edge.texts if _ROMAN.fullmatch(piece.casefold())}
    return romans | {int(match[match.lastindex or 0]) for match in _NUMBER.finditer(text)}


def _roman(numeral: str) -> int:
    """The value of a roman numeral."""
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
