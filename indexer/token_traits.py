"""Tokens -> what a question sees of them: the terms of each, and which are numbers, dates and names.

What depends on a word alone is worked out once for all that stands between two spaces, a token, and looked up from
then on.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from typing import Final

import numpy as np

from indexer.analyse import PARTS, STEMMING, WORD, fold, folded_term, is_one_part, joined
from indexer.arrays import Array, members
from indexer.hashed import hashed
from indexer.native import WORDS
from indexer.vocabulary import Vocabulary

NUMBER: Final = 1  # kinds of terms, which add up
DATE: Final = 2
NAME: Final = 4  # capitalised and without a digit: "T12" and "B7" are parts and codes
BEGINNING: Final = 5  # letters that two forms of a word have in common

_NUMERALS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen half third
    thirds quarter once twice both several single double
    """.split()
)
_CALENDAR = frozenset(
    """
    january february march april june july august september october november december century centuries decade
    """.split()
)
SAID = {**dict.fromkeys(_NUMERALS, NUMBER), **dict.fromkeys(_CALENDAR, DATE)}  # kinds of words in lower case
_YEAR = re.compile(r"[12]\d{3}s?")
ROW, TERM = 3, 5  # numbers of a row, and of a term
AT = 3  # the column of a term that says at which word of the token it stands


class Tokens(dict[str, int]):
    """Token -> its row, made when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.vocabulary = Vocabulary()
        self.vocabulary.extend([""])  # which stands for none
        self.held = 0  # characters
        # Of each token: where its terms begin, how many there are, and of how many words, or parts of compounds. The
        # first row and the first term say nothing, so that there always are some.
        self._rows = array("I", [0] * ROW)
        # Of each term: its number, the hash of its beginning, the number of the word in lower case without a plural's
        # ending, as a compound as a whole has none; at which word of the token it stands, and its kinds.
        self._terms = array("I", [0] * TERM)

    def __missing__(self, token: str) -> int:
        row = self._made(token)
        self[token] = number = len(self._rows) // ROW
        self._rows.extend(row)
        self.held += len(token)
        return number

    def told(self, tokens: list[str]) -> Iterable[int]:
        """The rows of tokens that were not met: of most they are made in C, in three tenths of the time."""
        size, first, known = len(self._rows) // ROW, len(self._terms) // TERM, self.vocabulary
        rows, terms = WORDS.told(tokens, known, known.texts, SAID, STEMMING, first)
        self._terms.frombytes(terms)
        made = array("I", rows)
        for at, count in enumerate(made[1::ROW]):
            if not count:
                made[at * ROW : (at + 1) * ROW] = array("I", self._made(tokens[at]))
        self._rows.extend(made)
        self.held += sum(map(len, tokens))
        return range(size, size + len(tokens))

    def _made(self, token: str) -> tuple[int, int, int]:
        """The row of a token, whose terms are added."""
        first, size = len(self._terms) // TERM, 0
        is_word = is_one_part(token)
        for word in [token] if is_word else WORD.findall(token):
            parts = [word] if is_word else [word[start:end] for start, end in PARTS[word]]
            for at, part in enumerate(parts):
                folded = fold(part)
                self._add(folded_term(folded), unpluralled(folded), size + at, _kinds(part, folded))
                if at == 0 and len(parts) > 1:
                    self._add(joined(parts), "", size, _kinds(word, fold(word)))
            size += len(parts)
        return first, len(self._terms) // TERM - first, size

    def _add(self, term: str, spelled: str, at: int, kinds: int) -> None:
        numbers = self.vocabulary
        made = numbers[term], hashed(term[:BEGINNING]), numbers[spelled]
        self._terms.extend((*made, at, kinds if term else 0))

    @property
    def tables(self) -> tuple[array[int], array[int]]:
        """The rows of tokens and of terms."""
        return self._rows, self._terms

    def terms(self, rows: Array) -> tuple[Array, Array, Array]:
        """The terms of some tokens in columns, how many each token has, and of how many words."""
        firsts, counts, sizes = _chosen(self._rows, ROW, rows)
        return _chosen(self._terms, TERM, members(firsts, counts)), counts, sizes


def _chosen(table: array[int], width: int, rows: Array) -> Array:
    """Some rows of a table, as columns; `take` copies them in a third of the time that indexing takes."""
    held = np.frombuffer(table, np.uint32).reshape(-1, width).take(rows, axis=0)
    return held.T.astype(np.int64, order="C")


def _kinds(written: str, folded: str) -> int:
    """What a word is by how it is written."""
    if written[:1].isdigit():
        return NUMBER | DATE * bool(_YEAR.fullmatch(written))
    is_name = written[:1].isupper() and not any(map(str.isdigit, written))
    return SAID.get(folded, 0) | DATE * (written == "May") | NAME * is_name


def unpluralled(word: str) -> str:
    """A word without the ending of a regular plural, so that "complication" is not taken for "complicated"."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
