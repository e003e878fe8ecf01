"""What the blocks of a PDF are: heading, caption, list item, footnote, references, or no text at all.

Type tells most: a heading is larger than the body, bold, in capitals, or of another font than what follows it; a
footnote is small and stands at the foot of its column. The body's type is that of most characters of the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from statistics import median
from typing import NamedTuple

from indexer.read.pdf_authors import with_authors
from indexer.read.pdf_blocks import BULLET, CAPTION, ENDED, NUMBERED, Part, all_bold, one_font

_LARGER, _SMALLER = 1.07, 0.93  # of the body's size
_LEAST_HEADING = 0.84  # of the body's size
_TITLE = 1.15  # of the body's size
_TITLE_LETTERS, _FRONT_WORDS = 8, 15  # at least; words of a block that no longer stands before a title
_BODY_SHARE = 0.4  # of the characters of the type that has most; a title has far fewer
_HEADING_WORDS, _HEADING_LINES, _FONT_WORDS = 22, 4, 10
_FOOT_LINES = 30  # more small lines at a column's foot are no footnotes
_MAX_LEVEL = 6
_SCRAP, _SCRAP_WORDS = 0.88, 6  # of the body's size, and words: smaller and fewer are a figure's labels
_FORMULA_WORDS = 8  # more words without a word are a passage of numbers
_ENTRY = 0.12  # of the size: entries of one list of references differ less
_LETTERS, _DIGIT, _FORMULA = re.compile(r"[^\W\d_]{3}"), re.compile(r"\d"), re.compile(r"[=<>≤≥±∑∫√≈∈→]")
_NO_TITLE = re.compile(
    r"(?:draft|preprint|version|typeset|submitted|received|accepted|published|arxiv|doi|https?:)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d[a-z]?\b")
_LEADERS = re.compile(r"(?:\s?[.·…_]){5,}\s*(?:\d+|[ivxl]+)$", re.MULTILINE)
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
_REFERENCES = re.compile(f"{_NUMBER}(?:{_LISTED}){_END}", re.IGNORECASE)


_BESIDE = frozenset({"running", "other", "caption"})  # may stand between a heading and its text


class Body(NamedTuple):
    """The type of most of a document."""

    size: float
    bold: bool
    font: str


def labelled(parts: list[Part], original: str) -> list[Part]:
    """The parts with their kinds; headings with their levels. `original` is what their texts are aligned to."""
    if not parts:
        return []
    body = body_type(parts)
    found = _with_headings([_plainly(part, body) for part in parts], body)
    found = with_authors(_with_title(found, body), original)
    found = _with_footnotes(list(_with_references(_with_levels(found))), body)
    return [_scrap(part, body) for part in _with_items(found)]


def body_type(parts: Iterable[Part]) -> Body:
    """The largest type of those that hold much text: a long list of references in small type is not the body."""
    counts: Counter[Body] = Counter()
    for part in parts:
        for line in part.lines:
            style = line.style
            counts[Body(style.size, style.bold, style.font)] += sum(word.end - word.start for word in line.words)
    most = max(counts.values())
    return max((body for body, number in counts.items() if number > _BODY_SHARE * most), key=lambda body: body.size)


def _plainly(part: Part, body: Body) -> Part:
    """The part, labelled where it alone tells: a line of dots, a table of contents, a caption, a figure's letters."""
    text = part.text.text
    if part.kind not in {"prose", "row"}:
        return part
    if not _LETTERS.search(text) and not (part.kind == "row" and _DIGIT.search(text)):
        long = len(text.split()) >= _FORMULA_WORDS and part.size > body.size * _SMALLER
        return part if long or _FORMULA.search(text) else replace(part, kind="other")
    if part.kind == "prose" and _LEADERS.search(text):
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
    if match["mark"] is not None or part.size < body.size * _SMALLER:
        return True
    label = part.lines[0].words[0].style
    return label.bold and not body.bold and text[match.end() :].lstrip()[:1].isupper()


