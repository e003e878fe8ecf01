"""What is not content: authors and dates, disclosures and disclaimers, log-in walls, calls to action, banners.

Labelled, never cut. Banners and the like are looked for only near the top and the end of a document, for inside it
the same words are its subject. None was seen in 1,000 medical abstracts, 2,433 older ones and 323 paragraphs of an
encyclopedia; over 74 articles all labels looked at were right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array
from indexer.clean.authors import is_author_line
from indexer.clean.content import content_of
from indexer.clean.cues import (
    ACTION,
    BANNER,
    BUTTON,
    DATE,
    DATE_LINE,
    DISCLAIMER,
    DISCLOSURE,
    IDENTIFIER,
    INTERRUPTION,
    LINKS,
    LOGIN,
    READER,
    RELATED,
    Cue,
)
from indexer.clean.layout import ends_sentence, item_number
from indexer.records import CONTENT, Span

TOP, BOTTOM = 5, 8  # paragraphs of content within which a page's banners, log-in walls and calls to action stand
MATTER = 8  # paragraphs from the top within which authors, dates and identifiers stand
TEASER = 120  # characters of a line that names another article
COMPARABLE = 60  # different content words in a document that a paragraph can be compared with
NAMES = 4  # paragraphs from the top within which a bare list of names is one of authors

_CONTENT = CONTENT | {"", "title", "heading"}
_NOTICES = frozenset({"login", "action", "banner"})


class Declared(NamedTuple):
    """What says who is behind a text, or what it is not meant for."""

    kind: str
    cue: Cue
    longest: int  # characters of such a paragraph, less one
    words: int  # of such a paragraph at least


_DECLARED = (Declared("disclosure", DISCLOSURE, 600, 5), Declared("disclaimer", DISCLAIMER, 700, 1))


class Paragraphs:
    """The paragraphs of a clean text, or parts of some, in text order."""

    def __init__(self, text: str, spans: list[Span]) -> None:
        self.content = content_of(text)
        self.spans = spans
        self.texts = [span.of(text) for span in self.spans]
        self._starts = np.array([span.start for span in spans], np.int64)
        self._holding: dict[Cue, set[int]] = {}

    def holding(self, cue: Cue) -> set[int]:
        """Which of them may hold a phrase of a cue."""
        if cue not in self._holding:
            self._holding[cue] = self.content.parts(cue, self._starts)
        return self._holding[cue]

    def times(self, index: int, cue: Cue) -> int:
        """How many patterns of a cue are found in one of them, which is searched when it may hold any."""
        return cue.times(self.texts[index]) if index in self.holding(cue) else 0

    @cached_property
    def _spread(self) -> tuple[Array, Array]:
        return self.content.spread(self._starts)

    def words(self) -> int:
        """How many different words are about something."""
        return int(np.count_nonzero(self._spread[0]))

    def shared(self, index: int) -> float:
        """The share of a paragraph's content words that stand elsewhere in the document, from 0 to 1."""
        words = list(self.content.words(self.spans[index].start, self.spans[index].end))
        first, last = (each[words] for each in self._spread)
        return int(np.count_nonzero(first < last)) / max(1, len(words))


def mark_notices(paragraphs: Paragraphs, kinds: list[str]) -> None:
    """Label the paragraphs that are not content, among those without a kind."""
    _mark_matter(paragraphs, kinds)
    for declared in _DECLARED:
        _mark_declared(paragraphs, kinds, declared)
    _mark_teasers(paragraphs.texts, kinds)
    _mark_near_edge(paragraphs, kinds, range(len(kinds)), TOP)
    _mark_near_edge(paragraphs, kinds, range(len(kinds) - 1, -1, -1), BOTTOM)


def _mark_matter(paragraphs: Paragraphs, kinds: list[str]) -> None:
    """Label what stands above a text, and dates and interruptions anywhere."""
    top = range(min(MATTER, len(kinds)))
    for index in {*top, *paragraphs.holding(INTERRUPTION), *paragraphs.holding(DATE_LINE)}:
        kinds[index] = kinds[index] or _matter(paragraphs, index)


def _mark_declared(paragraphs: Paragraphs, kinds: list[str], declared: Declared) -> None:
    """Label disclosures or disclaimers."""
    for index in paragraphs.holding(declared.cue):
        text = paragraphs.texts[index]
        if kinds[index] or len(text) >= declared.longest or len(text.split()) < declared.words:
            continue
        if declared.cue.times(text):
            kinds[index] = declared.kind


def _mark_near_edge(paragraphs: Paragraphs, kinds: list[str], order: Iterable[int], content: int) -> None:
    """Label banners and the like until `content` paragraphs of content have been met."""
    beside = ""
    for index in order:
        beside = kinds[index] = kinds[index] or _notice(paragraphs, index, beside)
        content -= kinds[index] in _CONTENT
        if not content:
            return


def _mark_teasers(texts: list[str], kinds: list[str]) -> None:
    """Label a list of other articles in the second half of a document, up to its end; prose below it is content."""
    start = len(texts)
    for index in range(len(texts) - 1, len(texts) // 2, -1):
        if not kinds[index] and len(texts[index]) > TEASER:
            return
        if not kinds[index] and RELATED.fullmatch(texts[index]):
            start = index
            break
    for index in range(start, len(texts)):
        kinds[index] = kinds[index] or ("" if ends_sentence(texts[index]) else "action")


def _matter(paragraphs: Paragraphs, index: int) -> str:
    """Banner, author, dates or what only a machine reads; empty when the paragraph is none of them."""
    text, near_top = paragraphs.texts[index], index < MATTER
    if len(text) < TEASER and paragraphs.times(index, INTERRUPTION):
        return "banner"
    if near_top and is_author_line(text, below_title=0 < index < NAMES):
        return "author"
    if near_top and len(text) < 200 and IDENTIFIER.match(text):
        return "other"
    if len(text) < 200 and ((near_top and DATE.fullmatch(text)) or paragraphs.times(index, DATE_LINE)):
        return "dates"
    return ""


def _notice(paragraphs: Paragraphs, index: int, beside: str) -> str:
    """Log-in wall, call to action or banner; empty when the paragraph is none; `beside` is its neighbour's kind."""
    text = paragraphs.texts[index]
    if len(text) >= 450 or item_number(text):
        return ""
    if LINKS.fullmatch(text) or _is_button(paragraphs, index, beside):
        return "action"
    if paragraphs.times(index, LOGIN) >= 2 and READER.search(text):
        return "login"
    if _has_command(text) and (len(text) < 60 or beside in _NOTICES or _is_foreign(paragraphs, index)):
        return "action"
    is_banner = paragraphs.times(index, BANNER)
    return "banner" if is_banner and (len(text) < 60 or paragraphs.shared(index) <= 0.4) else ""


def _is_button(paragraphs: Paragraphs, index: int, beside: str) -> bool:
    """True for the label of a button or a link; alone it may be the subject of the document."""
    text = paragraphs.texts[index]
    if beside in _NOTICES:
        return bool(BUTTON.fullmatch(text)) or text.lower() in ("yes", "no")
    return bool(BUTTON.fullmatch(text)) and paragraphs.shared(index) <= 0.5


def _has_command(text: str) -> bool:
    """True when a sentence of the text is as short as the label of a button, and asks for something."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return len(text) < 250 and any(ACTION.match(each) and len(each.split()) <= 8 for each in sentences)


def _is_foreign(paragraphs: Paragraphs, index: int) -> bool:
    """True for a paragraph that is about something else than the document, if that is long enough to tell."""
    return paragraphs.words() >= COMPARABLE and paragraphs.shared(index) <= 0.5
