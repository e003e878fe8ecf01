"""Labelled stretches, put together to one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.aligned import AlignedText
from indexer.records import LINES, ROWS, Block, Span

DEEPEST = 6  # level of a heading: of a question in bold letters, which heads its answer alone
_WORDS = 12  # of a heading at most
_QUESTION = re.compile(r"(?s).{1,200}[?？][\"”»]?\s*")
_COUNTS = r"(?:§§?|Art(?:icle|ikel|ículo|icolo|\.)?|Section|Chapter|Part|Kapitel|Teil)"
_COUNTED = re.compile(rf"{_COUNTS} ?\d{{1,3}}[a-z]?\.?", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"(?:{_COUNTS} ?)?(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|[IVX]{{1,5}})[.:)]?\s+[^\W\d_].{{1,80}}[\w)?:]"
)
_LABEL = re.compile(
    r"(?:Supplement\w{2,5} )?(?:Fig(?:ure|\.)?|Table|Tab\.|Tabelle|Abb(?:ildung|\.)|Scheme|Plate|Chart|Video) ?"
    r"(?:[A-Z]?\d{1,3}[a-z]?|[IVX]{1,5})[.:]?",
    re.IGNORECASE,
)
# What may be taken away before the first word, where not all white space may: of a row a tab stands for an empty cell,
# code is indented.
_BEFORE = dict.fromkeys(ROWS, " \n\r") | {"code": "\n\r"}


class Labelled(NamedTuple):
    """Text that a format itself says what it is."""

    kind: str  # one of KINDS
    text: AlignedText
    level: int = 0  # of a heading, from 1; 1 for the first row of a table


def is_question(text: str) -> bool:
    """True for a question short enough to head an answer."""
    return _QUESTION.fullmatch(text) is not None


def counts(text: str) -> bool:
    """True for what is nothing but the number of a part: "Article 3", "§ 12"."""
    return _COUNTED.fullmatch(text) is not None


def is_label(text: str) -> bool:
    """True for what is nothing but the number of a figure or a table: "Fig. 1.", "Table 2"."""
    return _LABEL.fullmatch(text) is not None


def begins_with_label(text: str) -> bool:
    """True for what begins with the number of a figure or a table, as captions do."""
    return _LABEL.match(text) is not None


def heads(text: str) -> bool:
    """True for a line in bold letters that heads what stands below: a question, or one with the number of a part."""
    return is_question(text) or counts(text) or (_NUMBERED.fullmatch(text) is not None and len(text.split()) <= _WORDS)


def assembled(stretches: Iterable[Labelled]) -> tuple[AlignedText, tuple[Block, ...]]:
    """The stretches one after another, those without a word left out, and where each stands."""
    parts: list[AlignedText] = []
    blocks: list[Block] = []
    done = 0
    for kind, text, level in stretches:
        text = text.stripped(_BEFORE.get(kind))
        if not text.text:
            continue
        if blocks:
            close = kind == blocks[-1].kind and kind in LINES
            gap = parts[-1].gap("\n" if close else "\n\n")
            parts.append(gap)
            done += len(gap)
        parts.append(text)
        blocks.append(Block(Span(done, done + len(text)), kind, level))
        done += len(text)
    return AlignedText.join(parts), tuple(blocks)


def code(lines: Sequence[AlignedText]) -> list[Labelled]:
    """Lines of code, each as far to the right of the leftmost as it stands; those without a sign left out."""
    lines = [line for line in lines if line.text.strip()]
    indent = min((len(line) - len(line.text.lstrip()) for line in lines), default=0)
    return [Labelled("code", line[indent:]) for line in lines]


class Written(NamedTuple):
    """Text of a format in which no reader would look for a place, with what it is."""

    kind: str  # one of KINDS
    text: str
    level: int = 0  # of a heading, from 1; 1 for the first row of a table


def written(stretches: Iterable[Written]) -> tuple[str, tuple[Block, ...]]:
    """The stretches one after another as the source's text as read, and where each stands."""
    text, blocks = assembled(Labelled(kind, AlignedText.of(words), level) for kind, words, level in stretches)
    return text.text, blocks


def joined(texts: Iterable[AlignedText], space: str) -> AlignedText:
    """The texts that have a word as one, each without white space at its ends, with some between them."""
    parts: list[AlignedText] = []
    for text in texts:
        text = text.stripped()
        if text.text:
            parts += (parts[-1].gap(space), text) if parts else (text,)
    return AlignedText.join(parts)
