"""Passages -> the units that can be quoted: sentences, list items, captions, rows; a list's lead-in with its items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array
from indexer.cut import codes_of, trimmed
from indexer.records import Span

LIST_WORDS = 80  # a list is quoted up to about this many words
_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"\s*(?:[•●▪◦‣⁃*·–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S")


class Units(NamedTuple):
    """The units of some texts, one after another; places are those in the texts as if these stood in one."""

    edges: Array  # of the texts among the units: the first of each, and how many there are
    bases: Array  # of the texts: where each begins
    starts: Array  # of each unit
    ends: Array
    takes: Array  # how many units it takes: itself and, of a lead-in, the items


def units(texts: Sequence[str], begins: Sequence[Sequence[int]]) -> Units:
    """The units of texts, of which it is known where they begin: all at once take a third of the time.

    A lead-in ("Symptoms include:") reaches over the items under it.
    """
    whole = " ".join([*texts, ""])
    codes = codes_of(whole)
    sizes = np.array([len(text) for text in texts], np.int64)
    bases = np.cumsum(sizes + 1) - sizes - 1
    counts = np.array([len(held) for held in begins], np.int64)
    edges = np.concatenate(([0], np.cumsum(counts)))
    starts = np.repeat(bases, counts) + np.array([at for held in begins for at in held], np.int64)
    lasts = edges[1:][counts > 0] - 1
    following = np.append(starts, 0)[1:]
    following[lasts] = (bases + sizes)[counts > 0]
    breaks = np.append(np.flatnonzero(codes == ord("\n")), len(whole))
    line_ends = breaks[np.searchsorted(breaks, starts)]
    is_broken = line_ends < following
    ends = trimmed(whole, codes, starts, np.minimum(line_ends, following))
    is_broken[lasts] = True  # where a text ends
    for at in np.flatnonzero(is_broken & (starts < ends) & (codes[ends - 1] == ord(":"))).tolist():
        which = int(np.searchsorted(edges, at, side="right")) - 1
        base = int(bases[which])
        ends[at] = base + _with_items(texts[which], Span(int(starts[at]) - base, int(ends[at]) - base)).end
    takes = np.maximum(np.searchsorted(starts, ends) - np.arange(len(starts)), 1)
    return Units(edges, bases, starts, ends, takes)


@lru_cache(maxsize=16)  # a passage of lists asks for each lead-in
def _lines(text: str) -> list[Span]:
    """The lines of a text that hold something."""
    return [Span(*found.span()) for found in _LINE.finditer(text) if found[0].strip()]


def _with_items(text: str, lead_in: Span) -> Span:
    """A lead-in and the items under it, LIST_WORDS words of them at most, but one item whatever its length."""
    end, words = lead_in.end, len(lead_in.of(text).split())
    for line in _lines(text):
        if line.start < lead_in.end:
            continue
        words += len(line.of(text).split())
        listed = _ITEM.match(line.of(text)) or text[end : line.start].count("\n") == 1
        if not listed or (words > LIST_WORDS and end > lead_in.end):
            break
        end = line.end
    return Span(lead_in.start, end)
