"""Texts -> terms as engines take them: stems, words as typed and flags, by number.

What stands between two spaces, a token, gives the same terms wherever it stands. Each is analysed once; from then on
it is a row in some tables, and the terms of many passages are a few operations on arrays. A text costs one split and a
look into a dictionary for each of its tokens.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from threading import Lock

import numpy as np

from indexer.analyse import PARTS, STEMS, WORD
from indexer.arrays import Array, members
from indexer.negation import FLAGS, MARK, scopes
from indexer.negation_cues import near, signs
from indexer.typed import TYPED
from indexer.vocabulary import Terms, Vocabulary

_BATCH = 200_000  # characters of texts that are looked at together; the arrays take thirty bytes for each
_HELD = 4_000_000  # characters of tokens that are held, some 400,000 tokens in 150 MB
_NOWHERE = 0xFFFFFFFF
_SPACES = np.array([chr(code).isspace() for code in range(0x3002)])  # by code; the last stands for all beyond
_lock = Lock()


class _Tokens(dict[str, int]):
    """Token -> its row in the tables, made when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.vocabulary = Vocabulary()
        self.flags = np.array([self.vocabulary[MARK + flag] for flag in FLAGS], np.uint32)
        self.held = 0  # characters
        # By row:
        self.lengths = array("I")  # characters
        self.sizes = array("I")  # positions that it takes: parts of words
        self.signs = array("I")  # what may be of a cue in it
        self.firsts = array("I")  # of its terms in the tables below
        self.counts = array("I")  # terms
        # By term:
        self.numbers = array("I")  # in the vocabulary
        self.parts = array("I")  # whose position it has, from 0
        self.starts = array("I")  # of the stem's word in the token; a word as typed stands nowhere
        self.ends = array("I")

    def __missing__(self, token: str) -> int:
        self[token] = row = len(self.lengths)
        self.held += len(token)
        self.lengths.append(len(token))
        self.signs.append(signs(token))
        self.firsts.append(len(self.numbers))
        size = 0
        for found in WORD.finditer(token):
            word, at = found[0], found.start()
            for text, start, end, part in STEMS[word]:
                self._add(text, size + part, at + start, at + end)
            for text, _, _, part in TYPED[word]:
                self._add(text, size + part, _NOWHERE, _NOWHERE)
            size += len(PARTS[word])
        self.sizes.append(size)
        self.counts.append(len(self.numbers) - self.firsts[row])
        return row

    def _add(self, text: str, part: int, start: int, end: int) -> None:
        self.numbers.append(self.vocabulary[text])
        self.parts.append(part)
        self.starts.append(start)
        self.ends.append(end)


_tokens = _Tokens()


def name_terms(names: Sequence[str]) -> list[Terms]:
    """The terms of titles or headings, and their words as typed."""
    return _terms(names, flagged=False)


def text_terms(texts: Sequence[str]) -> list[Terms]:
    """The terms of passages' texts, their words as typed, and "!negated" or the like where one stands under a cue."""
    return _terms(texts, flagged=True)


def _terms(texts: Sequence[str], *, flagged: bool) -> list[Terms]:
    with _lock:
        return [terms for batch in _batches(texts) for terms in _of_batch(batch, flagged=flagged)]


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

    def __init__(self, texts: list[str], tokens: _Tokens) -> None:
        self.texts, self.tokens = texts, tokens
        whole = "\n".join(texts)
        found = whole.split()
        self.rows = np.fromiter(map(tokens.__getitem__, found), np.int64, len(found))
        self.starts = _starts(whole)  # of the tokens in the texts, as if these stood in one, parted by a line's end
        self.bases = np.cumsum([0, *(len(text) + 1 for text in texts)])  # of the texts there
        self.edges = np.searchsorted(self.starts, self.bases)  # of the texts among the tokens
        sizes = self.of(tokens.sizes)
        self.places = np.concatenate(([0], np.cumsum(sizes)))  # of the tokens among all positions

    def of(self, table: array[int], rows: Array | None = None) -> Array:
        """What a table says of some rows, of those of all tokens if none are given."""
        return _view(table)[self.rows if rows is None else rows].astype(np.int64)


