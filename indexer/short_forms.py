"""Short forms for long ones and the reverse, as the documents of a collection define them.

What is added counts for little: over seven collections a weight of .15 gained most and harmed least (.0002 of nDCG@10
at worst, against .006 at .4). It counts for nothing in documents that define the short form as something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol
from weakref import WeakKeyDictionary

from indexer.acronyms import is_short
from indexer.engines import Found
from indexer.keywords import LONG, SHORT, long_form
from indexer.records import AnyOf, Clause, Expansion, Key, Lesser, Phrase, Query, Word
from indexer.typed import MARK, typed

WEIGHT = 0.15
_MEANINGS = 3  # of one short form, those that most documents give
_MOST_WORDS = 8  # of a long form
_LONGEST = 16  # words of a query in which long forms are looked for
_SPARED = 200  # documents that mean something else
_KEPT = 256  # of short forms what they do not mean: 10 MB at most


class Library(Protocol):
    """What is asked of a library."""

    def keywords(self, prefix: str) -> dict[str, int]:
        """Keywords that start with `prefix`, each with its number of passages."""

    def search(self, clauses: Sequence[Clause], required: Sequence[Clause], limit: int) -> Found:
        """The passages that match."""


_recent: WeakKeyDictionary[Library, dict[tuple[Key, ...], AnyOf]] = WeakKeyDictionary()


class Meaning(NamedTuple):
    """What documents say that a short form stands for."""

    short: str
    stems: tuple[str, ...]
    long: str
    documents: int

    @property
    def key(self) -> Key:
        """The keyword of the documents that say so, on the first passage of each."""
        return Key(f"{SHORT}={self.short}={' '.join(self.stems)}={self.long}")


class Added(NamedTuple):
    """A form that is searched besides some words of a query."""

    places: tuple[int, ...]  # of the clauses that it stands for
    clause: Clause
    note: Expansion


def meanings(library: Library, short: str = "") -> list[Meaning]:
    """What the short forms of a library stand for, or one of them: by short form, the commonest meaning first."""
    found = library.keywords(f"{SHORT}={short}=" if short else f"{SHORT}=")
    if not found:  # as of most words
        return []
    split = [(key.split("=", 3)[1:], count) for key, count in found.items()]
    made = [Meaning(name, tuple(stems.split(" ")), long, count) for (name, stems, long), count in split]
    return sorted(made, key=lambda meaning: (meaning.short, -meaning.documents, meaning.long))


def short_forms(query: Query, library: Library, dropped: Sequence[str]) -> list[Added]:
    """What can be searched besides: long forms of short words, short forms of words in a row."""
    plain = [label if _is_plain(clause) else "" for clause, label in zip(query.clauses, query.words, strict=True)]
    found = [*_long_forms(plain, library), *_short_forms(query, plain, library)]
    return [added for added in found if added.note.to not in dropped]


def _long_forms(plain: Sequence[str], library: Library) -> Iterator[Added]:
    for at, label in enumerate(plain):
        known = _meanings(library, label)
        if not known and label.islower() and len(label) > 3:  # "idem", but never "us" or "it"
            known = _meanings(library, label.upper())
        seen: set[tuple[str, ...]] = set()
        for meaning in known:
            if meaning.stems not in seen and len(seen) < _MEANINGS:
                seen.add(meaning.stems)
                clause = Lesser(Phrase(meaning.stems), WEIGHT, _unless(meaning, known, library))
                yield Added((at,), clause, Expansion(label, meaning.long, "long form"))


def _meanings(library: Library, label: str) -> list[Meaning]:
    """What a word stands for; most are none that documents define, and are not looked up."""
    return meanings(library, label) if is_short(label) else []


def _short_forms(query: Query, plain: Sequence[str], library: Library) -> Iterator[Added]:
    if len(plain) > _LONGEST:
        return
    stems = [_stems(clause) if label else () for clause, label in zip(query.clauses, plain, strict=True)]
    for places, row, keys in _rows(stems, library):
        for key in keys:
            short = key.split("=", 2)[2]
            known = meanings(library, short)
            meant = next((one for one in known if long_form(one.long) == row), None)
            if meant:
                clause = Lesser(Word(typed(short)), WEIGHT / len(places), _unless(meant, known, library))
                typed_words = " ".join(plain[at] for at in places)
                yield Added(places, clause, Expansion(typed_words, short, "short form"))


def _rows(
    stems: Sequence[tuple[str, ...]], library: Library
) -> Iterator[tuple[tuple[int, ...], tuple[str, ...], list[str]]]:
    """Clauses that may be a long form together, their stems and its keywords: neighbours, each a word or a compound.

    A row grows only while a long form begins with it: of four words three rows are looked up and not six.
    """
    for first in range(len(stems)):
        row: tuple[str, ...] = ()
        for last in range(first, min(first + _MOST_WORDS, len(stems))):
            row += stems[last]
            begun = f"{LONG}={' '.join(row)}"
            keys = library.keywords(begun) if len(row) > 1 else {}
            if not stems[last] or (len(row) > 1 and not keys):
                break
            yield tuple(range(first, last + 1)), row, [key for key in keys if key.startswith(f"{begun}=")]


def _stems(clause: Clause) -> tuple[str, ...]:
    """The stems of a word, or of the parts of a compound; none for what is neither."""
    match clause:
        case Word():
            return (clause.term,)
        case AnyOf(clauses=(Word(), Phrase() as parts)):
            return parts.terms
    return ()


def _unless(meaning: Meaning, known: Sequence[Meaning], library: Library) -> Clause | None:
    """The documents that use the short form for something else, kept for who asks next."""
    others = tuple([other.key for other in known if other.stems != meaning.stems])
    if not others:
        return None
    kept = _recent.setdefault(library, {})
    found = kept.get(others)
    if found is None:
        ids = library.search((), (AnyOf(others),), _SPARED).matches.document_ids
        found = AnyOf(tuple([Key(f"document={document_id}") for document_id in ids]))
        if len(kept) >= _KEPT:
            kept.clear()
        kept[others] = found
    return found


def _is_plain(clause: Clause) -> bool:
    return isinstance(clause, AnyOf) or (isinstance(clause, Word) and not clause.term.startswith(MARK))
