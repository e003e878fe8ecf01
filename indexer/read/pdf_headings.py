"""Headings and the title of a PDF, told by type and by what follows; their levels.

A heading is larger than the body, bold, in capitals, or of another font than the text under it. The title is the
largest of the first page's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from indexer.read.pdf_blocks import BULLET, Part, one_font
from indexer.read.pdf_lines import all_bold
from indexer.records import ROWS

LARGER, SMALLER = 1.07, 0.93  # of the body's size
_LEAST_HEADING = 0.84  # of the body's size
_TITLE = 1.15  # of the body's size
_TITLE_LETTERS, _FRONT_WORDS = 8, 15  # at least; words of a block that no longer stands before a title
_BODY_SHARE = 0.5  # of the characters of the type that has most; a title has far fewer
_HEADING_WORDS, _HEADING_LINES, _FONT_WORDS = 22, 4, 10
_MAX_LEVEL = 6
_NO_TITLE = re.compile(
    r"(?:draft|preprint|version|typeset|submitted|received|accepted|published|arxiv|doi|https?:)\b", re.IGNORECASE
)
_NO_HEADING = re.compile(
    r"(?:key ?words|index terms|pacs|correspond|e-?mail|received|accepted|published|copyright)\b|©"
    r"|(?:\d{1,2}\.? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2}, )?\d{4}$",
    re.IGNORECASE,
)
_DEPTH = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[^\W\d_]")
_NUMBER, _END = r"(?:[\dIVX]+\.?\s*)?", r"\s*:?"
_LISTED = (
    r"references?(?: cited| and notes)?|bibliography|literature(?: cited)?|works cited|reference list"
    r"|références|bibliographie|literatur(?:verzeichnis)?|referencias|bibliografía"
)
_SECTIONS = (
    r"abstract|summary|(?:introduction|background|results?|discussions?|conclusions?)(?: and [a-z ]{5,30})?"
    r"|(?:materials? (?:and|&) )?methods?(?: (?:and|&) materials?)?|methodology|acknowledge?ments?"
    r"|appendix(?: [A-Z\d])?|case (?:reports?|presentation)"
)
_NAMED = re.compile(f"{_NUMBER}(?:{_SECTIONS}|{_LISTED}){_END}", re.IGNORECASE)
REFERENCES = re.compile(f"{_NUMBER}(?:{_LISTED}){_END}", re.IGNORECASE)
_BESIDE = frozenset({"running", "other", "caption"})  # may stand between a heading and its text
_LETTERS = re.compile(r"[^\W\d_]{3}")


class Body(NamedTuple):
    """The type of most of a document."""

    size: float
    bold: bool
    font: str


def body_type(parts: Iterable[Part]) -> Body:
    """The largest type of those that hold much text: a long list of references in small type is not the body."""
    counts: Counter[Body] = Counter()
    for part in parts:
        for line in part.lines:
            style = line.style
            counts[Body(style.size, style.bold, style.font)] += sum(word.end - word.start for word in line.words)
    most = max(counts.values())
    return max((body for body, number in counts.items() if number > _BODY_SHARE * most), key=lambda body: body.size)


def with_headings(parts: list[Part], body: Body) -> list[Part]:
    """The parts, headings told by their type and by what follows."""
    found = list(parts)
    for at in reversed(range(len(parts))):
        following = next((part for part in found[at + 1 : at + 12] if part.kind not in _BESIDE), None)
        below_table = at > 0 and parts[at - 1].kind in ROWS and parts[at].size < body.size * SMALLER
        if parts[at].kind == "prose" and not below_table and _is_heading(parts[at], following, body):
            found[at] = replace(parts[at], kind="heading")
    return found


def _is_heading(part: Part, following: Part | None, body: Body) -> bool:
    """True for a short block that does not end like a sentence and differs in type from the text it heads."""
    text = part.text.text
    if len(part.lines) > _HEADING_LINES or part.words > _HEADING_WORDS or not _LETTERS.search(text):
        return False
    if _NAMED.fullmatch(text):
        return True
    if following is None or (following.text.text[:1].islower() and part.size < max(body.size, following.size) * _TITLE):
        return False
    may_be_cell = text[:1].islower() or following.kind in ROWS
    if BULLET.match(text) or _NO_HEADING.match(text) or (may_be_cell and part.size < body.size * _TITLE):
        return False
    bold = all(all_bold(line) for line in part.lines) and not body.bold
    if text[-1] in ",;-\x02" or (text[-1] in ".!" and not (bold and part.words <= _FONT_WORDS)):
        return False
    if part.size < min(body.size, following.size) * _LEAST_HEADING:
        return False
    capitals = _capitals(text) and part.size > body.size * _LEAST_HEADING
    return part.size > body.size * LARGER or bold or capitals or _own_font(part, following, body)


def _capitals(text: str) -> bool:
    """True when the text is in capitals, and long enough not to be a symbol."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 5 and sum(letter.isupper() for letter in letters) > 0.9 * len(letters)