def _of_batch(texts: list[str], *, flagged: bool) -> Iterator[Terms]:
    """The terms of texts that are looked at together."""
    global _tokens
    if _tokens.held > _HELD:
        _tokens = _Tokens()
    batch = _Batch(texts, _tokens)
    counts = batch.of(_tokens.counts)
    at = members(batch.of(_tokens.firsts), counts)
    numbers = _view(_tokens.numbers)[at]
    positions = np.repeat(batch.places[:-1], counts) + _view(_tokens.parts)[at]
    bounds = np.concatenate(([0], np.cumsum(counts)))[batch.edges]
    begins = batch.places[batch.edges]
    if flagged:
        flags, places = _flags(batch)
        behind = np.searchsorted(begins, places, side="right")
        numbers = np.insert(numbers, bounds[behind], _tokens.flags[flags])
        positions = np.insert(positions, bounds[behind], places)
        bounds = bounds + np.searchsorted(behind, np.arange(len(bounds)), side="right")
    positions = (positions - np.repeat(begins[:-1], np.diff(bounds))).astype(np.uint32)
    for start, end in pairwise(bounds.tolist()):
        yield Terms(_tokens.vocabulary, numbers[start:end], positions[start:end])


def _flags(batch: _Batch) -> tuple[Array, Array]:
    """The flag of each position that stands under one, and the position."""
    tokens = batch.tokens
    found = _scopes(batch)
    flags, starts, ends = found.T
    first = np.maximum(np.searchsorted(batch.starts, starts, side="right") - 1, 0)  # it may reach into the scope
    last = np.searchsorted(batch.starts, ends)
    within = members(first, last - first)
    rows = batch.rows[within]
    scope = np.repeat(np.arange(len(found)), last - first)
    counts = batch.of(tokens.counts, rows)
    at = members(batch.of(tokens.firsts, rows), counts)
    scope, shift, place = (np.repeat(of, counts) for of in (scope, batch.starts[within], batch.places[within]))
    inside = (shift + _view(tokens.starts)[at] >= starts[scope]) & (shift + _view(tokens.ends)[at] <= ends[scope])
    places = (place + _view(tokens.parts)[at])[inside]
    of_places = np.full(int(batch.places[-1]), len(FLAGS), np.int64)
    np.minimum.at(of_places, places, flags[scope[inside]])  # of two flags at a place the first of FLAGS stands
    under = np.flatnonzero(of_places < len(FLAGS))
    return of_places[under], under


def _scopes(batch: _Batch) -> Array:
    """The scopes of the texts, a row each: number of the flag, start and end among all texts."""
    begins = near(batch.of(batch.tokens.signs))
    which = np.searchsorted(batch.edges, begins, side="right") - 1
    bases = batch.bases[which]
    starts = batch.starts[begins] - bases
    ends = starts + batch.of(batch.tokens.lengths, batch.rows[begins])
    found = []
    rows = zip(which.tolist(), starts.tolist(), ends.tolist(), strict=True)
    for text, stretches in groupby(rows, itemgetter(0)):
        base = int(batch.bases[text])
        for flag, span in scopes(batch.texts[text], [(start, end) for _, start, end in stretches]):
            found.append((FLAGS.index(flag), base + span.start, base + span.end))
    return np.array(found, np.int64).reshape(-1, 3)


def _starts(text: str) -> Array:
    """Where the tokens of a text begin."""
    if text.isascii():
        codes = np.frombuffer(text.encode(), np.uint8)
    else:
        wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        codes = np.minimum(wide, len(_SPACES) - 1)
    spaces = np.concatenate(([True], _SPACES[codes]))
    return np.flatnonzero(spaces[:-1] & ~spaces[1:])


def _view(table: array[int]) -> Array:
    """A table as an array, which must be gone before the table grows."""
    return np.frombuffer(table, np.uint32) if table else np.empty(0, np.uint32)
