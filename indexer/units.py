"""Passage -> the units that can be quoted: sentences, list items, captions, rows; a list's lead-in with its items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.records import Span

LIST_WORDS = 80  # a list is quoted up to about this many words
_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"\s*(?:[•●▪◦‣⁃*·–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S")


class Unit(NamedTuple):
    """A stretch of a passage that can be quoted."""

    start: int  # in the passage's text
    end: int
    opens: bool  # True for the first of its paragraph


def units(text: str, begins: Sequence[int]) -> list[Unit]:
    """The units of a passage's text, of which it is known where they begin.

    A lead-in ("Symptoms include:") reaches over the items under it.
    """
    found: list[Unit] = []
    lines: list[Span] | None = None
    opens = True
    for start, following in pairwise((*begins, len(text))):
        line_end = text.find("\n", start, following)
        end = start + len(text[start : following if line_end < 0 else line_end].rstrip())
        if text.endswith(":", start, end) and (line_end >= 0 or following == len(text)):
            lines = lines or _lines(text)
            end = _with_items(text, Span(start, end), [line for line in lines if line.start >= end]).end
        found.append(Unit(start, end, opens))
        opens = line_end >= 0
    return found


def _lines(text: str) -> list[Span]:
    """The lines of a text that hold something."""
    return [Span(*found.span()) for found in _LINE.finditer(text) if found[0].strip()]


def _with_items(text: str, lead_in: Span, below: list[Span]) -> Span:
    """A lead-in and the items under it, LIST_WORDS words of them at most, but one item whatever its length."""
    end, words = lead_in.end, len(lead_in.of(text).split())
    for line in below:
        words += len(line.of(text).split())
        listed = _ITEM.match(line.of(text)) or text[end : line.start].count("\n") == 1
        if not listed or (words > LIST_WORDS and end > lead_in.end):
            break
        end = line.end
    return Span(lead_in.start, end)
