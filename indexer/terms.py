"""Texts -> terms as engines take them: stems, words as typed and flags, by number.

What stands between two spaces, a token, gives the same terms wherever it stands. Each is analysed once; from then on
it is a row in some tables, and the terms of many passages are a few operations on arrays. A text costs one split and a
look into a dictionary for each of its tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TypeVar

import numpy as np

from indexer.arrays import Array, members
from indexer.cut import Cutter
from indexer.native import WORDS
from indexer.negation import FLAGS, MARK, NO_FLAG, scopes_of
from indexer.negation_cues import SEVERAL, beginnings, near
from indexer.tokens import BEGINS, COUNT, END, FIRST, LENGTH, NUMBER, PART, SHIFT, SIGNS, SIZE, START, Tokens, Words
from indexer.vocabulary import Terms

_BATCH = 200_000  # characters of texts that are looked at together; the arrays take thirty bytes for each
# Characters of tokens that are held: some 310,000 tokens, those of 120 MB of technical prose, in 110 MB. With half of
# them 120 MB are cut in 6.7 s, not in 5.7, as they are emptied twice.
_HELD = 4_000_000
Made = TypeVar("Made")
_cutter = Cutter(Tokens, _HELD)


def name_terms(names: Sequence[str]) -> list[Terms]:
    """The terms of titles or headings, and their words as typed."""
    return _of_each(names, lambda batch: _terms(batch, flagged=False)[0])


def text_terms(texts: Sequence[str]) -> list[Terms]:
    """The terms of passages' texts, their words as typed, and "!negated" or the like where one stands under a cue."""
    return _of_each(texts, lambda batch: _terms(batch, flagged=True)[0])


def terms_and_words(texts: Sequence[str]) -> tuple[list[Terms], Words]:
    """The same, and where the words of the texts stand."""
    made = _of_each(texts, lambda batch: [(*_terms(batch, flagged=True), *_words(batch))])
    starts, counted, edges = [np.empty(0, np.int64)], [np.empty(0, np.uint8)], [np.zeros(1, np.int64)]
    flags = [np.empty(0, np.uint8)]
    base = 0
    for _, under, begin, is_counted, bounds, size in made:
        starts.append(begin + base)
        counted.append(is_counted)
        edges.append(bounds[1:] + edges[-1][-1])
        flags.append(under)
        base += size
    words = Words(*[np.concatenate(parts) for parts in (starts, counted, edges, flags)])
    return [terms for held, *_ in made for terms in held], words


def _of_each(texts: Sequence[str], made: Callable[[_Batch], Iterable[Made]]) -> list[Made]:
    """What is made of each text, some of which are looked at together."""
    found: list[Made] = []
    for batch in _batches(texts):
        with _cutter.alone() as tokens:
            found += made(_Batch(batch, tokens))
    return found


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts, so many together."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Batch:
    """Some texts, and the tokens of one after another."""

    def __init__(self, texts: list[str], tokens: Tokens) -> None:
        self.texts = texts
        self.tokens = tokens
        self.rows, self.starts = _cutter.cut(" ".join(texts))  # of the tokens, in the texts as if these stood in one
        self.bases = np.cumsum([0, *(len(text) + 1 for text in texts)])  # of the texts there
        self.edges = np.searchsorted(self.starts, self.bases)  # of the texts among the tokens

    @cached_property
    def places(self) -> Array:
        """Of each token the position of its first word, as if the texts stood in one; and one more."""
        sizes = self.tokens.column(SIZE)[self.rows]
        return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))

    def terms_of(self, rows: Array) -> tuple[Array, Array]:
        """Where the terms of some rows stand in their table, and how many each row has."""
        counts = self.tokens.column(COUNT)[rows].astype(np.int64)
        return members(self.tokens.column(FIRST)[rows].astype(np.int64), counts), counts


def _terms(batch: _Batch, *, flagged: bool) -> tuple[list[Terms], Array]:
    """The terms of texts that are looked at together, and the flag that each of their words stands under."""
    scopes = _scopes(batch) if flagged else np.empty((0, 3), np.int64)
    flags = np.array([batch.tokens.vocabulary[MARK + flag] for flag in FLAGS], np.uint32)
    numbers, positions, ends, under = (_placed_in_c if WORDS else _placed)(batch, scopes, flags)
    vocabulary, bounds = batch.tokens.vocabulary, [0, *ends.tolist()]
    return [Terms(vocabulary, numbers[start:end], positions[start:end]) for start, end in pairwise(bounds)], under


