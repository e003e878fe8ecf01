"""Captions and running heads that stand inside a sentence, moved behind its paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.aligned import AlignedText
from indexer.clean.layout import Line, ends_sentence, is_caption, masked, stanzas, starts_lower

HEADS = 3  # short lines in a row that may be running heads: a page's foot, the next one's head
LONGEST = 90  # characters of a running head
REPEATED_LEAST = 2  # sentences that a line interrupts, digits aside, to be a running head


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a stanza: a caption or a running head, or what is neither."""

    start: int
    end: int
    aside: bool


def out_of_sentences(text: AlignedText) -> AlignedText:
    """The text with each sentence whole that captions or running heads had interrupted, those behind it."""
    parts = _with_heads(text.text, _parts(text.text))
    pieces, done = [], 0
    for chain in _chains(text.text, parts):
        pieces += [text[done : parts[chain[0]].end], *_bodies(text, parts, chain), *_asides(text, parts, chain)]
        done = parts[chain[-1]].end
    return AlignedText.join([*pieces, text[done:]]) if pieces else text


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
    above = ""
    for stanza in stanzas(text):
        first = 0
        for index, (start, end) in enumerate(stanza):
            line = text[start:end]
            caption = is_caption(line, above)
            if index == 0:
                aside = caption
            elif caption:
                parts.append(_part(stanza[first:index], aside))
                first, aside = index, True
            above = line
        parts.append(_part(stanza[first:], aside))
    return parts


def _part(lines: Sequence[Line], aside: bool) -> Part:
    """Lines as a part of their stanza."""
    return Part(lines[0][0], lines[-1][1], aside)


def _with_heads(text: str, parts: list[Part]) -> list[Part]:
    """The parts, running heads told as such: short lines that interrupt one sentence after another."""
    short = [part.end - part.start <= LONGEST and _may_be_head(text[part.start : part.end]) for part in parts]
    heads = Counter(masked(text[part.start : part.end]) for part in _interrupting(text, parts, short))
    known = {head for head, count in heads.items() if count >= REPEATED_LEAST}
    return [
        replace(part, aside=True) if is_short and masked(text[part.start : part.end]) in known else part
        for part, is_short in zip(parts, short, strict=True)
    ]


def _interrupting(text: str, parts: list[Part], short: list[bool]) -> Iterator[Part]:
    """The short lines that stand between the two halves of a sentence."""
    before = 0
    for after in range(1, len(parts)):
        if short[after] and after - before <= HEADS:
            continue
        if after - before > 1 and _interrupted(text, parts[before], parts[after]):
            yield from parts[before + 1 : after]
        before = after


def _may_be_head(stanza: str) -> bool:
    """True for a single short line that is no sentence and does not go on in lower case."""
    return "\n" not in stanza and not ends_sentence(stanza) and not starts_lower(stanza)


def _interrupted(text: str, before: Part, after: Part) -> bool:
    """True when a sentence breaks off in the first part and goes on in the second."""
    if not starts_lower(text[after.start : after.start + 80]):
        return False
    last = text[max(before.start, text.rfind("\n", before.start, before.end) + 1) : before.end]
    return not ends_sentence(last) and len(last.split()) >= 3
