"""Labels: what each paragraph is, and so whether it is content. Nothing is taken away here."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from indexer.clean.cues import (
    ACTION,
    BANNER,
    DATE,
    DATED,
    DEGREE,
    DISCLAIMER,
    DISCLOSURE,
    LOGIN,
    content_words,
)
from indexer.clean.layout import filled_lines, is_caption, is_item, item_number
from indexer.clean.titles import is_section
from indexer.records import Block, Span

TOP, BOTTOM = (
    5,
    8,
)  # paragraphs of content within which a page's banners, log-in walls and calls to action stand
NOTICES = frozenset({"login", "action", "banner"})
MATTER = 8  # paragraphs from the top within which authors stand
LIST = 4  # heading-like lines in a row that are no headings but a list

_REFERENCES = re.compile(
    r"(?i)(?:\d+\.?\s+)?(?:references|bibliography|literature cited|works cited|reference list)\W*"
)
_AFTERWARDS = re.compile(
    r"(?i)(?:appendi|supplement|supporting|figure legends|tables?\b|acknowledge?ment|author "
    r"contribution|about the|funding|abbreviations)"
)
_HEADING_END = re.compile(r"[.!,;:…][\"'”’)]*$")
_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.)\s+(?=[A-Z])")


class Paragraphs:
    """The paragraphs of a clean text, one to a line."""

    def __init__(self, text: str) -> None:
        self.spans = [Span(start, end) for start, end in filled_lines(text)]
        self.texts = [span.of(text) for span in self.spans]

    @cached_property
    def counts(self) -> Counter[str]:
        """In how many paragraphs each content word stands."""
        return Counter(word for text in self.texts for word in content_words(text))

    def shared(self, index: int) -> float:
        """The share of a paragraph's content words that stand elsewhere in the document, from 0 to 1."""
        words = content_words(self.texts[index])
        return sum(self.counts[word] > 1 for word in words) / max(1, len(words))


def labelled(text: str, title: str = "") -> tuple[Block, ...]:
    """Every paragraph of a clean text with its label; `title` is the one its source gives, if any."""
    paragraphs = Paragraphs(text)
    kinds = boilerplate(paragraphs)
    _mark_title(paragraphs, kinds, title)
    _mark_layout(paragraphs, kinds)
    _mark_references(paragraphs, kinds)
    return tuple(
        Block(span, kind, level(text[span.start : span.end]) if kind == "heading" else 0)
        for span, kind in zip(paragraphs.spans, kinds, strict=True)
    )


def boilerplate(paragraphs: Paragraphs) -> list[str]:
    """The kind of each paragraph that is not content; empty for the others."""
    kinds = [_matter(text, index) for index, text in enumerate(paragraphs.texts)]
    for order, content in ((range(len(kinds)), TOP), (range(len(kinds) - 1, -1, -1), BOTTOM)):
        for index in order:
            kinds[index] = kinds[index] or _notice(paragraphs, index, kinds[index - 1] if index else "")
            content -= not kinds[index]
            if not content:
                break
    return kinds


def _matter(text: str, index: int) -> str:
    """Author, dates, disclosure or disclaimer; empty when the paragraph is none of them."""
    if len(text) > 700:
        return ""
    if index < MATTER and is_author(text):
        return "author"
    if len(text) < 200 and is_dates(text):
        return "dates"
    if len(text) < 600 and DISCLOSURE.search(text):
        return "disclosure"
    return "disclaimer" if DISCLAIMER.search(text) else ""


def is_author(text: str) -> bool:
    """True for a short line with names and degrees, or names after "by"."""
    if len(text) >= 200 or not text[:1].isupper():
        return False
    degree = DEGREE.search(text)
    before = re.sub(r"\b[A-Z]\.", "", text[: degree.start()]) if degree else ""
    return 3 <= len(before) <= 60 and "." not in before


def is_dates(text: str) -> bool:
    """True for a line that says when the text was published or changed."""
    dated = DATED.search(text)
    return dated is not None and dated.start() < 30 and bool(DATE.search(text, dated.end(), dated.end() + 40))