def _placed_in_c(batch: _Batch, scopes: Array, flags: Array) -> tuple[Array, ...]:
    """What `_placed` says; twenty passages take a tenth of the time."""
    *made, under = WORDS.place(*batch.tokens.tables, batch.rows, batch.starts, batch.edges, scopes, flags)
    return (*(np.frombuffer(part, np.uint32) for part in made), np.frombuffer(under, np.uint8))


def _placed(batch: _Batch, scopes: Array, flags: Array) -> tuple[Array, ...]:
    """Number and position of each term of the texts, and where the terms of each text end; behind them its flags.

    And the number of the flag that each word stands under, or NO_FLAG.
    """
    tokens = batch.tokens
    at, counts = batch.terms_of(batch.rows)
    numbers = tokens.terms_column(NUMBER)[at]
    positions = np.repeat(batch.places[:-1], counts) + tokens.terms_column(PART)[at]
    bounds = np.concatenate(([0], np.cumsum(counts)))[batch.edges]
    begins = batch.places[batch.edges]
    under = _flags(batch, scopes)
    places = np.flatnonzero(under != NO_FLAG)
    behind = np.searchsorted(begins, places, side="right")
    numbers = np.insert(numbers, bounds[behind], flags[under[places]])
    positions = np.insert(positions, bounds[behind], places)
    bounds = bounds + np.searchsorted(behind, np.arange(len(bounds)), side="right")
    return numbers, (positions - np.repeat(begins[:-1], np.diff(bounds))).astype(np.uint32), bounds[1:], under


def _words(batch: _Batch) -> tuple[Array, Array, Array, int]:
    """Where the words of the same begin, which are counted, the first of each text, and the characters of all texts."""
    return *batch.tokens.words(batch.rows, batch.starts), batch.places[batch.edges], int(batch.bases[-1])


def _flags(batch: _Batch, scopes: Array) -> Array:
    """The number of the flag that each word stands under, or NO_FLAG."""
    tokens = batch.tokens
    flags, starts, ends = scopes.T
    first = np.maximum(np.searchsorted(batch.starts, starts, side="right") - 1, 0)  # it may reach into the scope
    last = np.searchsorted(batch.starts, ends)
    within = members(first, last - first)
    rows = batch.rows[within]
    at, counts = batch.terms_of(rows)
    scope, shift, place = (
        np.repeat(of, counts)
        for of in (
            np.repeat(np.arange(len(scopes)), last - first),
            batch.starts[within] + tokens.column(SHIFT)[rows],
            batch.places[within],
        )
    )
    inside = (shift + tokens.terms_column(START)[at] >= starts[scope]) & (
        shift + tokens.terms_column(END)[at] <= ends[scope]
    )
    places = (place + tokens.terms_column(PART)[at])[inside]
    under = np.full(int(batch.places[-1]), NO_FLAG, np.uint8)
    np.minimum.at(under, places, flags[scope[inside]].astype(np.uint8))  # of two at a place the first of FLAGS stands
    return under


def _scopes(batch: _Batch) -> Array:
    """The scopes of the texts, a row each: number of the flag, start and end among all texts."""
    tokens = batch.tokens
    said = tokens.column(SIGNS)[batch.rows]
    places = near(said)
    rows = batch.rows[places]
    which = np.searchsorted(batch.edges, places, side="right") - 1
    starts = batch.starts[places] - batch.bases[which]
    begins = starts + tokens.column(BEGINS)[rows]
    ends = np.where(said[places] & SEVERAL, starts + tokens.column(LENGTH)[rows], 0)
    found = []
    for text, of_text in groupby(zip(which.tolist(), begins.tolist(), ends.tolist(), strict=True), itemgetter(0)):
        base = int(batch.bases[text])
        for flag, start, end in scopes_of(batch.texts[text], _begins(batch.texts[text], of_text)):
            found.append((FLAGS.index(flag), base + start, base + end))
    return np.array(found, np.int64).reshape(-1, 3)


def _begins(text: str, tokens: Iterable[tuple[int, int, int]]) -> Iterator[int]:
    """Where cues can begin in a text: of each token the first place and, if there are several, the end."""
    for _, start, end in tokens:
        if end:
            yield from beginnings(text, start, end)
        else:
            yield start
