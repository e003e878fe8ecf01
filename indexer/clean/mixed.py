"""A paragraph that is a disclaimer and more -> its parts, each on its own, so that what is about the subject stays.

"Results may vary. Infection and blood loss are risks of surgery. Please consult your physician ..." tells the risks
nowhere else. A sentence stays with the disclaimer when it has a cue of its own, speaks to the reader or of the page,
or has few of its words in common with the rest of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from indexer.clean.content import Content, content_of
from indexer.clean.cues import DISCLAIMER
from indexer.records import Block, Span
from indexer.sentences import sentences

FOREIGN = 0.4  # share of a sentence's content words that stand elsewhere, up to which it is about something else
_SPEAKS = re.compile(
    r"(?i)\b(?:you|yours?|please|we|ours?|us|"
    r"this (?:content|information|material|site|website|page|article|product|service|statement|publication))\b"
)


def parted(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, prose that is a disclaimer in part in its parts; what is told to be content may tell of more."""
    before: list[Block] = []
    found = list(blocks)
    while found != before:
        before, found = found, list(_parted(text, found))
    return found


def _parted(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    content = content_of(text)
    maybe = content.parts(DISCLAIMER, np.array([block.span.start for block in blocks], np.int64))
    mixed = {at for at in maybe if _is_mixed(text, blocks[at])}
    if not mixed:
        yield from blocks
        return
    rest = [block.span for at, block in enumerate(blocks) if at not in mixed]
    others = set[int]().union(*(content.words(span.start, span.end) for span in rest))
    for at, block in enumerate(blocks):
        yield from _parts(content, block, others) if at in mixed else (block,)


def _is_mixed(text: str, block: Block) -> bool:
    words = block.span.of(text)
    return block.kind == "prose" and DISCLAIMER.times(words) > 0 and len(sentences(words)) > 1


def _parts(content: Content, block: Block, others: set[int]) -> Iterator[Block]:
    start = block.span.start
    spans = [Span(start + first, start + last) for first, last in sentences(block.span.of(content.text))]
    for _, row in groupby(spans, lambda span: _is_notice(content, span, others)):
        first, *more = row
        yield replace(block, span=Span(first.start, more[-1].end if more else first.end))


def _is_notice(content: Content, sentence: Span, others: set[int]) -> bool:
    said = sentence.of(content.text)
    if DISCLAIMER.times(said) or _SPEAKS.search(said):
        return True
    words = content.words(sentence.start, sentence.end)
    return len(words & others) <= FOREIGN * len(words)
