"""Line ends: those inside a paragraph are taken out, those between paragraphs are kept."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise

from indexer.aligned import Edit
from indexer.clean.layout import (
    BINDING,
    Line,
    ends_open,
    ends_sentence,
    is_caption,
    is_item,
    item_number,
    stanzas,
    starts_lower,
)
from indexer.clean.titles import end_of_title

NARROWEST, WIDEST = 30, 140  # characters in a typeset line; wider lines are paragraphs
FULL = 0.6  # of the width: a shorter line was ended on purpose
CLOSING = 0.85  # of the width: a sentence that ends and leaves more room ends a paragraph

_WORD = re.compile(r"[a-z]+[\s,.;:)]")
_GOING_ON = re.compile(rf"\n(?<=[\w,)\x02\ufffe-]\n)[^\S\n]*+\n\s*+{_WORD.pattern}")  # over a blank line
# A line that goes on with a word in lower case, as half of them do: no address, item, caption or heading.
_PLAIN = re.compile(r"( *)[a-z]{2,}[,;)]*(?: |\Z)")


def width(text: str) -> int:
    """The width of the lines that the text is broken into; 0 when its lines are paragraphs.

    The sign of broken lines is that many go on in lower case.
    """
    several = [stanza for stanza in stanzas(text) if len(stanza) > 1]
    widths = sorted(end - start for stanza in several for start, end in stanza[:-1])
    widest = widths[int(len(widths) * 0.9)] if widths else 0
    if not NARROWEST <= widest <= WIDEST:
        return 0
    full = len(widths) - bisect_left(widths, FULL * widest)
    enough = max(2, math.ceil((0.25 if len(widths) >= 6 else 0.5) * len(widths)))
    pairs = (pair for stanza in several for pair in pairwise([text[start:end] for start, end in stanza]))
    going_on = islice(filter(lambda pair: _goes_on(*pair), pairs), enough)
    return widest if full >= 0.5 * len(widths) and sum(1 for _ in going_on) == enough else 0


def _goes_on(before: str, after: str) -> bool:
    """True when a word is cut, or the second line starts in lower case and the first one has no end mark."""
    after = after[:64]
    _, space, last = before.rpartition(" ")
    if (space and last in BINDING) or (before.endswith("-") and before[-2:-1].isalpha()):
        return True
    return starts_lower(after) and not is_item(after) and not ends_sentence(before)


def refolded(text: str, wide: int) -> list[Edit]:
    """The lines of a paragraph put on one line, in a text broken into lines `wide` characters long."""
    if not wide:
        return []
    title_end = end_of_title(text)
    return [edit for stanza in stanzas(text) for edit in _folds(text, stanza, wide, title_end)]


def _folds(text: str, stanza: Sequence[Line], wide: int, title_end: int) -> Iterator[Edit]:
    """The line ends inside the paragraphs of a stanza, as spaces."""
    if len(stanza) < 2:
        return
    widths = sorted([end - start for start, end in stanza])
    wide = max(wide, min(WIDEST, widths[int(len(widths) * 0.9)]) if len(widths) > 3 else 0)
    found = [text[start:end] for start, end in stanza]
    number = item_number(found[0])
    beyond = chain(found[2:], [""])
    for (_, end), (start, _), before, after, below in zip(stanza, stanza[1:], found, found[1:], beyond, strict=False):
        if plain := _PLAIN.match(after):
            if end != title_end:
                yield end, start + plain.end(1), " "
            continue
        counted = item_number(after)
        ended = ends_sentence(before)
        anew = _starts_anew(before, after, number, counted, ended=ended)
        number = counted or number
        if end == title_end or anew or (ended and _is_heading(after, below, wide)):
            continue
        if _belongs(before, after, wide, ended=ended):
            yield end, start + len(after) - len(after.lstrip()), " "


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


@lru_cache(maxsize=1)  # the round that finds nothing more to do asks again
def over_blank_lines(text: str, wide: int) -> list[Edit]:
    """Blank lines inside a sentence, which columns and pages leave behind."""
    edits: list[Edit] = []
    candidates = {found.start() for found in _GOING_ON.finditer(text)}
    if not candidates:
        return edits
    for above, below in pairwise(stanzas(text)):
        end, start = above[-1][1], below[0][0]
        if end in candidates and _is_cut(text, above, below, wide):
            indent = len(text[start : below[0][1]]) - len(text[start : below[0][1]].lstrip())
            edits.append((end, start + indent, "\n" if text[end - 1] in "-\x02\ufffe" else " "))
    return edits


def _is_cut(text: str, above: Sequence[Line], below: Sequence[Line], wide: int) -> bool:
    """True when a sentence breaks off in the stanza above and goes on in the one below.

    Where lines are paragraphs the two must be whole prose, for lists without bullets look alike.
    """
    end = text[above[-1][1] - 1]
    if not (end.isalnum() or end in ",-)\x02\ufffe"):
        return False
    following = text[slice(*below[0])]
    if not _WORD.match(following.lstrip()):
        return False
    first, last = text[slice(*above[0])], text[slice(*above[-1])]
    if is_item(following) or is_caption(first) or not starts_lower(following) or len(last.split()) < 3:
        return False
    if wide:
        return True
    return len(last.split()) >= 10 and not starts_lower(last) and ends_sentence(text[slice(*below[-1])])
