"""What stands between two spaces, a token, and the terms that it gives, which are the same wherever it stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from string import punctuation
from typing import NamedTuple

import numpy as np

from indexer.analyse import PARTS, STEMMING, STOP_WORDS, WORD, fold, folded_term, is_one_part, joined
from indexer.arrays import Array, members
from indexer.native import WORDS
from indexer.negation_cues import EVERY, signs
from indexer.typed import has_form, typed
from indexer.vocabulary import Vocabulary

_NOWHERE = (0, 1 << 30)  # start and end of what lies in no scope
# What belongs to no word and no cue: "-" and "_" join words, "C++" and "C#" end in the others.
PUNCTUATION = punctuation.translate(str.maketrans("", "", "-_+#")) + "“”‘’«»„…—•"
# Columns of the table of tokens: its terms in the table of terms; its words, or parts of words, in that of words, each
# of which takes a position; what may be of a cue in it and where that begins; where the word stands in it that its
# terms count from; its characters.
FIRST, COUNT, FIRST_WORD, SIZE, SIGNS, BEGINS, SHIFT, LENGTH = range(8)
ROW = LENGTH + 1
# Columns of the table of terms: its number in the vocabulary, the part of the word whose position it has, the stem's
# place in the word; a word as typed has none.
NUMBER, PART, START, END = range(4)
TERM = END + 1
_APART = STOP_WORDS | EVERY  # words that C leaves to Python


class Words(NamedTuple):
    """The words of some texts, one after another, or the parts of compounds, by position."""

    starts: Array  # where each begins in the texts as if these stood in one, spaces between
    counted: Array  # 1 for each that is no stop word, else 0
    edges: Array  # of the texts among the words: the first of each, and how many there are
    under: Array  # the number of the flag that each stands under, or 255


class Tokens(dict[str, int]):
    """Token -> its row in a table, made when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.vocabulary = Vocabulary()
        self.held = 0  # characters
        self._rows, self._terms = array("I"), array("I")
        self._words = array("I")  # of each, twice the place where it begins, and one more when it is no stop word

    def __missing__(self, token: str) -> int:
        if not (WORDS and self._make_in_c(token)):
            self._rows.extend(self._made(token))
        self[token] = number = len(self)
        self.held += len(token)
        return number

    def told(self, tokens: list[str]) -> Iterator[int]:
        """The rows of some that were not met."""
        return map(self.__getitem__, tokens)

    def column(self, at: int) -> Array:
        """What stands in a column of each row; it must be gone before the table grows."""
        return np.frombuffer(self._rows, np.uint32)[at::ROW] if self._rows else np.empty(0, np.uint32)

    def terms_column(self, at: int) -> Array:
        """The same of the table of terms."""
        return np.frombuffer(self._terms, np.uint32)[at::TERM] if self._terms else np.empty(0, np.uint32)

    @property
    def tables(self) -> tuple[array[int], array[int]]:
        """The rows of tokens and of terms."""
        return self._rows, self._terms

    def words(self, rows: Array, starts: Array) -> tuple[Array, Array]:
        """Where the words of tokens begin, and 1 for each that is no stop word; given the rows and begins of tokens."""
        sizes = self.column(SIZE)[rows].astype(np.int64)
        at = members(self.column(FIRST_WORD)[rows].astype(np.int64), sizes)
        held = np.frombuffer(self._words, np.uint32)[at] if len(at) else np.empty(0, np.uint32)
        return np.repeat(starts + self.column(SHIFT)[rows], sizes) + (held >> 1), (held & 1).astype(np.uint8)

    def _row_of(self, token: str) -> array[int]:
        """The row of another token."""
        at = self[token] * ROW
        return self._rows[at : at + ROW]

    def _make_in_c(self, token: str) -> bool:
        """Add what `_made` says of most tokens, in a fifth of the time; False for others."""
        vocabulary, first, first_word = self.vocabulary, len(self._terms) // TERM, len(self._words)
        made = WORDS.word(token, vocabulary, vocabulary.texts, _APART, STEMMING, first, first_word)
        if not made:
            return False
        row, terms, words = made
        self._rows.frombytes(row)
        self._terms.frombytes(terms)
        self._words.frombytes(words)
        return True

    def _made(self, token: str) -> Sequence[int]:
        """The row of a token."""
        core = token.strip(PUNCTUATION)
        if not is_one_part(core):
            return self._compound(token)
        if core == token:
            return self._word(token)
        *held, begins, _, _ = self._row_of(core)
        shift = token.index(core)
        return (*held, begins + shift, shift, len(token))

    def _word(self, word: str) -> Sequence[int]:
        """The row of a word without punctuation that has one part."""
        folded = fold(word)
        stem = folded_term(folded)
        terms = [self.vocabulary[stem], 0, 0, len(word)] if stem else []
        if has_form(word):
            terms += (self.vocabulary[typed(word)], 0, *_NOWHERE)
        return self._row(word, terms, [int(folded not in STOP_WORDS)])

    def _compound(self, token: str) -> Sequence[int]:
        """The row of any other token: a compound, a word that is not plain, several words, or none."""
        found = [match.span() for match in WORD.finditer(token)]
        if found != [(0, len(token))]:
            if len(found) == 1:
                ((start, end),) = found
                return (*self._row_of(token[start:end])[:SIGNS], *signs(token), start, len(token))
            return self._row(token, *self._put_together(token, found))
        cut = PARTS[token]
        if len(cut) == 1:
            return self._word(token)
        form = joined([token[start:end] for start, end in cut])
        whole = [self.vocabulary[form], 0, cut[0][0], cut[-1][1]] if form else []
        whole += [self.vocabulary[typed(token)], 0, *_NOWHERE]
        parts, words = self._put_together(token, cut)
        return self._row(token, whole + parts, words)

    def _put_together(self, token: str, found: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
        """The terms and the words of the words of a token, or of the parts of a compound."""
        terms: list[int] = []
        words: list[int] = []
        for start, end in found:
            first, count, first_word, size, *_ = self._row_of(token[start:end])
            held = self._terms[first * TERM : (first + count) * TERM]
            for number, part, begin, stop in zip(*[iter(held)] * TERM, strict=True):
                terms += (number, len(words) + part, start + begin, start + stop)
            words += [2 * start + word for word in self._words[first_word : first_word + size]]
        return terms, words

    def _row(self, token: str, terms: Sequence[int], words: Sequence[int]) -> Sequence[int]:
        """The row of a token with these terms and words."""
        first, first_word = len(self._terms) // TERM, len(self._words)
        self._terms.extend(terms)
        self._words.extend(words)
        return (first, len(terms) // TERM, first_word, len(words), *signs(token), 0, len(token))
