"""Captions and running heads that stand inside a sentence, moved behind its paragraph."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.aligned import AlignedText
from indexer.clean.layout import Line, ends_sentence, is_caption, masked, stanzas, starts_lower

HEADS = 3  # short lines in a row that may be running heads: a page's foot, the next one's head
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
    for before, after in pairwise(index for index, part in enumerate(parts) if not part.aside):
        if after - before > 1 and _interrupted(text.text, parts[before], parts[after]):
            pieces += [text[done : parts[before].end], *_swapped(text, parts[before : after + 1])]
            done = parts[after].end
    return AlignedText.join([*pieces, text[done:]]) if pieces else text


def _parts(text: str) -> list[Part]:
    """The stanzas, cut where a caption starts."""
    parts: list[Part] = []
    for stanza in stanzas(text):
        lines: list[Line] = []
        for start, end in stanza:
            if lines and is_caption(text[start:end]):
                parts.append(_part(text, lines))
                lines = []
            lines.append((start, end))
        parts.append(_part(text, lines))
    return parts


def _part(text: str, lines: list[Line]) -> Part:
    """Lines as a part of their stanza."""
    return Part(lines[0][0], lines[-1][1], is_caption(text[slice(*lines[0])]))


def _with_heads(text: str, parts: list[Part]) -> list[Part]:
    """The parts, running heads told as such: short lines that interrupt one sentence after another."""
    short = [_may_be_head(text[part.start : part.end]) for part in parts]
    heads: Counter[str] = Counter()
    for before in range(len(parts)):
        after = before + 1
        while after < len(parts) and after - before <= HEADS and short[after]:
            after += 1
        if before + 1 < after < len(parts) and _interrupted(text, parts[before], parts[after]):
            heads.update({masked(text[part.start : part.end]) for part in parts[before + 1 : after]})
    known = {head for head, count in heads.items() if count >= REPEATED_LEAST}
    return [
        replace(part, aside=True) if is_short and masked(text[part.start : part.end]) in known else part
        for part, is_short in zip(parts, short, strict=True)
    ]


def _may_be_head(stanza: str) -> bool:
    """True for a single short line that is no sentence and does not go on in lower case."""
    return len(stanza) <= 90 and "\n" not in stanza and not ends_sentence(stanza) and not starts_lower(stanza)


def _interrupted(text: str, before: Part, after: Part) -> bool:
    """True when a sentence breaks off in the first part and goes on in the second."""
    last = text[before.start : before.end].rsplit("\n", 1)[-1]
    following = text[after.start : after.end].lstrip()
    return len(last.split()) >= 3 and not ends_sentence(last) and starts_lower(following)


def _swapped(text: AlignedText, parts: list[Part]) -> list[AlignedText]:
    """The parts in between put behind the last one; nothing but white space changes."""
    before, first, last, after = parts[0], parts[1], parts[-2], parts[-1]
    gap = text[before.end : before.end + 1]
    body = text.text[after.start : after.end]
    return [
        gap if text.text[before.end - 1] in "-\x02\ufffe" else gap.edit([(0, 1, " ")]),
        text[after.end - len(body.lstrip()) : after.end],
        text[last.end : after.start],
        text[first.start : last.end],
    ]
