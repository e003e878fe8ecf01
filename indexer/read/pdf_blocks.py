"""Lines of a region -> blocks: paragraphs, list items, captions, rows of a table.

A line starts a new block when the gap above it is wide, its size changes, it is indented after a line that ended, it
carries a mark like its elder sisters, or its first word would have fitted on the line before: a typesetter breaks a
line early only where a paragraph ends.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from indexer.aligned import AlignedText
from indexer.read.pdf_lines import Line, aligned, all_bold
from indexer.read.pdf_rows import Row, table_rows
from indexer.read.pdf_words import Word
from indexer.read.tables import Cell, Rows
from indexer.read.tables import Place as Column

_WIDE_LEADING = 1.22  # of the region's usual distance between base lines
_TIGHT = 1.15  # type sizes between base lines, where a region has too few lines to tell
_LOOSEST, _APART, _MANY = 3.0, 1.6, 3  # type sizes between lines of one text, of a few lines; how many are not few
_OTHER_SIZE = 0.07  # of the size: more is another kind of text
_PART = 0.15  # of a line's characters
_INDENT, _CENTRED = 0.7, 2.5  # type sizes; points between the middles of two centred lines
_SPACE, _CLEARLY = 0.25, 2.0  # type sizes: a space; what a line leaves free that was broken early for sure
_LONGEST = 14  # characters to a word and a space, at most, in the long run
_NEAR = 4  # lines before and after that show how wide the column is
_SHORT_LINE = 0.85  # of the width: a line that ends before it may end a paragraph
ENDED = re.compile(r"[.!?:;…。！？][\"”’»)\]]*[\d,*†‡]{0,8}$")
BULLET = re.compile(r"[•●▪◦‣·∙■□➢✓–—*-]\s|[•●▪◦‣■➢✓]")
NUMBERED = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\[\d{1,3}\]|\[[A-Za-z+]{2,8}\d{2}[a-z]?\])(?=\s)|\d{1,3}(?=\s+[A-Z])"
)
_ORDINAL = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\[\d{1,3}\]")
CAPTION = re.compile(
    r"(?:Supplement\w*\s+|Extended Data\s+|Online\s+)?"
    r"(?:Fig(?:ures?|s)?\.?|Tab(?:le)?\.?|Scheme|Chart|Plate|Box|Exhibit|Algorithm|Listing"
    r"|Abb(?:ildung|\.)|Tabelle|Tableau|Figura|Tabla)"
    r"\s*(?:[A-Z]?\.?\d+(?:\.\d+)*|[IVX]+)[A-Za-z]?(?P<mark>\s*[.:|—–]|\s*$)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A block as it is being told: its lines, its text, and what it is."""

    lines: tuple[Line, ...]
    text: AlignedText
    page: int  # from 0
    column: tuple[int, float, float]  # number of the region in the document, its left and right edge
    kind: str = "prose"
    level: int = 0

    @property
    def size(self) -> float:
        """The type size of most of its lines."""
        return median(line.size for line in self.lines)

    @property
    def words(self) -> int:
        """How many words it has, about."""
        return word_count(self.text.text)


