"""Text -> terms as engines take them: stems, words as typed and flags, without an object for each.

What a word or compound gives depends on its letters alone, so each is analysed once and looked up from then on: a text
costs one search for its words and a look into a dictionary for each.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from indexer.analyse import PARTS, WORD, found_words, stems, term
from indexer.lexicon import Lexicon
from indexer.negation import MARK, flagged
from indexer.records import Terms
from indexer.typed import has_form, typed, typed_forms


class _Given(NamedTuple):
    """The terms that a word or compound gives, stems first."""

    texts: tuple[str, ...]
    parts: tuple[int, ...]  # whose position each has, from 0
    size: int  # parts


def name_terms(text: str) -> Terms:
    """The terms of a title or heading, and its words as typed."""
    texts, positions, _ = _terms(WORD.findall(text))
    return Terms(tuple(texts), array("I", positions))


def text_terms(text: str) -> Terms:
    """The terms of a passage's text, its words as typed, and "!negated" or the like where one stands under a cue."""
    words = found_words(text)
    texts, positions, starts = _terms([word[0] for word in words])
    flags = sorted(flagged(text, words, starts).items())
    texts += [MARK + flag for _, flag in flags]
    positions += [position for position, _ in flags]
    return Terms(tuple(texts), array("I", positions))


def _terms(words: Sequence[str]) -> tuple[list[str], list[int], list[int]]:
    """The terms of words with their positions, word by word, and the position of each word."""
    given = list(map(_GIVEN.__getitem__, words))
    starts = list(accumulate([size for _, _, size in given], initial=0))
    texts = list(chain.from_iterable([texts for texts, _, _ in given]))
    return texts, [start + part for start, (_, parts, _) in zip(starts, given, strict=False) for part in parts], starts


def _given(word: str) -> _Given:
    if word.isalpha() and (stem := term(word)):
        texts = (stem, typed(word)) if has_form(word) else (stem,)
        return _Given(texts, (0,) * len(texts), 1)
    forms = (*stems(word), *typed_forms(word))
    return _Given(tuple(form.text for form in forms), tuple(form.part for form in forms), len(PARTS[word]))


_GIVEN = Lexicon(_given)
