"""Preformatted text: paragraphs, lines of verse, rows of a table set with spaces, and code, told apart.

Station      Arrives   Departs
Ulm          08:12     08:15
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.aligned import AlignedText
from indexer.read.blocks import Labelled, code
from indexer.read.tables import row

_LINE = re.compile(r"[^\n]+")
_GAP = re.compile(
    r"(?<=\S)(?!(?<=[a-z][.!?])\s+[A-Z])(?:\t| {3})\s*(?=\S)"
)  # typewriters put two spaces behind a sentence
_RULE = re.compile(r"[\s\-=+|_\u2500-\u257f]*")
_SIGN = re.compile(r"[{}=<>\\|]|\$[^\W\d]|\w[\[(]|^\s*(?:#|//)|^(?![^@]*@|.*www\.).*\w\.[^\W\d]\w")
_LOWER = re.compile(r"\s*[^\W\d_A-Z]")
_ITEM = re.compile(r"\s*(?:[-*•]+|\(?\w{1,3}[.)])\s")
_WIDEST, _NARROWEST = 100, 45  # characters of lines that are broken at a width; others stand for themselves
_GOING_ON = 1 / 3  # of lines below others, share that begins in lower case where lines are broken; of prose .6 to .8 do
_FULL = 0.85  # share of the width from which on the next word had no room


def pieces(given: Labelled, *, is_set: bool) -> Iterator[Labelled]:
    """What was given, in pieces: code line by line, prose that its author has set (`is_set`) as what it looks like."""
    if given.kind == "code" or (is_set and given.kind == "prose" and _is_code(given.text.text)):
        yield from code([given.text[line.start() : line.end()] for line in _LINE.finditer(given.text.text)])
    elif is_set and given.kind == "prose":
        yield from _told(given.text)
    else:
        yield given


def _told(text: AlignedText) -> Iterator[Labelled]:
    """The rows, the lines that stand for themselves, and the paragraphs of others."""
    stanzas = _stanzas(text.text)
    wide = _width(text.text, stanzas)
    for lines in stanzas:
        if _is_table(text.text, lines):
            yield from _rows(text, lines)
        else:
            yield from (Labelled("prose", paragraph) for paragraph in _paragraphs(text, lines, wide))


def _stanzas(text: str) -> list[list[tuple[int, int]]]:
    """Where the lines stand, those together that no empty line parts."""
    stanzas: list[list[tuple[int, int]]] = []
    start = 0
    goes_on = False
    for line in text.split("\n"):
        if line.strip():
            if not goes_on:
                stanzas.append([])
            stanzas[-1].append((start, start + len(line)))
        goes_on = bool(line.strip())
        start += len(line) + 1
    return stanzas


def _is_code(text: str) -> bool:
    """True where many of the lines hold signs of code; many of a table with ruled columns do too."""
    lines = [line for line in text.split("\n") if line.strip()]
    return 2 * sum(_SIGN.search(line) is not None for line in lines) > len(lines)


def _width(text: str, stanzas: Sequence[Sequence[tuple[int, int]]]) -> int:
    """The width that the lines are broken at; 0 where each stands for itself."""
    below = [lines[at][0] for lines in stanzas for at in range(1, len(lines))]
    going_on = sum(_LOWER.match(text, start) is not None for start in below)
    widths = sorted(end - start for lines in stanzas for start, end in lines if end - start <= _WIDEST)
    wide = widths[int(0.95 * len(widths))] if widths else 0
    return wide if wide >= _NARROWEST and going_on > _GOING_ON * len(below) else 0


def _is_table(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """True where most of several lines have a wide gap."""
    return len(lines) > 1 and 2 * sum(_GAP.search(text, *line) is not None for line in lines) > len(lines)


def _rows(text: AlignedText, lines: Sequence[tuple[int, int]]) -> Iterator[Labelled]:
    """The lines of a table, each a row; the first has the heads of the columns where only those below have numbers."""
    made = [row(_cells(text[start:end])) for start, end in lines if not _RULE.fullmatch(text.text, start, end)]
    numbers = [any(cell[:1].isdigit() for cell in one.text.split("\t")) for one in made]
    has_heads = len(made) > 1 and not numbers[0] and any(numbers)
    for at, one in enumerate(made):
        yield Labelled("columns" if has_heads and not at else "row", one, int(not at))


def _cells(line: AlignedText) -> Iterator[AlignedText]:
    """What stands between the wide gaps of a line."""
    edges = [0, *(edge for gap in _GAP.finditer(line.text) for edge in gap.span()), len(line)]
    return (line[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def _paragraphs(text: AlignedText, lines: Sequence[tuple[int, int]], wide: int) -> Iterator[AlignedText]:
    """The lines, those together that go on in the next."""
    start = lines[0][0]
    for above, line in pairwise(lines):
        if not _goes_on(text.text, above, line, wide):
            yield text[start : above[1]]
            start = line[0]
    yield text[start : lines[-1][1]]


def _goes_on(text: str, above: tuple[int, int], line: tuple[int, int], wide: int) -> bool:
    """True where the first word of a line had no room in the one above."""
    words = text[line[0] : line[1]].split(maxsplit=1)
    is_full = above[1] - above[0] + 1 + len(words[0]) > _FULL * wide
    return wide > 0 and is_full and not _ITEM.match(text, *line)