def word_count(text: str) -> int:
    """How many words a text has, about; in scripts without spaces that is told by its length."""
    return max(len(text.split()), len(text) // _LONGEST)


class Place(NamedTuple):
    """Where a region is."""

    page: int  # from 0
    text: str  # of the page
    offset: int  # of the page's text in the source
    region: int  # number in the document


def parts(lines: list[Line], place: Place, kind: str = "") -> Iterator[Part]:
    """The blocks of a region; a single one where its kind is known."""
    if not lines:
        return
    column = (place.region, min(line.left for line in lines), max(line.right for line in lines))
    for told, group, row in [(kind, lines, None)] if kind else _groups(lines, place.text):
        text = _tabbed(row, place) if row else None
        text = text or joined((aligned(line, place.text, place.offset) for line in group), place.text, place.offset)
        yield Part(tuple(group), text, place.page, column, told, row.level if row else 0)


def _tabbed(row: Row, place: Place) -> AlignedText | None:
    """The text of a row, tabs between its cells; None where they are an item and its number."""
    texts = [aligned(cell, place.text, place.offset) for cell in row.cells]
    if len(texts) == 2 and (_ORDINAL.fullmatch(texts[0].text) or BULLET.fullmatch(f"{texts[0].text} ")):
        return None
    return Rows().text((Cell(Column(0, at), text) for at, text in zip(row.columns, texts, strict=True)), 0)


def joined(lines: Iterable[AlignedText], text: str = "", offset: int = 0) -> AlignedText:
    """Lines as one text with line ends between them; none after pdfium's mark of a hyphen at a line's end."""
    found: list[AlignedText] = []
    for line in lines:
        if found and not found[-1].text.endswith("\x02"):
            start, end = found[-1].runs[-1][2], line.runs[0][1]
            blank = start < end and text[start - offset : end - offset].isspace()
            found.append(AlignedText.build("\n", [(1, start, end if blank else start)]))
        found.append(line)
    return AlignedText.join(found)


def _groups(lines: list[Line], text: str) -> Iterator[tuple[str, list[Line], Row | None]]:
    """The lines in groups with their kinds: prose as far as can be told here, or a row."""
    column = _Column(lines, [plain(line, text) for line in lines], _leadings(lines))
    start = 0
    for at, row in enumerate(table_rows(lines, text)):
        if at > start and (row or _Break(column, start, at).found()):
            yield "prose", lines[start:at], None
            start = at
        if row:
            yield row.kind, [lines[at]], row
            start = at + 1
    if start < len(lines):
        yield "prose", lines[start:], None


def _leadings(lines: list[Line]) -> dict[float, float]:
    """For each type size the usual distance between its base lines, in type sizes."""
    steps: defaultdict[float, list[float]] = defaultdict(list)
    for above, line in pairwise(lines):
        step = (line.base - above.base) / line.size
        if line.size == above.size and 0.8 < step < _LOOSEST:
            steps[line.size].append(step)
    usual = _leading([step for found in steps.values() for step in found], _TIGHT)
    return {line.size: _leading(steps[line.size], usual) for line in lines}


def _leading(steps: list[float], otherwise: float) -> float:
    """The middle of the steps; of a few steps the least, unless it is that of lines that stand apart."""
    if len(steps) >= _MANY:
        return median(steps)
    return max(_TIGHT, min(steps)) if steps and min(steps) < _APART else otherwise


class _Column(NamedTuple):
    """The lines of a region, their texts, and the usual distance between those of a size, in type sizes."""

    lines: list[Line]
    texts: list[str]
    leadings: dict[float, float]


class _Break:
    """The question whether the line at `at` starts a new block after those from `start` on."""

    def __init__(self, column: _Column, start: int, at: int) -> None:
        lines, texts = column.lines, column.texts
        self.group = lines[start:at]
        self.line, self.last, self.first = lines[at], lines[at - 1], lines[start]
        self.words, self.first_words = texts[at], texts[start]
        self.ended = bool(ENDED.search(texts[at - 1]))
        self.leading = max(column.leadings[self.line.size], column.leadings[self.last.size])
        near = lines[max(0, at - _NEAR) : at + _NEAR]
        self.right = max(line.right for line in near if _alike(line, self.last))

    def found(self) -> bool:
        """True when it does."""
        return self._apart() or self._restyled() or self._marked() or self._indented() or self._forced()

    def _apart(self) -> bool:
        """A wide gap, or a step back up the page."""
        step = self.line.base - self.last.base
        return not 0.3 * self.line.size < step <= self.leading * _WIDE_LEADING * max(self.line.size, self.last.size)

    def _restyled(self) -> bool:
        """Another size; or another dress, bold or a font of its own, that is no part of a sentence."""
        if not _alike(self.line, self.last):
            return True
        if all_bold(self.line) and not all_bold(self.last):
            return self.ended or self._early()
        if all(all_bold(line) for line in self.group) and not all_bold(self.line):
            return not self.line.words[0].style.bold or self.ended or self._early()
        own = one_font(self.group)
        return bool(own) and own != self.line.style.font and self._early()

    def _marked(self) -> bool:
        """A bullet, a caption's label, or a number like the block's own, further left than the text."""
        if BULLET.match(self.words) and (self.ended or self._early() or BULLET.match(self.first_words)):
            return True
        if CAPTION.match(self.words) and (self.ended or self._early()):
            return bool(_strict_caption(self.words))
        if not NUMBERED.match(self.words):
            return False
        sister = bool(NUMBERED.match(self.first_words)) and abs(self.line.left - self.first.left) < self.line.size
        return sister and (self.ended or self._early())

    def _indented(self) -> bool:
        """The first line of a paragraph, or the first of an entry whose other lines hang."""
        step = (self.line.left - self.last.left) / self.line.size
        if _centred(self.line, self.last) or abs(step) < _INDENT:
            return False
        if step > 0:
            return self.ended and (len(self.group) > 1 or self._short())
        return len(self.group) > 1 and not self._wraps()

    def _wraps(self) -> bool:
        """True when the lines step back because a figure ended, in the middle of a sentence."""
        return not self.ended and self.words[:1].islower()

    def _short(self) -> bool:
        """True when the line before ends well before the column does."""
        return self.last.right - self.last.left < _SHORT_LINE * (self.right - self.last.left)

    def _early(self, slack: float = 1.0) -> bool:
        """True when the line's first word would have fitted on the line before, with `slack` points to spare."""
        word = _first_word(self.line.words)
        return self.last.right + _SPACE * self.line.size + word < self.right - slack

    def _forced(self) -> bool:
        """A line broken early where the text can end."""
        if not self._early() or _centred(self.line, self.last):
            return False
        if self.ended:
            return not self.words[:1].islower()
        return self._short() and self._early(_CLEARLY * self.line.size) and self.words[:1].isupper()


def plain(line: Line, text: str) -> str:
    """The line's characters, its words one space apart where there is one."""
    return aligned(line, text, 0).text


def _strict_caption(text: str) -> bool:
    """True when a label with its mark starts the text, or is all of it."""
    match = CAPTION.match(text)
    return match is not None and match["mark"] is not None


def _alike(a: Line, b: Line) -> bool:
    """True when two lines are of about the same size; an address in small type does not set its line apart."""
    return _shares(a, b.size) or _shares(b, a.size)


def _shares(line: Line, size: float) -> bool:
    """True when a good part of a line is of about that size."""
    alike = sum(w.end - w.start for w in line.words if abs(w.style.size - size) <= _OTHER_SIZE * size)
    return alike > _PART * sum(word.end - word.start for word in line.words)


def one_font(lines: Iterable[Line]) -> str:
    """The font that all words of the lines have; empty when there are several."""
    fonts = {word.style.font for line in lines for word in line.words}
    return fonts.pop() if len(fonts) == 1 else ""


def _centred(a: Line, b: Line) -> bool:
    """True when two lines stand on one axis but do not start alike."""
    return abs(a.left + a.right - b.left - b.right) < 2 * _CENTRED and abs(a.left - b.left) > _CENTRED


def _first_word(words: tuple[Word, ...]) -> float:
    """The width of the words up to the first gap."""
    last = words[0]
    for word in words[1:]:
        if word.start != last.end:
            break
        last = word
    return last.right - words[0].left