def _with_headings(parts: list[Part], body: Body) -> list[Part]:
    """The parts, headings told by their type and by what follows."""
    found = list(parts)
    for at in reversed(range(len(parts))):
        following = next((part for part in found[at + 1 : at + 12] if part.kind not in _BESIDE), None)
        if parts[at].kind == "prose" and _is_heading(parts[at], following, body):
            found[at] = replace(parts[at], kind="heading")
    return found


def _is_heading(part: Part, following: Part | None, body: Body) -> bool:
    """True for a short block that does not end like a sentence and differs in type from the text it heads."""
    text = part.text.text
    words = text.split()
    if len(part.lines) > _HEADING_LINES or len(words) > _HEADING_WORDS or not _LETTERS.search(text):
        return False
    if _NAMED.fullmatch(text):
        return True
    if (
        following is None
        or following.kind == "row"
        or following.text.text[:1].islower()
        or BULLET.match(text)
        or text[:1].islower()
    ):
        return False
    bold = all(all_bold(line) for line in part.lines) and not body.bold
    if text[-1] in ",;-\x02" or (text[-1] in ".!" and not (bold and len(words) <= _FONT_WORDS)):
        return False
    if part.size < min(body.size, following.size) * _LEAST_HEADING:
        return False
    capitals = _capitals(text) and part.size > body.size * _LEAST_HEADING
    return part.size > body.size * _LARGER or bold or capitals or _own_font(part, following)


def _capitals(text: str) -> bool:
    """True when the text is in capitals, and long enough not to be a symbol."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 5 and sum(letter.isupper() for letter in letters) > 0.9 * len(letters)


def _own_font(part: Part, following: Part) -> bool:
    """True when a short line has a font of its own, and what follows begins in another."""
    font = one_font(part.lines)
    short = len(part.lines) == 1 and len(part.text.text.split()) <= _FONT_WORDS
    return short and bool(font) and font not in {word.style.font for word in following.lines[0].words}


def _with_title(parts: list[Part], body: Body) -> list[Part]:
    """The parts with the largest type of the first page as the title."""
    first = parts[0].page
    headings = [part for part in parts if part.page == first and part.kind == "heading"]
    titles = [part for part in headings if _may_be_title(part)]
    if not titles:
        return parts
    largest = max(part.size for part in titles)
    near = [part for part in titles if part.size > largest / _TITLE]
    title = next((part for part in near if all_bold(part.lines[0])), near[0])
    at = parts.index(title)
    if title.size < body.size * _TITLE and any(len(part.text.text.split()) > _FRONT_WORDS for part in parts[:at]):
        return parts
    above = [replace(part, kind="other") if _is_masthead(part, body) else part for part in parts[:at]]
    return [*above, replace(title, kind="title"), *parts[at + 1 :]]


def _may_be_title(part: Part) -> bool:
    """True when a heading is long enough, and neither a common section nor a note on the version."""
    text = part.text.text
    return len(text) >= _TITLE_LETTERS and not _NAMED.fullmatch(text) and not _NO_TITLE.match(text)


def _is_masthead(part: Part, body: Body) -> bool:
    """True when a part above the title is the journal's: a slogan, or small print."""
    return part.kind == "heading" or (part.kind == "prose" and part.size < body.size * _SMALLER)


def _with_levels(parts: list[Part]) -> list[Part]:
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


def _with_references(parts: list[Part]) -> Iterator[Part]:
    """The parts with the entries under a heading for references labelled, up to the next heading as high."""
    start = 0
    for at, part in enumerate(parts):
        if part.kind != "heading" or at < start or not _REFERENCES.fullmatch(part.text.text):
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
        if part.kind != "prose" or part.size > body.size * _SMALLER:
            continue
        below = [other for other in others if other is not part and _stands_below(other, part)]
        above = any(other.size > body.size * _SMALLER and other.lines[0].base < part.lines[0].base for other in others)
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
    few = len(part.text.text.split()) <= _SCRAP_WORDS and part.size < body.size * _SCRAP
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