def _own_font(part: Part, following: Part, body: Body) -> bool:
    """True when a short line has a font of its own, neither the body's nor that in which what follows begins."""
    font = one_font(part.lines)
    short = len(part.lines) == 1 and part.words <= _FONT_WORDS
    others = {body.font, *(word.style.font for word in following.lines[0].words)}
    return short and bool(font) and font not in others


def with_title(parts: list[Part], body: Body) -> list[Part]:
    """The parts with the largest type at the top of the first page as the title."""
    titles = [part for part in _front(parts, body) if _may_be_title(part)]
    if not titles:
        return parts
    largest = max(part.size for part in titles)
    near = [part for part in titles if part.size > largest / _TITLE]
    title = next((part for part in near if all_bold(part.lines[0])), near[0])
    at = parts.index(title)
    above = [replace(part, kind="other") if _is_masthead(part, body) else part for part in parts[:at]]
    return [*above, replace(title, kind="title"), *parts[at + 1 :]]


def _front(parts: list[Part], body: Body) -> Iterator[Part]:
    """The parts of the first page down to the first common section or long text."""
    for part in parts:
        long = part.kind == "prose" and part.words > _FRONT_WORDS and part.size > body.size * SMALLER
        if part.page != parts[0].page or long or (part.kind == "heading" and _NAMED.fullmatch(part.text.text)):
            return
        yield part


def _may_be_title(part: Part) -> bool:
    """True when a heading is long enough, without a section's number, and no note on the version."""
    text = part.text.text
    named = _NO_TITLE.match(text) or _DEPTH.match(text)
    return part.kind == "heading" and len(text) >= _TITLE_LETTERS and not named


def _is_masthead(part: Part, body: Body) -> bool:
    """True when a part above the title is the journal's: a slogan, or small print."""
    return part.kind == "heading" or (part.kind == "prose" and part.size < body.size * SMALLER)


def with_levels(parts: list[Part]) -> list[Part]:
    """The headings with their levels: by their numbers, else by their types from the largest down."""
    headings = [part for part in parts if part.kind == "heading"]
    rank = {kind: at for at, kind in enumerate(sorted({_type(part) for part in headings}), 1)}
    named = min((rank[_type(part)] for part in headings if _NAMED.fullmatch(part.text.text)), default=1)
    return [replace(part, level=_level(part, rank, named)) if part.kind == "heading" else part for part in parts]


def _level(part: Part, rank: dict[tuple[float, bool, bool], int], named: int) -> int:
    """A heading's level; the sections that articles have in common are all of one level."""
    if _NAMED.fullmatch(part.text.text):
        return min(_MAX_LEVEL, named)
    return _depth(part) or min(_MAX_LEVEL, rank[_type(part)])


def _type(part: Part) -> tuple[float, bool, bool]:
    """What sorts a heading's type above another's."""
    return -round(2 * part.size) / 2, not _capitals(part.text.text), not all_bold(part.lines[0])


def _depth(part: Part) -> int:
    """How deep a heading's number goes: 2 for "2.1 Methods"; 0 without one."""
    match = _DEPTH.match(part.text.text)
    return match["number"].count(".") + 1 if match else 0