def _notice(paragraphs: Paragraphs, index: int, above: str) -> str:
    """Log-in wall, call to action or banner; empty when the paragraph is none of them."""
    text = paragraphs.texts[index]
    if len(text) >= 450:
        return ""
    if len(LOGIN.findall(text)) >= 2:
        return "login"
    if ACTION.search(text) and (_is_command(text) or above in NOTICES or _is_foreign(paragraphs, index)):
        return "action"
    return "banner" if BANNER.search(text) and paragraphs.shared(index) <= 0.4 else ""


def _is_foreign(paragraphs: Paragraphs, index: int) -> bool:
    """True for a short paragraph that is about something else than the document."""
    return len(paragraphs.texts[index]) < 250 and paragraphs.shared(index) <= 0.5


def _is_command(text: str) -> bool:
    """True for a line as short as a button."""
    return len(text.split()) <= 8 and not text.rstrip().endswith(".")


def _mark_title(paragraphs: Paragraphs, kinds: list[str], title: str) -> None:
    """Label the title: the paragraph that repeats the one given, else the first one that looks like one."""
    for index, text in enumerate(paragraphs.texts):
        if kinds[index]:
            continue
        below = paragraphs.texts[index + 1 :]
        same = _letters(text) == _letters(title) if title else bool(below) and _is_title(text)
        kinds[index] = "title" if same else ""
        return


def _letters(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return re.sub(r"\W", "", text.lower())


def _is_title(text: str) -> bool:
    """True when a first paragraph looks like a title."""
    if is_item(text) or is_caption(text) or is_section(text) or _HEADING_END.search(text):
        return False
    return len(text.split()) <= 25 and len(text) <= 200 and bool(re.search(r"[^\W\d_]{3}", text))


def _mark_layout(paragraphs: Paragraphs, kinds: list[str]) -> None:
    """Label captions, items and headings, and all that is left as prose."""
    for index, text in enumerate(paragraphs.texts):
        if kinds[index]:
            continue
        following = paragraphs.texts[index + 1] if index + 1 < len(kinds) else ""
        if is_caption(text):
            kinds[index] = "caption"
        elif is_heading(text, following):
            kinds[index] = "heading"
        else:
            kinds[index] = "item" if is_item(text) else "prose"
    _unmark_lists(kinds)


def is_heading(text: str, following: str) -> bool:
    """True for a short line without an end mark above a paragraph or a list."""
    words = text.split()
    if not 0 < len(words) <= 12 or len(text) > 90 or _HEADING_END.search(text) or not following:
        return False
    if is_item(text) and not _is_numbered_heading(text, following):
        return False
    if not (text[0].isupper() or text[0].isdigit()) or not re.search(r"[^\W\d_]{3}", text):
        return False
    if re.search(r"https?:|www\.|\d{4}-\d\d|@", text):
        return False
    return following[0].isupper() or following[0] in "\"'“‘(" or following[0].isdigit() or is_item(following)


def _is_numbered_heading(text: str, following: str) -> bool:
    """True for "2. Materials and methods" above a paragraph, false for an item in a list of such lines."""
    if not _NUMBERING.match(text) or len(text.split()) > 9:
        return False
    return item_number(following) != item_number(text) + 1


def _unmark_lists(kinds: list[str]) -> None:
    """Label as items a long row of headings: a list without bullets. The first and the last stay."""
    start = 0
    for index in range(len(kinds) + 1):
        if index < len(kinds) and kinds[index] == "heading":
            continue
        if index - start > LIST:
            kinds[start + 1 : index - 1] = ["item"] * (index - start - 2)
        start = index + 1


def level(heading: str) -> int:
    """The depth that a heading's number gives it, from 1; 0 when it has none."""
    number = re.match(r"\d{1,2}(?:\.\d{1,2}){0,3}(?=\.?\s)", heading)
    return number[0].count(".") + 1 if number else 0


def _mark_references(paragraphs: Paragraphs, kinds: list[str]) -> None:
    """Label what follows a References heading, up to a heading that starts something else."""
    inside = False
    for index, text in enumerate(paragraphs.texts):
        if _REFERENCES.fullmatch(text.strip()):
            inside = len(kinds) - index > 2
            kinds[index] = "heading"
        elif inside and kinds[index] == "heading" and _AFTERWARDS.match(text):
            inside = False
        elif inside:
            kinds[index] = "references"
