"""Captions of figures and tables that stand inside a sentence, moved behind its paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from indexer.aligned import AlignedText
from indexer.clean.layout import Line, ends_sentence, is_caption, stanzas, starts_lower


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a stanza: a caption, or what is not one."""

    start: int
    end: int
    caption: bool


def out_of_sentences(text: AlignedText) -> AlignedText:
    """The text with each sentence whole that captions had interrupted, the captions behind its paragraph."""
    parts = _parts(text.text)
    pieces, done = [], 0
    for before, after in pairwise(index for index, part in enumerate(parts) if not part.caption):
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


def _interrupted(text: str, before: Part, after: Part) -> bool:
    """True when a sentence breaks off in the first part and goes on in the second."""
    last = text[before.start : before.end].rsplit("\n", 1)[-1]
    following = text[after.start : after.end].lstrip()
    return len(last.split()) >= 3 and not ends_sentence(last) and starts_lower(following)


def _swapped(text: AlignedText, parts: list[Part]) -> list[AlignedText]:
    """The captions between two parts put behind the second one; nothing but white space changes."""
    before, first, last, after = parts[0], parts[1], parts[-2], parts[-1]
    gap = text[before.end : before.end + 1]
    indent = len(text[after.start : after.end].text) - len(text[after.start : after.end].text.lstrip())
    return [
        gap if text.text[before.end - 1] in "-\x02\ufffe" else gap.edit([(0, 1, " ")]),
        text[after.start + indent : after.end],
        text[last.end : after.start],
        text[first.start : last.end],
    ]
