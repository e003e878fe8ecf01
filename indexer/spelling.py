"""Words of the collection that are spelled much like another: never stems, never applied unasked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from indexer.typed import MARK, written

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG = 6  # letters from which two of them may differ
_SCANNED = 5_000  # words with the same first two letters that are compared


class Vocabulary(Protocol):
    """The terms of a collection."""

    def vocabulary(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Terms that start with `prefix`, with the number of passages each stands in, most frequent first."""

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Term -> number of passages whose text holds it; 0 when none does."""


class Alike(NamedTuple):
    """A word of the collection that is spelled much like another."""

    word: str  # folded
    distance: int
    passages: int  # those with another way to write it counted again


def alike(word: str, vocabulary: Vocabulary, most: int) -> list[Alike]:
    """The words of the collection within one letter of `word`, from six letters on two; the nearest, commonest first.

    Letters left out, added, changed, or swapped with their neighbour. Two letters off, the first two are taken as
    right: few people miss those, and it keeps the search to some thousand words.
    """
    reach = 2 if len(word) >= _LONG else 1
    counts = _beginning_alike(word, vocabulary)
    found = [Alike(other, distance(word, other, reach), count) for other, count in counts.items() if other != word]
    near = [other for other in found if other.distance <= reach]
    return sorted(near, key=lambda other: (other.distance, -other.passages, other.word))[:most]


def distance(left: str, right: str, most: int) -> int:
    """Letters left out, added, changed or swapped between two words; `most` + 1 when there are more."""
    if abs(len(left) - len(right)) > most or len(set(left) ^ set(right)) > 2 * most:  # a change swaps one letter
        return most + 1
    before, row = [0] * (len(right) + 1), list(range(len(right) + 1))
    for i, ours in enumerate(left, 1):
        above, row = row, [i] + [0] * len(right)
        for j, theirs in enumerate(right, 1):
            row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (ours != theirs))
            if i > 1 and j > 1 and ours == right[j - 2] and left[i - 2] == theirs:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > most:
            return most + 1
        before = above
    return min(row[-1], most + 1)


def _beginning_alike(word: str, vocabulary: Vocabulary) -> dict[str, int]:
    """Words with the first two letters of `word`, and those that differ from it in them alone, with their counts."""
    counts: dict[str, int] = {}
    for term, count in vocabulary.vocabulary(MARK + word[:2], _SCANNED):
        lower = written(term)[0]
        counts[lower] = counts.get(lower, 0) + count
    others = [other for other in _other_beginnings(word) if other not in counts]
    forms = {form: other for other in others for form in _ways_to_write(other)}
    for form, count in vocabulary.frequencies(forms).items():
        if count:
            counts[forms[form]] = counts.get(forms[form], 0) + count
    return counts


def _other_beginnings(word: str) -> Iterator[str]:
    """The word with one of its first two letters left out, changed, swapped, or another before them."""
    for at in range(min(2, len(word))):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + after[1:]


def _ways_to_write(word: str) -> Iterator[str]:
    """The terms of the word in lower case, with a capital, in capitals."""
    yield MARK + word
    yield f"{MARK}{word}{MARK}{word.capitalize()}"
    yield f"{MARK}{word}{MARK}{word.upper()}"
