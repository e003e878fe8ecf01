"""Text -> its words as typed: case and ending kept, so that "US" is not "us" and "stenoses" not "stenosis".

A word as typed is a term of its own beside the stem: "=us=US", the folded word first, so that all ways to write a word
stand together in the vocabulary, and the written word after it where it differs: "=us". A compound is one more word,
"=ttf-1=TTF-1", at the position of its first part. Lower-case stop words and bare numbers have no such term; their
only other forms are capitals.
"""

from __future__ import annotations

import re
import unicodedata

from indexer.analyse import (
    PARTS,
    POWER,
    SIGNS,
    STOP_WORDS,
    Form,
    fold,
    is_one_part,
    is_plain,
    placed,
    term,
    terms_of,
)
from indexer.lexicon import Lexicon
from indexer.records import Term

MARK = "="
_LONGEST = 64  # characters
_DASH = re.compile("[‐‑‒–−]")
_BEFORE_RAISED = re.compile(rf"(?<=\d)(?={POWER})")
_JOINER = re.compile(r"([-_/×^])")


def typed_terms(text: str) -> list[Term]:
    """The words of a text as typed, each with its place; positions are those of `analyse`."""
    return placed(text, TYPED)


def typed_forms(word: str) -> tuple[Form, ...]:
    """The terms of a word or compound as typed: of all of it, then of each part."""
    cut = PARTS[word]
    whole = [(typed(word), 0, len(word), 0)] if len(cut) > 1 else []
    pieces = [(word[start:end], start, end, at) for at, (start, end) in enumerate(cut)]
    return (*whole, *((typed(piece), start, end, at) for piece, start, end, at in pieces if has_form(piece)))


TYPED = Lexicon(typed_forms)


def typed_of(text: str) -> set[str]:
    """The terms of a text as typed; what stands between two spaces is looked up whole, in a quarter of the time."""
    return set().union(*map(OF_TOKENS.__getitem__, text.split()))


def _of_token(token: str) -> tuple[str, ...]:
    if is_one_part(token):
        return (typed(token),) if has_form(token) else ()
    return tuple(terms_of(token, TYPED))


OF_TOKENS = Lexicon(_of_token)


def typed(word: str) -> str:
    """The term of a word or compound as typed: 'TTF–1' -> '=ttf-1=TTF-1', 'spine' -> '=spine'."""
    if is_plain(word):
        plain, lower = word, word.lower()
    else:
        word = _BEFORE_RAISED.sub("^", word)
        plain = _DASH.sub("-", unicodedata.normalize("NFKC", word).replace("’", "'")).removesuffix("'")
        lower = "".join(fold(piece) if at % 2 == 0 else piece for at, piece in enumerate(_JOINER.split(plain)))
    plain = plain.replace(MARK, "")[:_LONGEST]
    lower = lower[:_LONGEST]
    return MARK + lower + ("" if plain == lower else MARK + plain)


def has_form(word: str) -> bool:
    """False for a lower-case stop word and for a number, raised or not, which have no term of this kind."""
    return not (word in STOP_WORDS or word.isdigit() or word.lstrip(SIGNS).isdigit())


def exact(word: str) -> str:
    """The term that finds a word just as typed; of a compound its whole form is meant."""
    return typed(word) if len(PARTS[word]) > 1 or has_form(word) else term(word)


def written(found: str) -> tuple[str, str]:
    """The folded word of such a term and the word as written: '=us=US' -> ('us', 'US')."""
    lower, _, plain = found.removeprefix(MARK).partition(MARK)
    return lower, plain or lower
