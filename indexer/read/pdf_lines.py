"""Words of a page -> pieces of lines in pdfium's order -> whole lines of a column, from top to bottom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from indexer.aligned import AlignedText, Run
from indexer.read.pdf_words import Style, Word
from indexer.read.raised import raised

_ASCENT, _DESCENT = 0.7, 0.2  # of the type size, above and below the base line
_SPACE = 0.14  # of the type size: a wider gap is a space; pdfium's own is about as wide
_PIECE_GAP = 1.0  # of the type size: a wider gap may be a gutter between columns; spaces of a tight line reach 0.8
_STEP_BACK = 0.5  # of the type size: accents and kerning step back less
_SHARED = 0.5  # of the height of letters that stand on one line
_TOUCH = 0.1  # of the type size between a letter and a mark right behind it
_TOUCHING = 0.3  # the share for such a mark: half a line up or down, .37
_RAISED = 0.2  # of the type size: how far above the base line a raised mark begins


class Line(NamedTuple):
    """Words on one line, or a piece of one; y grows down the page."""

    words: tuple[Word, ...]
    left: float
    right: float
    base: float
    style: Style  # of most of its characters

    @property
    def top(self) -> float:
        """Where the letters' tops are."""
        return self.base - _ASCENT * self.style.size

    @property
    def foot(self) -> float:
        """Where the letters' feet are."""
        return self.base + _DESCENT * self.style.size

    @property
    def width(self) -> float:
        """Points from the first letter to the last."""
        return self.right - self.left

    @property
    def size(self) -> float:
        """Type size in points."""
        return self.style.size


def line(words: Iterable[Word]) -> Line:
    """Words as a line."""
    kept = tuple(words)
    counts: Counter[Style] = Counter()
    for word in kept:
        counts[word.style] += word.end - word.start
    style = counts.most_common(1)[0][0]
    base = next(word.base for word in kept if word.style == style)
    return Line(kept, min(word.left for word in kept), max(word.right for word in kept), base, style)


def pieces(words: Iterable[Word]) -> list[Line]:
    """Words that follow one another on a line, cut at gaps that may be gutters."""
    found: list[list[Word]] = []
    for word in words:
        if found and _follows(found[-1], word):
            found[-1].append(word)
        else:
            found.append([word])
    return [line(words) for words in found]


def _follows(words: list[Word], word: Word) -> bool:
    """True when the word goes on where the words end."""
    last = words[-1]
    size = max(last.style.size, word.style.size)
    gap = (word.left - last.right) / size
    share = _TOUCHING if abs(gap) < _TOUCH else _SHARED
    on_line = _overlap(last, word, share) or (len(words) > 1 and _overlap(words[-2], word))
    return on_line and -_STEP_BACK < gap < _PIECE_GAP


def _overlap(a: Word | Line, b: Word | Line, share: float = _SHARED) -> bool:
    """True when the lower of the two shares so much of its height with the other: a raised mark and its line do."""
    top = max(a.base - _ASCENT * a.style.size, b.base - _ASCENT * b.style.size)
    foot = min(a.base + _DESCENT * a.style.size, b.base + _DESCENT * b.style.size)
    return foot - top >= share * (_ASCENT + _DESCENT) * min(a.style.size, b.style.size)


def rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Pieces grouped by the line they stand on, from top to bottom, each row from left to right."""
    found: list[list[Line]] = []
    anchors: list[Line] = []  # the largest type of each row
    for piece in sorted(lines, key=lambda piece: (piece.base, piece.left)):
        at = next(
            (at for at in range(len(found) - 1, max(-1, len(found) - 4), -1) if _fits(piece, found[at], anchors[at])),
            None,
        )
        if at is None:
            found.append([piece])
            anchors.append(piece)
            continue
        found[at].append(piece)
        anchors[at] = max(anchors[at], piece, key=lambda line: line.size)
    order = sorted(range(len(found)), key=lambda at: anchors[at].base)
    return [sorted(found[at], key=lambda piece: piece.left) for at in order]


def _fits(piece: Line, row: list[Line], anchor: Line) -> bool:
    """True when the piece stands on the row's line, beside what is there."""
    if not _overlap(anchor, piece):
        return False
    slack = _STEP_BACK * piece.size
    return all(piece.left > other.right - slack or piece.right < other.left + slack for other in row)


def whole_lines(lines: Iterable[Line]) -> list[Line]:
    """The pieces of a column put together to lines, from top to bottom."""
    return [row[0] if len(row) == 1 else line(word for piece in row for word in piece.words) for row in rows(lines)]


def gaps(whole: Line) -> list[float]:
    """The gaps between the words of a line, as shares of its type size."""
    return [(b.left - a.right) / max(whole.size, 1) for a, b in pairwise(whole.words)]


def all_bold(line: Line) -> bool:
    """True when nearly all of a line is bold."""
    bold = sum(word.end - word.start for word in line.words if word.style.bold)
    return bold > 0.9 * sum(word.end - word.start for word in line.words)


def aligned(whole: Line, text: str, offset: int) -> AlignedText:
    """The line's text, aligned to the source, in which the page's text starts at `offset`."""
    parts: list[str] = []
    runs: list[Run] = []
    last: Word | None = None
    is_raised = False
    for word in whole.words:
        for part, run in _between(last, word, text) if last else ():
            parts.append(part)
            runs.append(run)
        shown = text[word.start : word.end]
        is_raised = last is not None and (_stands_raised(last, word) or (is_raised and _goes_on(last, word)))
        parts.append(raised(shown, parts[-1]) if is_raised else shown)
        runs.append((word.end - word.start, word.start, word.end))
        last = word
    return AlignedText.build("".join(parts), [(n, start + offset, end + offset) for n, start, end in runs])


def _stands_raised(last: Word, word: Word) -> bool:
    """True for a smaller word raised above the one that it follows without a space."""
    is_raised = word.style.size < last.style.size and last.base - word.base > _RAISED * last.style.size
    return is_raised and word.start == last.end


def _goes_on(last: Word, word: Word) -> bool:
    """True for a word on the base line and of the size of the one that it follows without a space, in another font."""
    return (word.start, word.base, word.style.size) == (last.end, last.base, last.style.size)


def _between(a: Word, b: Word, text: str) -> Iterator[tuple[str, Run]]:
    """What stands between two neighbours: pdfium's spaces, one of ours where it broke the line at a gap, or nothing."""
    gap = text[a.end : b.start]
    if gap and not gap.strip(" \xa0"):
        yield gap, (len(gap), a.end, b.start)
    elif b.start != a.end and b.left - a.right > _SPACE * max(a.style.size, b.style.size):
        yield " ", (1, a.end, b.start if b.start > a.end and gap.isspace() else a.end)
