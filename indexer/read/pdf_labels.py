"""What the blocks of a PDF are: heading, caption, list item, footnote, references, or no text at all.

Type tells most, measured against the body's: a footnote is small and stands at the foot of its column, a figure's
letters are few and small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from statistics import median

from indexer.read.pdf_authors import with_authors
from indexer.read.pdf_blocks import BULLET, CAPTION, ENDED, NUMBERED, Part
from indexer.read.pdf_headings import (
    REFERENCES,
    SMALLER,
    Body,
    body_type,
    with_headings,
    with_levels,
    with_title,
)

_FOOT_LINES = 30  # more small lines at a column's foot are no footnotes
_SCRAP, _SCRAP_WORDS = 0.88, 6  # of the body's size, and words: smaller and fewer are a figure's labels
_FORMULA_WORDS = 8  # more words without a word are a passage of numbers
_ENTRY = 0.12  # of the size: entries of one list of references differ less
_LETTERS, _DIGIT, _FORMULA = re.compile(r"[^\W\d_]{3}"), re.compile(r"\d"), re.compile(r"[=<>≤≥±∑∫√≈∈→]")
_EQUATION = re.compile(r"[=≈<>].*\(\d+[a-z]?\)$")  # with its number
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d[a-z]?\b")
_LEADERS = re.compile(r"(?:\s?[.…_]){5,}\s*(?:\d+|[ivxl]+)$", re.MULTILINE)


def labelled(parts: list[Part], original: str) -> list[Part]:
    """The parts with their kinds; headings with their levels. `original` is what their texts are aligned to."""
    if not parts:
        return []
    body = body_type(parts)
    found = with_headings([_plainly(part, body) for part in parts], body)
    found = with_authors(with_title(found, body), original)
    found = _with_footnotes(list(_with_references(with_levels(found))), body)
    return [_scrap(part, body) for part in _with_items(found)]


def _plainly(part: Part, body: Body) -> Part:
    """The part, labelled where it alone tells: a line of dots, a table of contents, a caption, a figure's letters."""
    text = part.text.text
    if part.kind not in {"prose", "row"}:
        return part
    if not _LETTERS.search(text) and not (part.kind == "row" and _DIGIT.search(text)):
        long = part.words >= _FORMULA_WORDS and part.size > body.size * SMALLER
        return part if long or _FORMULA.search(text) else replace(part, kind="other")
    if _LEADERS.search(text) or (part.kind == "row" and _EQUATION.search(text)):
        return replace(part, kind="other")
    if part.kind == "prose" and _is_caption(part, body):
        return replace(part, kind="caption")
    return part


def _is_caption(part: Part, body: Body) -> bool:
    """True when a label starts the part and is set off by a mark or by its type: "Table 1 shows" is a sentence."""
    text = part.text.text
    match = CAPTION.match(text)
    if not match or text[:1].islower():
        return False
    if match["mark"] is not None or part.size < body.size * SMALLER:
        return True
    label = part.lines[0].words[0].style
    return label.bold and not body.bold and text[match.end() :].lstrip()[:1].isupper()


def _with_references(parts: list[Part]) -> Iterator[Part]:
    """The parts with the entries under a heading for references labelled, up to the next heading as high."""
    start = 0
    for at, part in enumerate(parts):
        if part.kind != "heading" or at < start or not REFERENCES.fullmatch(part.text.text):
            continue
        yield from parts[start : at + 1]
        ends = (end for end, other in enumerate(parts[at + 1 :], at + 1) if _ends_section(other, part))
        start = next(ends, len(parts))
        yield from _entries(parts[at + 1 : start])
    yield from parts[start:]


def _ends_section(part: Part, heading: Part) -> bool:
    """True when a part is a heading as high as the section's."""
    return part.kind == "heading" and part.level <= heading.level


def _entries(section: list[Part]) -> list[Part]:
    """The parts of a section as references, where most have a number or a year; a section about references has not."""
    texts = [part for part in section if part.kind in {"prose", "heading"}]
    known = sum(bool(NUMBERED.match(part.text.text) or _YEAR.search(part.text.text)) for part in texts)
    if 2 * known < len(texts):
        return section
    size = median(part.size for part in texts) if texts else 0.0
    return [
        replace(part, kind="references", level=0) if part in texts and abs(part.size - size) < _ENTRY * size else part
        for part in section
    ]


def _with_footnotes(parts: list[Part], body: Body) -> list[Part]:
    """The parts with small type at the foot of a column labelled."""
    found: list[Part] = []
    for _, group in groupby(parts, key=lambda part: part.page):
        found += _foot_labelled(list(group), body)
    return found


def _foot_labelled(page: list[Part], body: Body) -> list[Part]:
    """The parts of a page with its footnotes labelled: only their like stands below them, and larger type above."""
    notes: list[Part] = []
    others = [part for part in page if part.kind != "running"]
    for part in sorted(page, key=lambda part: -part.lines[-1].base):
        if part.kind != "prose" or part.size > body.size * SMALLER:
            continue
        below = [other for other in others if other is not part and _stands_below(other, part)]
        above = any(other.size > body.size * SMALLER and other.lines[0].base < part.lines[0].base for other in others)
        if above and all(other in notes or other.kind == "other" for other in below):
            notes.append(part)
    if sum(len(part.lines) for part in notes) > _FOOT_LINES:
        return page
    return [replace(part, kind="footnote") if part in notes else part for part in page]


def _stands_below(other: Part, part: Part) -> bool:
    """True when a part stands under another one, in the same column."""
    beside = other.column[1] < part.lines[-1].right and other.lines[0].right > part.column[1]
    return beside and other.lines[0].base > part.lines[-1].base


def _scrap(part: Part, body: Body) -> Part:
    """The part, as other when it is a few small words of a figure."""
    few = part.words <= _SCRAP_WORDS and part.size < body.size * _SCRAP
    return replace(part, kind="other") if few and part.kind == "prose" and not ENDED.search(part.text.text) else part


def _with_items(parts: list[Part]) -> Iterator[Part]:
    """The parts with list items labelled: those with a bullet, and those with numbers in a row."""
    for at, part in enumerate(parts):
        if part.kind == "prose" and (BULLET.match(part.text.text) or _in_list(parts, at)):
            yield replace(part, kind="item")
        else:
            yield part


def _in_list(parts: list[Part], at: int) -> bool:
    """True when a numbered part stands near another one; an item may have two paragraphs."""
    near = parts[max(0, at - 2) : at] + parts[at + 1 : at + 3]
    marks = [part.kind == "prose" and bool(NUMBERED.match(part.text.text)) for part in near]
    return bool(NUMBERED.match(parts[at].text.text)) and any(marks)
