"""Captions and running heads that stand inside a sentence, moved behind its paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from indexer.aligned import AlignedText, Edit
from indexer.arrays import Array, indices
from indexer.clean.layout import masked
from indexer.clean.lines import Lines, lines_of
from indexer.records import Span

HEADS = 3  # short lines in a row that may be running heads: a page's foot, the next one's head
LONGEST = 90  # characters of a running head
REPEATED_LEAST = 2  # sentences that a line interrupts, digits aside, to be a running head


class Parts(NamedTuple):
    """The stanzas of a text, cut where a caption starts."""

    lines: Lines
    first: Array  # line of each
    last: Array
    aside: Array  # whether it is a caption or a running head

    def start(self, part: int) -> int:
        """Where a part begins in the text."""
        return int(self.lines.starts[self.first[part]])

    def end(self, part: int) -> int:
        """Where a part ends in the text."""
        return int(self.lines.ends[self.last[part]])


def out_of_sentences(text: AlignedText) -> AlignedText:
    """The text with each sentence whole that captions or running heads had interrupted, those behind it."""
    lines = lines_of(text.text)
    if len(lines.stanzas) < 2 or not lines.going_on[1:].any():  # nothing goes on below a blank line
        return text
    parts = _with_heads(_parts(lines))
    chains = _chains(parts)
    spans: list[Span] = []
    done = 0
    for chain in chains:
        spans += [Span(done, parts.end(chain[0])), *_bodies(parts, chain), *_asides(parts, chain)]
        done = parts.end(chain[-1])
    spans.append(Span(done, len(text)))
    return text.edit(_spaces(parts, chains)).rearranged(spans) if chains else text


def _chains(parts: Parts) -> list[list[int]]:
    """The parts of each interrupted paragraph, by index; one paragraph may be interrupted again and again."""
    chains: list[list[int]] = []
    content = indices(~parts.aside)
    apart = np.diff(content) > 1
    for before, after in _interrupted(parts, content[:-1][apart], content[1:][apart]):
        if chains and chains[-1][-1] == before:
            chains[-1].append(after)
        else:
            chains.append([before, after])
    return chains


def _bodies(parts: Parts, chain: list[int]) -> Iterator[Span]:
    """What follows the first part of a paragraph, each piece behind the first line end of the gap before it."""
    for before, after in pairwise(chain):
        yield Span(parts.end(before), parts.end(before) + 1)
        yield Span(int(parts.lines.firsts[parts.first[after]]), parts.end(after))


def _spaces(parts: Parts, chains: list[list[int]]) -> list[Edit]:
    """Those line ends as spaces, but behind a hyphen, which keeps its own."""
    ends = [parts.end(before) for chain in chains for before in chain[:-1]]
    return [(end, end + 1, " ") for end in ends if parts.lines.text[end - 1] not in "-\x02\ufffe"]


def _asides(parts: Parts, chain: list[int]) -> Iterator[Span]:
    """What interrupted the paragraph, each with the blank line that stood behind it now before it."""
    for before, after in pairwise(chain):
        yield Span(parts.end(after - 1), parts.start(after))
        yield Span(parts.start(before + 1), parts.end(after - 1))


def _parts(lines: Lines) -> Parts:
    """The stanzas, cut where a caption starts."""
    first = indices(lines.tops | lines.captions)
    return Parts(lines, first, np.append(first[1:], len(lines)) - 1, lines.captions[first])


def _with_heads(parts: Parts) -> Parts:
    """The parts, running heads told as such: short lines that interrupt one sentence after another."""
    may_be = _may_be_heads(parts)
    heads = Counter(masked(parts.lines[parts.first[part]]) for part in _interrupting(parts, may_be))
    known = {head for head, count in heads.items() if count >= REPEATED_LEAST}
    if not known:
        return parts
    aside = parts.aside.copy()
    maybe = _beginning(parts, indices(may_be & ~aside), known)
    aside[maybe] = [masked(parts.lines[line]) in known for line in parts.first[maybe].tolist()]
    return parts._replace(aside=aside)


def _beginning(parts: Parts, among: Array, heads: set[str]) -> Array:
    """Those of some parts that begin as a masked head does: a tenth of them, for whose sake no other is masked."""
    codes = parts.lines.codes[parts.lines.firsts[parts.first[among]]]
    numeric = (codes > 127) | ((codes >= ord("0")) & (codes <= ord("9")))  # beyond ASCII it may be a digit too
    wanted = np.zeros(128, bool)
    wanted[[ord(head[0]) if head[0].isascii() else ord("#") for head in heads]] = True
    return among[wanted[np.where(numeric, ord("#"), codes)]]


def _may_be_heads(parts: Parts) -> Array:
    """Whether each part is a single short line that is no sentence and does not go on in lower case."""
    lines, first = parts.lines, parts.first
    short = (first == parts.last) & ((lines.ends - lines.starts)[first] <= LONGEST)
    return np.asarray(short & ~lines.ended[first] & ~lines.going_on[first])


def _interrupting(parts: Parts, may_be_heads: Array) -> Iterator[int]:
    """The short lines that stand between the two halves of a sentence; more than HEADS of them are a table."""
    every = np.arange(len(may_be_heads))
    others = np.maximum.accumulate(np.where(may_be_heads, 0, every))  # the last that is none, up to each
    apart = every[1:] - others[:-1]
    after = indices((apart > 1) & (apart <= HEADS + 1)) + 1
    for before, behind in _interrupted(parts, others[after - 1], after):
        yield from range(before + 1, behind)


def _interrupted(parts: Parts, before: Array, after: Array) -> Iterator[tuple[int, int]]:
    """Those pairs of parts of which a sentence breaks off in the first and goes on in the second."""
    lines, last = parts.lines, parts.last[before]
    found = lines.going_on[parts.first[after]] & ~lines.ended[last] & (lines.counts[last] >= 3)
    return zip(before[found].tolist(), after[found].tolist(), strict=True)
