"""A paragraph that is a disclaimer and more -> its parts, each on its own, so that what is about the subject stays.

"Results may vary. Infection and blood loss are risks of surgery. Please consult your physician ..." tells the risks
nowhere else. A sentence stays with the disclaimer when it has a cue of its own, speaks to the reader or of the page,
or has few of its words in common with the rest of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from indexer.clean.content import Content, content_of
from indexer.clean.cues import DISCLAIMER
from indexer.records import Span
from indexer.sentences import sentences

FOREIGN = 0.4  # share of a sentence's content words that stand elsewhere, up to which it is about something else
_SPEAKS = re.compile(
    r"(?i)\b(?:you|yours?|please|we|ours?|us|"
    r"this (?:content|information|material|site|website|page|article|product|service|statement|publication))\b"
)


def parted(text: str, prose: Sequence[Span]) -> dict[Span, list[Span]]:
    """Those of some stretches, in text order, that are disclaimers in part, each with its parts.

    What is told to be content may tell of more, so parts are parted again.
    """
    content = content_of(text)
    maybe = content.parts(DISCLAIMER, np.array([span.start for span in prose], np.int64))
    maybe.discard(-1)  # what stands before all of them
    found = {prose[at]: [prose[at]] for at in maybe if _is_mixed(prose[at].of(text))}
    before: dict[Span, list[Span]] = {}
    while found != before:
        mixed = {part for parts in found.values() for part in parts if _is_mixed(part.of(text))}
        others = content.words_outside(mixed)
        before = found
        found = {
            span: [one for part in parts for one in (_parts(content, part, others) if part in mixed else [part])]
            for span, parts in found.items()
        }
    return {span: parts for span, parts in found.items() if len(parts) > 1}


def _is_mixed(words: str) -> bool:
    return DISCLAIMER.times(words) > 0 and len(sentences(words)) > 1


def _parts(content: Content, mixed: Span, others: set[int]) -> Iterator[Span]:
    spans = [Span(mixed.start + first, mixed.start + last) for first, last in sentences(mixed.of(content.text))]
    for _, row in groupby(spans, lambda span: _is_notice(content, span, others)):
        first, *more = row
        yield Span(first.start, more[-1].end if more else first.end)


def _is_notice(content: Content, sentence: Span, others: set[int]) -> bool:
    said = sentence.of(content.text)
    if DISCLAIMER.times(said) or _SPEAKS.search(said):
        return True
    words = content.words(sentence.start, sentence.end)
    return len(words & others) <= FOREIGN * len(words)
