"""Text -> terms with spans: the same for passages and for queries.

A word is lower-cased, freed of accents, made singular where the plural is irregular, and stemmed (Snowball English).
A compound ("TTF-1", "non-neurogenic", "1.4×1.3×1.7") gives a term for each part, and its joined form at the position
of the first part, so "TTF1" and "TTF-1" find each other and "neurogenic" finds "non-neurogenic". Every word is indexed;
stop words are left out of queries only, so phrases stay exact.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nltk.stem.snowball import EnglishStemmer

from indexer.plurals import singular
from indexer.records import Span, Term

# "not", "no", "without", "may", "can", "us" are missing on purpose: they change what a sentence says.
STOP_WORDS = frozenset(
    """
    a about also an and any are as at be been being but by did do does for from had has have he her his how i if in into
    is it its me my of on or our she should so than that the their them then there these they this those to was we were
    what when where which who whom whose why will with would you your
    """.split()
)

_WORD = re.compile(
    r"(?P<times>(?<=\d)[xX](?=\d))"  # the x of 1.4x1.3 joins as × does
    r"|\d+(?:[.,]\d+)*(?:(?=[xX]\d)|[^\W_]*)"
    r"|[^\W_]+(?:['’][^\W_]+)*"
)
_JOINER = frozenset("-‐‑‒–−_×xX/")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_UNDECOMPOSED = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LONGEST = 64  # characters of a term; a longer word is a token of an encoder, not of a language
_stemmer = EnglishStemmer()


def analyse(text: str) -> list[Term]:
    """The terms of a text in order; a compound's joined form follows its first part."""
    terms: list[Term] = []
    for position, chain in _chains(text):
        first = Term(term(text[chain[0].start : chain[0].end]), chain[0], position)
        terms.append(first)
        if len(chain) > 1:
            whole = Span(chain[0].start, chain[-1].end)
            terms.append(Term(joined([part.of(text) for part in chain]), whole, position))
        terms += [Term(term(part.of(text)), part, position + at) for at, part in enumerate(chain[1:], 1)]
    return [found for found in terms if found.text]


def words(text: str) -> list[tuple[Span, ...]]:
    """The words of a text: the span of each, or of each part of a compound."""
    return [chain for _, chain in _chains(text)]


@lru_cache(maxsize=200_000)
def term(word: str) -> str:
    """The indexed form of one word: 'Metastases' -> 'metastasi'."""
    folded = fold(word)
    if not folded.isascii() or any(char.isdigit() for char in folded):
        return folded[:_LONGEST]
    return str(_stemmer.stem(singular(folded)))[:_LONGEST]


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """The word in lower case, without accents or a possessive ending, Greek letters by name."""
    lower = unicodedata.normalize("NFKC", word).lower().replace("’", "'")
    lower = lower.removesuffix("'s").replace("'", "")
    if lower.isascii():
        return lower.replace(",", "") if _THOUSANDS.fullmatch(lower) else lower
    bare = "".join(char for char in unicodedata.normalize("NFD", lower) if not unicodedata.combining(char))
    return "".join(_GREEK.get(char, char) for char in unicodedata.normalize("NFC", bare).translate(_UNDECOMPOSED))


def joined(parts: list[str]) -> str:
    """The joined form of a compound: 'TTF','1' -> 'ttf1'; numbers keep their distance: '15','20' -> '15-20'."""
    whole = fold(parts[0])
    for part in parts[1:]:
        folded = fold(part)
        apart = whole[-1:].isdigit() and folded[:1].isdigit()
        whole += ("-" if apart else "") + folded
    return term(whole) if "-" not in whole else whole[:_LONGEST]


@lru_cache(maxsize=2)  # a text is asked for its stems, then for its words as typed
def _chains(text: str) -> tuple[tuple[int, tuple[Span, ...]], ...]:
    """Each word or compound with the position of its first part."""
    chains: list[tuple[int, tuple[Span, ...]]] = []
    chain: list[Span] = []
    position = 0
    for match in _WORD.finditer(text):
        if match["times"]:
            continue
        part = Span(match.start(), match.end())
        if chain and not _linked(text, chain[-1], part):
            chains.append((position - len(chain), tuple(chain)))
            chain = []
        chain.append(part)
        position += 1
    if chain:
        chains.append((position - len(chain), tuple(chain)))
    return tuple(chains)


def _linked(text: str, left: Span, right: Span) -> bool:
    """True when exactly one joining character stands between two words: 'T12-L2', not 'T12 - L2'."""
    return right.start - left.end == 1 and text[left.end] in _JOINER
