"""A page of a PDF -> its characters as pdfium gives them, and its words with their places.

The page's text has one character for each character index of pdfium, so an offset in a page is pdfium's own index and
a box can be asked for later. pdfium makes up spaces and line ends (CR LF) where the page has only gaps; a hyphen at a
line's end comes as U+0002 with no line end after it.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_BOLD_NAME = re.compile(r"(?i:bold|black|heavy)|Demi(?![a-z])|Medi$|[.-]BI?$|^(?:CM|SF)(?:BX|SSBX|B\d)|F\d+BX")
_ITALIC_NAME = re.compile(r"(?i:ital|obli)|[.-]B?I$|^(?:CM|SF)(?:TI|MI|SL|BXTI)")
_FORCE_BOLD, _ITALIC_FLAG = 1 << 18, 1 << 6  # of the font descriptor
_NAME_BYTES = 128
_SAME_FOOT = 0.05  # of a box's height; glyphs that hang lower differ by 0.01
_SAME_BASE = 0.04  # of the type size
_FAR = 20_000.0  # points; pages are at most 14,400 wide
_LEAST_SIZE = 0.1  # points: sizes are divided by
_STRAIGHT = 0.02  # quarter turns
ASKEW = -1  # the turn of text at no right angle: a stamp across the page


class Style(NamedTuple):
    """How characters look."""

    size: float  # points on the page
    bold: bool  # by the font's name or flag; pdfium's weight calls the plain fonts of TeX bold
    italic: bool
    font: str
    turn: int  # quarter turns against the clock, from 0 to 3, or ASKEW


class Word(NamedTuple):
    """Characters without a space between them, of one style, on one line; y grows down the page."""

    start: int  # in the page's text
    end: int
    left: float
    right: float
    base: float  # y of the line the letters stand on
    style: Style


class PageText(NamedTuple):
    """A page's characters and its words, in pdfium's order."""

    text: str
    words: tuple[Word, ...]  # of the turn that most characters have: they are upright when the page is read
    aside: tuple[Word, ...]  # of other turns


def page_text(page: pypdfium2.PdfPage) -> PageText:
    """The characters and words of a page."""
    textpage = page.get_textpage()
    try:
        characters = _Characters(textpage.raw)
        text = characters.text()
        words = list(_words(characters, text))
    finally:
        textpage.close()
    turn = _main_turn(words)
    upright = tuple(_turned(word, turn) for word in words if word.look.style.turn == turn)
    aside = tuple(_turned(word, word.look.style.turn) for word in words if word.look.style.turn != turn)
    return PageText(text, upright, aside)


class _Characters:
    """The characters of a page, asked of pdfium one by one."""

    __slots__ = ("_flags", "_handle", "_matrix", "_name", "_x", "_y", "box")

    def __init__(self, handle: ctypes.c_void_p) -> None:
        self._handle = handle
        self.box = pdfium.FS_RECTF()  # of the character last asked for; y grows up
        self._matrix, self._x, self._y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        self._name, self._flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()

    def text(self) -> str:
        """All characters."""
        get, handle = pdfium.FPDFText_GetUnicode, self._handle
        return "".join([_character(get(handle, index)) for index in range(pdfium.FPDFText_CountChars(handle))])

    def find(self, index: int) -> pdfium.FS_RECTF:
        """The box of a character, as wide as its step and as high as its font."""
        pdfium.FPDFText_GetLooseCharBox(self._handle, index, self.box)
        return self.box

    def look(self, index: int) -> _Look:
        """How a character looks, and where it starts."""
        handle, matrix = self._handle, self._matrix
        pdfium.FPDFText_GetMatrix(handle, index, matrix)
        pdfium.FPDFText_GetCharOrigin(handle, index, self._x, self._y)
        pdfium.FPDFText_GetFontInfo(handle, index, self._name, _NAME_BYTES, self._flags)
        size = abs(pdfium.FPDFText_GetFontSize(handle, index)) * math.hypot(matrix.c, matrix.d)
        turn = _turn(math.atan2(matrix.b, matrix.a))
        style = _style(round(_finite(size), 1), self._name.value, self._flags.value, turn)
        return _Look(style, _finite(self._x.value), _finite(self._y.value))


def _character(code: int) -> str:
    """The character of a code; U+FFFD for what no text can hold (no code, half of a pair)."""
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


def _finite(number: float) -> float:
    """The number, brought back to what can be on a page: damaged files have boxes at infinity."""
    return 0.0 if math.isnan(number) else min(_FAR, max(-_FAR, number))


@lru_cache(maxsize=4096)
def _style(size: float, name: bytes, flags: int, turn: int) -> Style:
    """The style of a font in a size; one object for all words that have it."""
    font = name.decode("utf-8", "replace").rpartition("+")[2]
    return Style(
        size=max(_LEAST_SIZE, size),
        bold=bool(flags & _FORCE_BOLD or _BOLD_NAME.search(font)),
        italic=bool(flags & _ITALIC_FLAG or _ITALIC_NAME.search(font)),
        font=font,
        turn=turn,
    )


def _words(characters: _Characters, text: str) -> Iterator[_Placed]:
    """The words of a page, where they stand in the file."""
    word: _Growing | None = None
    for index, character in enumerate(text):
        if character.isspace():
            if word:
                yield word.placed(index)
            word = None
            continue
        box = characters.find(index)
        if word and word.takes(index, box):
            continue
        if word:
            yield word.placed(index)
        word = _Growing(characters, index, box)
    if word:
        yield word.placed(len(text))


class _Placed(NamedTuple):
    """A word as it stands in the file: y grows up."""

    start: int
    end: int
    left: float
    bottom: float
    right: float
    top: float
    look: _Look


class _Look(NamedTuple):
    """The style of a character, and the point its base line starts at."""

    style: Style
    x: float
    y: float

    def base(self) -> float:
        """Where the base line is, growing towards the next line."""
        return (-self.y, self.x, self.y, -self.x)[max(self.style.turn, 0)]


class _Growing:
    """A word while its characters are read."""

    __slots__ = ("bottom", "characters", "foot", "left", "look", "right", "start", "top")

    def __init__(self, characters: _Characters, index: int, box: pdfium.FS_RECTF) -> None:
        self.characters = characters
        self.start = index
        self.look = characters.look(index)
        self.left, self.bottom, self.right, self.top = box.left, box.bottom, box.right, box.top
        self.foot = box.bottom

    def takes(self, index: int, box: pdfium.FS_RECTF) -> bool:
        """True, and the word has grown, when the character at `index` belongs to it."""
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        height = top - bottom
        if left > self.right + height or right < self.left - height:
            return False
        if abs(bottom - self.foot) > _SAME_FOOT * height and not self._continues(self.characters.look(index)):
            return False
        self.left, self.bottom = min(self.left, left), min(self.bottom, bottom)
        self.right, self.top = max(self.right, right), max(self.top, top)
        return True

    def _continues(self, look: _Look) -> bool:
        """True when a character that looks so is of this word's style and line."""
        level = abs(look.base() - self.look.base()) < _SAME_BASE * look.style.size
        return look.style == self.look.style and (level or look.style.turn == ASKEW)

    def placed(self, end: int) -> _Placed:
        """The word, ended."""
        left, bottom = _finite(self.left), _finite(self.bottom)
        return _Placed(self.start, end, left, bottom, _finite(self.right), _finite(self.top), self.look)


def _turn(angle: float) -> int:
    """Quarter turns in an angle in radians; ASKEW when it is not near any."""
    turns = angle / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < _STRAIGHT else ASKEW


def _main_turn(words: list[_Placed]) -> int:
    """The turn of most characters."""
    counts: Counter[int] = Counter()
    for word in words:
        if word.look.style.turn != ASKEW:
            counts[word.look.style.turn] += word.end - word.start
    return max(counts, key=lambda turn: (counts[turn], -turn), default=0)


def _turned(word: _Placed, turn: int) -> Word:
    """The word as seen when the page is held so that it is upright."""
    left, right = (
        (word.left, word.right),
        (word.bottom, word.top),
        (-word.right, -word.left),
        (-word.top, -word.bottom),
    )[max(turn, 0)]
    return Word(word.start, word.end, left, right, word.look.base(), word.look.style)
