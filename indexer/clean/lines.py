"""The lines of a text as arrays: where each lies, and what its first and last characters tell.

Rules ask the same of every line, and of most a character at its start or end is answer enough. Those are told apart
all at once; the functions of `layout` are asked about the others only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import numpy as np

from indexer.arrays import Array, indices, members
from indexer.arrays import plain as numbers
from indexer.clean.layout import (
    BULLETS,
    CLOSERS,
    END_MARKS,
    HEADING,
    HEADING_WORDS,
    LABELS,
    OPENERS,
    ends_sentence,
    is_caption,
    is_item,
    starts_lower,
)
from indexer.cut import CODES, codes_of, is_space
from indexer.records import Span

Line = tuple[int, int]  # start and end in the text, without the line end

# What a character may be the sign of at the start or the end of a line.
_SMALL, _ITEM, _MARK, _CLOSER, _LABEL, _BEHIND, _CUT, _HEAD, _BEGINNING, _OPEN = (1 << bit for bit in range(10))
_NUMBER_SIZE = 5  # characters of the longest number of an item: "[123]"
_INITIALS = frozenset(label[0] for label in LABELS)
_PAIRS = np.array([ord(label[0]) << 8 | ord(label[1]) for label in LABELS])


def _signs(sign: str) -> int:
    kinds = {
        _SMALL: not sign.isascii() or sign.islower(),
        _ITEM: sign in BULLETS or sign in "([" or sign.isdecimal() or "a" <= sign <= "z",
        _MARK: sign in END_MARKS,
        _CLOSER: sign in CLOSERS,
        _LABEL: sign in _INITIALS,
        _BEHIND: sign in ",;)",  # a word
        _CUT: sign.isalnum() or sign in ",-)\x02",
        _HEAD: sign.isupper() or sign.isdigit(),
        _OPEN: sign in OPENERS or "a" <= sign <= "z",
        _BEGINNING: sign.isupper() or sign.isdigit() or sign in "\"'“‘(",  # of what stands below a heading
    }
    return sum(kind for kind, is_one in kinds.items() if is_one)


_BEYOND = _SMALL | _ITEM | _CUT | _HEAD | _BEGINNING  # what codes from CODES on may be the sign of
_SIGNS = np.array([*map(_signs, map(chr, range(CODES))), _BEYOND], np.uint16)


class Lines:
    """The lines of a text that hold more than white space, in order; arrays have a place for each."""

    def __init__(self, text: str, spans: Sequence[Span] | None = None) -> None:
        """`spans`: what to take for lines, which no white space is at the ends of; else those between line ends."""
        self.text = text
        codes = codes_of(f"\n{text}\n")
        self.codes = codes[1:-1]
        dark = ~is_space(codes)
        edges = indices(dark[1:] != dark[:-1])
        begins, stops = edges[::2], edges[1::2]  # of what stands between white space
        if spans is None:
            breaks = indices(codes == ord("\n"))  # behind each a line begins
            held = np.searchsorted(begins, breaks)  # words before each line
            filled = indices(held[1:] > held[:-1])
            self.starts, self.ends = breaks[filled], breaks[filled + 1] - 1  # without the line end
            first, behind = held[filled], held[filled + 1]
        else:
            self.starts = np.array([span.start for span in spans], np.int64)
            self.ends = np.array([span.end for span in spans], np.int64)
            filled = np.arange(len(spans))
            first, behind = np.searchsorted(begins, self.starts), np.searchsorted(begins, self.ends)
        self.firsts = begins[first]  # of each the first character that is no white space
        self.lasts = stops[behind - 1]  # the place behind the last such
        self.counts = behind - first  # words
        self._stops = stops[first]  # behind the first word
        self.tops = np.ones(len(filled), bool)  # whether nothing or a blank line stands above: a stanza begins
        self.tops[1:] = filled[1:] - filled[:-1] > 1

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, at: int) -> str:
        """The line, without its line end."""
        return self.text[self._from[at] : self._to[at]]

    def stanza(self, at: int) -> range:
        """The lines between the blank lines around a line."""
        below = bisect_right(self.stanzas, at)
        return range(self.stanzas[below - 1], self.stanzas[below] if below < len(self.stanzas) else len(self))

    def below(self, at: int) -> str:
        """The line below one in its stanza; empty where there is none."""
        return "" if at + 1 == len(self) or self.tops[at + 1] else self[at + 1]

    @cached_property
    def stanzas(self) -> list[int]:
        """The first line of each stanza."""
        return list(indices(self.tops).tolist())

    def marked(self, places: Array) -> Array:
        """Whether the characters at some places are marks that end sentences."""
        return np.asarray(self._signs(places) & _MARK > 0)

    def _signs(self, places: Array) -> Array:
        """What the characters at some places may be the sign of."""
        return _SIGNS.take(self.codes[places], mode="clip")

    @cached_property
    def _first_signs(self) -> Array:
        return self._signs(self.firsts)

    @cached_property
    def _from(self) -> memoryview:
        return numbers(self.starts)

    @cached_property
    def _to(self) -> memoryview:
        return numbers(self.ends)

    @cached_property
    def plain(self) -> Array:
        """Whether the line begins with a word of two small letters and more: it goes on with what stands above."""
        found = np.zeros(len(self), bool)
        small = indices(_is_small(self.codes[self.firsts]))
        if len(small):
            starts, stops = self.firsts[small], self._stops[small]
            sizes = stops - starts - (self._signs(stops - 1) & _BEHIND > 0)
            letters = _is_small(self.codes[members(starts, sizes)])
            found[small] = np.logical_and.reduceat(letters, np.cumsum(sizes) - sizes) & (sizes > 1)
        return found

    @cached_property
    def small(self) -> Array:
        """Whether the line may begin in lower case."""
        return np.asarray(self._first_signs & _SMALL > 0)

    @cached_property
    def open(self) -> Array:
        """Whether the line may end with what cannot be the end of anything."""
        return np.asarray(self._signs(self.lasts - 1) & _OPEN > 0)

    @cached_property
    def going_on(self) -> Array:
        """Whether the line begins a stanza, and in lower case: it may go on with a sentence over a blank line."""
        sure = self.tops & self.plain
        return self._asked(sure, self.tops & ~sure & self.small, starts_lower)

    @cached_property
    def ended(self) -> Array:
        """Whether the line ends a sentence."""
        last, before = self._signs(self.lasts - 1), self._signs(np.maximum(self.lasts - 2, 0))
        closed = last & _CLOSER > 0
        unsure = (closed & (before & _CLOSER > 0)) | ((self.lasts < self.ends) & (last & (_MARK | _CLOSER) > 0))
        return self._asked((last & _MARK > 0) | (closed & (before & _MARK > 0)), unsure, ends_sentence)

    @cached_property
    def cut(self) -> Array:
        """Whether a sentence may break off at the line's end."""
        return np.asarray(self._signs(self.ends - 1) & _CUT > 0)

    @cached_property
    def numbered(self) -> Array:
        """Whether the line begins as an item, or the number of one, may begin: with a bullet, "2." or "a)"."""
        found = np.zeros(len(self), bool)
        maybe = indices(self._first_signs & _ITEM)
        if len(maybe):
            starts, stops = self.firsts[maybe], self._stops[maybe]
            sizes, last = stops - starts, self.codes[stops - 1]
            bare = (sizes == 1) | (last == ord(".")) | (last == ord(")")) | (last == ord("]"))
            short = (sizes <= _NUMBER_SIZE) & (~_is_small(self.codes[starts]) | (sizes == 2))
            followed = (self.counts[maybe] > 1) | (self.lasts < self.ends)[maybe]
            found[maybe] = bare & short & followed
        return found

    @cached_property
    def headings(self) -> Array:
        """Whether the line may be a heading, as its length and first character, and those of the one below, tell."""
        signs = self._first_signs
        found = (self.lasts - self.firsts <= HEADING) & (self.counts <= HEADING_WORDS) & (signs & _HEAD > 0)
        found[:-1] &= (signs[1:] & _BEGINNING > 0) | self.numbered[1:]
        found[-1:] = False
        return np.asarray(found)

    @cached_property
    def items(self) -> Array:
        """Whether the line is an item."""
        return self._asked(np.zeros(len(self), bool), self.numbered, is_item)

    @cached_property
    def rows(self) -> Array:
        """Whether the line has cells, a tab between two."""
        found = np.zeros(len(self), bool)
        found[np.searchsorted(self.starts, indices(self.codes == ord("\t")), side="right") - 1] = True
        return found

    @cached_property
    def captions(self) -> Array:
        """Whether the line is the start of a caption."""
        found = np.zeros(len(self), bool)
        longer = self.lasts - self.firsts > 1
        initials = indices(longer & (self._first_signs & _LABEL > 0))
        first, second = (self.codes[self.firsts[initials] + shift].astype(np.int64) for shift in (0, 1))
        for at in initials[((first << 8 | second)[:, None] == _PAIRS).any(axis=1)].tolist():
            found[at] = is_caption(self[at], self[at - 1] if at else "")
        return found

    def _asked(self, found: Array, unsure: Array, of: Callable[[str], bool]) -> Array:
        """What was found, and where that is unsure what a function says of the line."""
        for at in indices(unsure).tolist():
            found[at] = of(self[at])
        return found


def _is_small(codes: Array) -> Array:
    """For each code, whether it is that of a letter from a to z."""
    return (codes >= ord("a")) & (codes <= ord("z"))


@lru_cache(maxsize=1)  # one rule after another asks for the lines of the same text
def lines_of(text: str) -> Lines:
    """The lines of a text."""
    return Lines(text)


def filled_lines(text: str, most: int | None = None) -> list[Line]:
    """The lines that hold more than white space; the first so many of them, or all."""
    lines = lines_of(text)
    return list(zip(lines.starts[:most].tolist(), lines.ends[:most].tolist(), strict=True))
