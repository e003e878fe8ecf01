"""Captions and running heads that stand inside a sentence, moved behind its paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.aligned import AlignedText
from indexer.clean.layout import Line, ends_sentence, is_caption, masked, stanzas, starts_lower

HEADS = 3  # short lines in a row that may be running heads: a page's foot, the next one's head
LONGEST = 90  # characters of a running head
REPEATED_LEAST = 2  # sentences that a line interrupts, digits aside, to be a running head

_LABELLED = re.compile(r"\n[^\S\n]*(?=[SFTCPB])(?i:supp|fig|tab|scheme|chart|plate|box)")  # what may be a caption
# What may go on over a blank line. All that can begin a match of this one stands behind what is no white space.
_GOING_ON = re.compile(r"\n(?<=\S\n)[^\S\n]*+\n\s*+[^\W\d_A-Z]")


class Part(NamedTuple):
    """Some lines of a stanza: a caption or a running head, or what is neither."""

    start: int
    end: int
    aside: bool


def out_of_sentences(text: AlignedText) -> AlignedText:
    """The text with each sentence whole that captions or running heads had interrupted, those behind it."""
    if not _may_be_interrupted(text.text):
        return text
    parts = _with_heads(text.text, _parts(text.text))
    pieces, done = [], 0
    for chain in _chains(text.text, parts):
        pieces += [text[done : parts[chain[0]].end], *_bodies(text, parts, chain), *_asides(text, parts, chain)]
        done = parts[chain[-1]].end
    return AlignedText.join([*pieces, text[done:]]) if pieces else text


def _may_be_interrupted(text: str) -> bool:
    """True when a stanza that may go on with something stands below a caption or a short line."""
    above = _above_what_goes_on(text)
    return bool(above) and any(
        _may_be_head(text, _part(stanza, aside=False)) or any(is_caption(text[start:end]) for start, end in stanza)
        for stanza in stanzas(text)
        if stanza[-1][1] in above
    )


def _above_what_goes_on(text: str) -> set[int]:
    """The ends of the stanzas above those that may go on with a sentence."""
    return {found.start() for found in _GOING_ON.finditer(text)}


def _chains(text: str, parts: list[Part]) -> list[list[int]]:
    """The parts of each interrupted paragraph, by index; one paragraph may be interrupted again and again."""
    chains: list[list[int]] = []
    for before, after in pairwise(index for index, part in enumerate(parts) if not part.aside):
        if after - before == 1 or not _interrupted(text, parts[before], parts[after]):
            continue
        if chains and chains[-1][-1] == before:
            chains[-1].append(after)
        else:
            chains.append([before, after])
    return chains


def _bodies(text: AlignedText, parts: list[Part], chain: list[int]) -> Iterator[AlignedText]:
    """What follows the first part of a paragraph, each piece behind a space; a hyphen keeps its line end."""
    for before, after in pairwise(parts[index] for index in chain):
        gap = text[before.end : before.end + 1]
        body = text.text[after.start : after.end]
        yield gap if text.text[before.end - 1] in "-\x02\ufffe" else gap.edit([(0, 1, " ")])
        yield text[after.end - len(body.lstrip()) : after.end]


def _asides(text: AlignedText, parts: list[Part], chain: list[int]) -> Iterator[AlignedText]:
    """What interrupted the paragraph, each with the blank line that stood behind it now before it."""
    for before, after in pairwise(chain):
        yield text[parts[after - 1].end : parts[after].start]
        yield text[parts[before + 1].start : parts[after - 1].end]


def _parts(text: str) -> list[Part]:
    """The stanzas, cut where a caption starts."""
    parts: list[Part] = []
    labelled = deque(found.start() for found in _LABELLED.finditer("\n" + text))
    above = (0, 0)
    for stanza in stanzas(text):
        first, aside = 0, False
        while labelled and labelled[0] <= stanza[-1][0]:
            index = bisect_left(stanza, (labelled.popleft(),))
            before = stanza[index - 1] if index else above
            if is_caption(text[slice(*stanza[index])], text[slice(*before)]):
                if index:
                    parts.append(_part(stanza[first:index], aside=aside))
                first, aside = index, True
        parts.append(_part(stanza[first:], aside=aside))
        above = stanza[-1]
    return parts


def _part(lines: Sequence[Line], *, aside: bool) -> Part:
    """Lines as a part of their stanza."""
    return Part(lines[0][0], lines[-1][1], aside)


def _with_heads(text: str, parts: list[Part]) -> list[Part]:
    """The parts, running heads told as such: short lines that interrupt one sentence after another."""
    heads = Counter(masked(text[part.start : part.end]) for part in _interrupting(text, parts))
    known = {head for head, count in heads.items() if count >= REPEATED_LEAST}
    if not known:
        return parts
    return [
        part._replace(aside=True) if _may_be_head(text, part) and masked(text[part.start : part.end]) in known else part
        for part in parts
    ]


def _interrupting(text: str, parts: list[Part]) -> Iterator[Part]:
    """The short lines that stand between the two halves of a sentence."""
    above = _above_what_goes_on(text)
    for index in range(1, len(parts)):
        if parts[index - 1].end in above and starts_lower(text[parts[index].start : parts[index].start + 80]):
            before = _before(text, parts, index)
            if index - before > 1 and _interrupted(text, parts[before], parts[index]):
                yield from parts[before + 1 : index]


def _before(text: str, parts: list[Part], index: int) -> int:
    """The part that one may go on with: up to HEADS short lines are passed over; more of them are a table."""
    for before in range(index - 1, max(-1, index - 2 - HEADS), -1):
        if before == 0 or not _may_be_head(text, parts[before]):
            return before
    return index - 1


def _may_be_head(text: str, part: Part) -> bool:
    """True for a single short line that is no sentence and does not go on in lower case."""
    if part.end - part.start > LONGEST:
        return False
    line = text[part.start : part.end]
    return "\n" not in line and not ends_sentence(line) and not starts_lower(line)


def _interrupted(text: str, before: Part, after: Part) -> bool:
    """True when a sentence breaks off in the first part and goes on in the second."""
    if not starts_lower(text[after.start : after.start + 80]):
        return False
    last = text[max(before.start, text.rfind("\n", before.start, before.end) + 1) : before.end]
    return not ends_sentence(last) and len(last.split()) >= 3
