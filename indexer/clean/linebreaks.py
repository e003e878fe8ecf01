"""Line ends: those inside a paragraph are taken out, those between paragraphs are kept."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, repeat

import numpy as np

from indexer.aligned import AlignedText, Edit
from indexer.arrays import Array, indices
from indexer.clean.authors import is_author_line
from indexer.clean.layout import BINDING, ends_open, ends_sentence, is_caption, is_item, item_number, starts_lower
from indexer.clean.lines import Lines, lines_of
from indexer.clean.titles import end_of_title

NARROWEST, WIDEST = 30, 140  # characters in a typeset line; wider lines are paragraphs
FULL = 0.6  # of the width: a shorter line was ended on purpose
CLOSING = 0.85  # of the width: a sentence that ends and leaves more room ends a paragraph

DOUBLE = 6  # lines at least in a text of which it is said that a blank one stands after each

_WHOLE = 10  # words of a line at least that is a paragraph of prose, and no item of a list

_TOP = 3  # lines of a title at most, below which "by Jane Roe" names its author
_WORD = re.compile(r"[a-z]+[\s,.;:)]")


def width(text: str) -> int:
    """The width of the lines that the text is broken into; 0 when its lines are paragraphs.

    The sign of broken lines is that many go on in lower case.
    """
    lines = lines_of(text)
    below = indices(~lines.tops)
    if not len(below):
        return 0
    widths = np.sort((lines.ends - lines.starts)[below - 1])
    widest = int(widths[int(len(widths) * 0.9)])
    if not NARROWEST <= widest <= WIDEST:
        return 0
    full = len(widths) - int(np.searchsorted(widths, FULL * widest))
    enough = max(2, math.ceil((0.25 if len(widths) >= 6 else 0.5) * len(widths)))
    return widest if full >= 0.5 * len(widths) and _go_on(lines, below, enough) else 0


def closed_up(text: str) -> list[Edit]:
    """The blank lines after every line of a broken text, as double spacing or a file copied amiss leaves behind.

    Where more stand than after most lines a paragraph ends, and one stays.
    """
    lines = lines_of(text)
    if len(lines) < DOUBLE or len(lines.stanzas) < 0.9 * len(lines):
        return []
    ends, starts = lines.lasts[:-1], lines.firsts[1:]
    if 2 * int((lines.plain[1:] & ~lines.ended[:-1]).sum()) < len(ends) or not _is_even(lines):
        return []
    breaks = np.cumsum(lines.codes == ord("\n"))
    gaps = breaks[starts] - breaks[ends - 1]
    usual = int(np.median(gaps))
    edits = list(zip(ends[gaps == usual].tolist(), starts[gaps == usual].tolist(), repeat("\n")))
    return edits if width(AlignedText.of(text).edit(edits).text) else []


def _is_even(lines: Lines) -> bool:
    """True when few lines are short, as those between pages are ("Page 12")."""
    widths = lines.ends - lines.starts
    return bool((widths >= FULL * np.quantile(widths, 0.9)).mean() >= 0.75)


def _go_on(lines: Lines, below: Array, enough: int) -> bool:
    """True when enough of some lines go on with what stands above them."""
    sure = lines.plain[below] & ~lines.ended[below - 1]
    missing = max(0, enough - int(sure.sum()))
    going_on = (at for at in below[~sure].tolist() if _goes_on(lines[at - 1], lines[at]))
    return sum(1 for _ in islice(going_on, missing)) == missing


def _goes_on(before: str, after: str) -> bool:
    """True when a word is cut, or the second line starts in lower case and the first one has no end mark."""
    after = after[:64]
    _, space, last = before.rpartition(" ")
    if (space and last in BINDING) or (before.endswith("-") and before[-2:-1].isalpha()):
        return True
    return starts_lower(after) and not is_item(after) and not ends_sentence(before)


def refolded(text: str, wide: int) -> list[Edit]:
    """The line ends inside paragraphs as spaces, in a text broken into lines `wide` characters long."""
    if not wide:
        return []
    lines = lines_of(text)
    below = indices(~lines.tops)  # all of them may go on with the line above
    wides = _wides(lines, wide)[below]
    unended = ~lines.ended[below - 1]
    full = (lines.ends - lines.starts)[below - 1] >= FULL * wides
    begins = lines.numbered[below] | lines.captions[below]  # as an item or a caption does
    sure = lines.plain[below] | (unended & full & ~begins)
    short = unended & ~full & ~begins & ~sure
    maybe = below[short & (lines.small[below] | lines.open[below - 1])].tolist()
    going_on = (at for at in maybe if starts_lower(lines[at]) or ends_open(lines[at - 1]))
    unsure = ~sure & ~short
    folded = np.array([*below[sure].tolist(), *going_on, *_judged(lines, below[unsure], wides[unsure])], np.int64)
    folded.sort()
    ends, starts = lines.ends[folded - 1], lines.firsts[folded]
    inside = ends != end_of_title(text)
    return list(zip(ends[inside].tolist(), starts[inside].tolist(), repeat(" ")))


def _wides(lines: Lines, wide: int) -> Array:
    """For each line the width of the text, or that of its stanza when this has more than three lines and is wider."""
    stanzas = np.cumsum(lines.tops) - 1
    sizes = np.bincount(stanzas)
    ordered = np.sort(stanzas * (WIDEST + 1) + np.minimum(lines.ends - lines.starts, WIDEST))
    widths = ordered[np.cumsum(sizes) - sizes + (sizes * 0.9).astype(int)] % (WIDEST + 1)
    return np.asarray(np.maximum(wide, np.where(sizes > 3, widths, 0))[stanzas])


def _judged(lines: Lines, below: Array, wides: Array) -> Iterator[int]:
    """Those of some lines that go on with the line above, as the two and the one below tell."""
    top, number = -1, 0
    tops = np.array(lines.stanzas)[np.searchsorted(lines.stanzas, below) - 1]
    told = (each.tolist() for each in (below, tops, wides, lines.ended[below - 1]))
    for at, stanza, wide, ended in zip(*told, strict=True):
        if stanza != top:
            top, number = stanza, item_number(lines[stanza])
        before, after = lines[at - 1], lines[at]
        counted = item_number(after)
        anew = _starts_anew(before, after, number, counted, ended=ended)
        number = counted or number
        if anew or (ended and _is_heading(after, lines.below(at), wide)):
            continue
        if _belongs(before, after, wide, ended=ended):
            yield at


def _starts_anew(before: str, after: str, number: int, counted: int, *, ended: bool) -> bool:
    """True when the second line is the start of an item, a caption or an indented paragraph.

    `number` is that of the last item, `counted` the second line's own, 0 when there is none; `ended` says that the
    first one ends a sentence.
    """
    if is_caption(after, before):
        return True
    if counted:
        return counted in (1, number + 1) and (ended or counted == number + 1)
    if is_item(after):
        return True
    return ended and len(after) - len(after.lstrip()) > len(before) - len(before.lstrip()) and not starts_lower(after)


def _is_heading(line: str, below: str, wide: int) -> bool:
    """True for a short line, behind the end of a sentence, before the start of another or nothing."""
    if len(line) >= FULL * wide or not line.lstrip()[:1].isupper() or len(line.split()) > 8:
        return False
    return not (ends_sentence(line) or ends_open(line) or starts_lower(below))


def _belongs(before: str, after: str, wide: int, *, ended: bool) -> bool:
    """True when the second line goes on with what the first one says; `ended` says that this one ends a sentence."""
    if not ended and len(before) >= FULL * wide:
        return True
    if starts_lower(after) or ends_open(before):
        return True
    return ended and len(before) + 1 + len(after.split(maxsplit=1)[0]) > CLOSING * wide


@lru_cache(maxsize=1)  # where no line end is mended in between, the rule is asked twice
def over_blank_lines(text: str, wide: int) -> list[Edit]:
    """Blank lines inside a sentence, which columns and pages leave behind."""
    lines = lines_of(text)
    if len(lines.stanzas) < 2:
        return []
    maybe = indices(lines.going_on[1:] & lines.cut[:-1] & (lines.counts[:-1] >= _least(wide))) + 1
    places = [at for at in maybe.tolist() if _is_cut(lines, at, wide)]
    gaps = [(int(lines.ends[at - 1]), int(lines.firsts[at])) for at in places]
    return [(end, start, "\n" if text[end - 1] in "-\x02\ufffe" else " ") for end, start in gaps]


def _least(wide: int) -> int:
    """How many words the line has at least in which a sentence breaks off."""
    return 3 if wide else _WHOLE


def _is_cut(lines: Lines, at: int, wide: int) -> bool:
    """True when a sentence breaks off in the stanza above a line and goes on in the one that the line begins.

    Where lines are paragraphs the two must be whole prose, for lists without bullets look alike.
    """
    last, following = lines[at - 1], lines[at]
    if not (last[-1].isalnum() or last[-1] in ",-)\x02\ufffe") or not _WORD.match(following.lstrip()):
        return False
    if not starts_lower(following) or is_item(following) or lines.counts[at - 1] < _least(wide):
        return False
    if is_caption(lines[lines.stanza(at - 1).start]) or (at <= _TOP and is_author_line(following.strip())):
        return False
    if wide:
        return True
    return not starts_lower(last) and ends_sentence(lines[lines.stanza(at).stop - 1])
