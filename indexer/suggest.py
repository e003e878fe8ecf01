"""What a person may be about to type: real words, headings and titles of the collection, with counts.

And what a person may have meant: never searched unasked, and never able to fail a search.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from indexer.analyse import SOLID, fold, term, words
from indexer.engines import Found
from indexer.keywords import OFFER
from indexer.records import AnyOf, Clause, Phrase, Query, Suggestion, Word
from indexer.spelling import Vocabulary, alike
from indexer.typed import MARK, written

LEAST = 2  # letters of the last word before words are offered: 5 ms at 100,000 passages, 50 when some are deleted
FEW = 3  # hits below which a rare word may be a slip
_SCANNED = 200  # ways to write the words that begin so
# Of them, those looked for behind the word before. Of 400 pairs of words from RFCs the second, of which two letters are
# typed, is one of the first three offered .76 of the time, .43 with none looked for, .72 with 32, .78 with 200; among
# 100,000 passages that takes 6 ms, .8 ms, 4 ms, 15 ms.
_FOLLOWING = 64
_OFTEN = 10  # times as many passages as a rare word must another be in to be offered for it
_LEAST_MEANT = 4  # letters of a word that may be a slip
_ROW = re.compile(rf"[{SOLID}]{{3,40}}")
_ENDINGS = re.compile("[\u3041-\u3096]+")  # particles and endings of words
_LONGEST_PART = 6  # letters of a word in a row of Chinese or Japanese ones
_MOST_MEANT = 5  # unknown words of a query for which others are sought: each takes up to 25 ms


class Library(Vocabulary, Protocol):
    """What is asked of a library."""

    def keywords(self, prefix: str) -> dict[str, int]:
        """Keywords that start with `prefix`, each with its number of passages."""

    def search(self, clauses: Sequence[Clause], required: Sequence[Clause], limit: int) -> Found:
        """The passages that match."""


def suggest(library: Library, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """Up to `limit` ways to go on: headings and titles with the words typed, then words for the last one."""
    typed = text.lstrip()
    if not typed or len(typed) > 100:
        return ()
    named = _names(library, typed)[: limit // 2]
    completed = _completed(library, typed)[: limit - len(named)]
    return (*completed, *named)


def did_you_mean(query: Query, library: Library, hits: int) -> str:
    """The query with its unknown words replaced by words of the collection; empty when there is nothing to offer.

    When nothing is found, rows of Chinese or Japanese letters are parted to what stands there.
    """
    slips = [(clause, label) for clause, label in zip(query.clauses, query.words, strict=True) if _may_slip(label)]
    plain = [(clause, label) for clause, label in slips if isinstance(clause, Word)]
    counts = library.frequencies({clause.term for clause, _ in plain})
    rare = [(clause, label) for clause, label in plain if _is_rare(clause, counts[clause.term], library, hits)]
    meant = query.text
    for clause, label in rare[:_MOST_MEANT]:
        other = _meant(label, library, counts[clause.term])
        meant = re.sub(rf"(?<!\w){label}(?!\w)", other, meant, count=1) if other else meant
    for row, label in zip(query.clauses, query.words, strict=True) if not hits else ():
        if _ROW.fullmatch(label) and isinstance(row, AnyOf):
            meant = meant.replace(label, _parted(label, row, library) or label, 1)
    return meant if meant != query.text else ""


def _parted(label: str, clause: AnyOf, library: Library) -> str:
    """The parts of a row of Chinese or Japanese letters that stand in the collection, the longest from the left."""
    terms = next((part.terms for part in clause.clauses if isinstance(part, Phrase)), ())
    found: list[str] = []
    at = 0
    while at < len(terms) == len(label):
        sizes = range(min(_LONGEST_PART, len(terms) - at), 1, -1)
        size = next((size for size in sizes if library.search((Phrase(terms[at : at + size]),), (), 0).total), 1)
        part = label[at : at + size]
        if size > 1 and not _ENDINGS.fullmatch(part):
            found.append(part)
        at += size
    return " ".join(found)


def _may_slip(label: str) -> bool:
    """True for a word that may be a slip; a name in capitals or with a digit is taken as it is."""
    return label.isalpha() and len(label) >= _LEAST_MEANT and not label.isupper()


def _is_rare(clause: Word, passages: int, library: Library, hits: int) -> bool:
    """True for a word that stands nowhere, or hardly anywhere when there are few hits."""
    if passages:
        return passages < FEW and hits < FEW
    return not library.search((clause,), (), 0).total


def _meant(label: str, library: Library, passages: int) -> str:
    """The word that may be meant by one that stands in so many passages."""
    best = alike(fold(label), library, 1)
    if not best or best[0].passages < max(1, passages * _OFTEN):
        return ""
    return best[0].word.capitalize() if label[0].isupper() else best[0].word


def _completed(library: Library, typed: str) -> list[Suggestion]:
    """The text with its last word completed: those that follow the word before it first, then the most frequent."""
    before, _, last = typed.rpartition(" ")
    beginning = fold(last)
    if len(beginning) < LEAST:
        return []
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    found = library.vocabulary(MARK + beginning, _SCANNED)
    for spelling, count in found:
        lower, plain = written(spelling)
        counts[lower] = counts.get(lower, 0) + count
        begins_a_sentence = plain.isalpha() and plain == lower.capitalize()
        shown.setdefault(lower, lower if begins_a_sentence else plain)
    following = _following(library, before, [spelling for spelling, _ in found[:_FOLLOWING]])
    best = sorted(counts, key=lambda lower: (-following[lower], -counts[lower], lower))
    return [Suggestion(f"{before} {shown[lower]}".strip(), "word", counts[lower]) for lower in best]


def _following(library: Library, before: str, found: Sequence[str]) -> Counter[str]:
    """Of words as they are written, in how many passages each stands right behind the last word before them."""
    counts: Counter[str] = Counter()
    for part in [chain[-1] for chain in words(before)[-1:]]:
        last = term(part.of(before))
        for spelling in found:
            counts[written(spelling)[0]] += library.search((Phrase((last, spelling)),), (), 0).total
    return counts


def _names(library: Library, typed: str) -> list[Suggestion]:
    """Headings and titles in which the words typed begin at a word; what is both, once."""
    wanted = " ".join(fold(word) for word in typed.split())
    if len(wanted) < LEAST:
        return []
    counts: dict[tuple[str, str], int] = {}
    for key, count in library.keywords(f"{OFFER}={wanted}").items():
        _, _, kind, name = key.split("=", 3)
        counts[kind, name] = max(counts.get((kind, name), 0), count)
    best = sorted(counts, key=lambda found: (-counts[found], found))
    found: dict[str, Suggestion] = {}
    for kind, name in best:
        found.setdefault(name, Suggestion(name, kind, counts[kind, name]))
    return list(found.values())
