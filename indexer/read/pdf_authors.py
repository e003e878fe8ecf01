"""The authors that stand under a PDF's title: names set apart by commas, with raised marks, then addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.read.pdf_blocks import Part

_SMALL = 0.8  # of a line's type size: raised marks are smaller
_MARKS = re.compile(r"[*†‡§¶∗⋆#✉]|\(\s*\)|\[\s*\]")
_SEPARATOR = re.compile(r"[,;·•|\n]|\s+(?:and|und|et|y|&)\s+|\s{3,}")
_PARTICLE = r"(?:d[aeiou]s?|del|della|der|den|van|von|vom|zu|la|le|l[ao]s|al|el|bin|ibn|ben|ter|ten|y|e|dos)"
_WORD = rf"(?:(?:[A-ZÀ-ÞŁŚŻČŠŽ][^\W\d_]*[.'’-]?){{1,4}}|{_PARTICLE})"
_INITIALS = r"(?:[A-ZÀ-Þ][a-zà-þ]?\.-?){1,3}[A-ZÀ-ÞŁŚŻČŠŽ][^\W\d_]+"
_NAME = re.compile(rf"(?:{_WORD}(?:[\s-]+{_WORD}){{1,4}}|{_INITIALS})\.?")
_ADDRESS = re.compile(
    r"univ|depart|d[ée]part|instit|facult|laborator|hospital|cent(?:er|re)\b|school|college|@|\bBox \d|\borcid",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|we|this|that|which|have|has|can)\b.*\b(?:the|of|to|in)\b",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME = re.compile(
    r"univ|depart|instit|college|school|hospital|laborator|cent(?:er|re)\b|faculty|division|academy|abstract|journal|"
    r"research|street|avenue|\bthe\b|\bof\b|press\b|society|review|open access|article|editor|version|draft|group|"
    r"team|inc\b|ltd",
    re.IGNORECASE,
)
_LONG_ENOUGH = re.compile(r"[^\W\d_]{2}")
_TOP_PARTS = 5  # blocks after the title that may name authors
_MOSTLY = 0.7  # of what stands between the separators must be names
_MOST_LINES = 8
_LEAST_TEXT = 8  # words of what stands below a heading: a date or a place below names has fewer
_LONG = 20  # words of a block that is text already: no names come after it


def with_authors(parts: list[Part], original: str) -> list[Part]:
    """The parts with the names under the title, and the addresses under the names, labelled as author."""
    title = next((at for at, part in enumerate(parts) if part.kind == "title"), len(parts))
    named = (at for at in _under(parts, title) if names(parts[at], original))
    start = next((at for at in named if not _heads_text(parts, at)), None)
    if start is None:
        return parts
    end = start + 1
    while end < len(parts) and (names(parts[end], original) or _is_address(parts[end])):
        end += 1
    return parts[:start] + [replace(part, kind="author", level=0) for part in parts[start:end]] + parts[end:]


def _under(parts: list[Part], title: int) -> Iterator[int]:
    """The places of the few parts under the title, on its page, down to the first long text."""
    for at in range(title + 1, min(len(parts), title + 1 + _TOP_PARTS)):
        if parts[at].page != parts[title].page:
            return
        yield at
        if parts[at].kind != "other" and parts[at].words > _LONG:
            return


def _heads_text(parts: list[Part], at: int) -> bool:
    """True for "Getting Started": a heading with a text below it, and others in the same letters further on."""
    if parts[at].kind != "heading" or at + 1 == len(parts):
        return False
    below, *others = parts[at + 1 :]
    is_text = below.kind == "prose" and below.words > _LEAST_TEXT and not _is_address(below)
    return is_text and any(other.kind == "heading" and _letters(other) == _letters(parts[at]) for other in others)


def _letters(part: Part) -> tuple[float, bool]:
    """Their size, and whether they are bold."""
    return part.size, part.lines[0].words[0].style.bold


def _is_address(part: Part) -> bool:
    """True when a block is an address or an affiliation."""
    text = part.text.text
    return part.kind in {"prose", "heading", "item"} and bool(_ADDRESS.search(text)) and not _SENTENCE.search(text)


def names(part: Part, original: str) -> tuple[str, ...]:
    """The names of a block; empty when it is no list of names."""
    if len(part.lines) > _MOST_LINES:
        return ()
    said = [" ".join(item.split()) for item in _SEPARATOR.split(_without_marks(part, original))]
    said = [item for item in said if item]
    known = [item for item in said if is_name(item)]
    return tuple(known) if len(known) >= _MOSTLY * len(said) else ()


def is_name(text: str) -> bool:
    """True when the text looks like a person's name: two words or more, or initials and a word."""
    return bool(_NAME.fullmatch(text) and _LONG_ENOUGH.search(text)) and not _NO_NAME.search(text)


def _without_marks(part: Part, original: str) -> str:
    """The part's text without raised digits and signs, which become separators."""
    offset = part.text.runs[0][1] - part.lines[0].words[0].start  # of the page in the original
    found: list[str] = []
    for line in part.lines:
        end = line.words[0].start
        for word in line.words:
            if original[offset + end : offset + end + 1].isspace():
                found.append(" ")
            raised = word.style.size < _SMALL * line.size
            found.append("," if raised else original[offset + word.start : offset + word.end])
            end = word.end
        found.append(" ")
    return _MARKS.sub(",", "".join(found))
