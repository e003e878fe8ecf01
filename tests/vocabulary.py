"""Collections for tests, made of plain words by the same analysis as real ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from indexer.analyse import analyse
from indexer.engines import Found
from indexer.marks import places
from indexer.records import Clause, Key, Match, Phrase, Summary, Word
from indexer.typed import typed_terms


class Words:
    """The terms of some passages, as a library tells them."""

    def __init__(self, *passages: str, keys: Sequence[str] = (), documents: Sequence[Summary] = ()) -> None:
        held = [{term.text for term in (*analyse(text), *typed_terms(text))} for text in passages]
        self.counts = Counter(term for terms in held for term in terms)
        self.rows_of_terms = [analyse(text) for text in passages]
        self.keys = Counter(keys)
        self.rows = list(documents)

    def vocabulary(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        found = [(term, count) for term, count in self.counts.items() if term.startswith(prefix)]
        return sorted(found, key=lambda item: (-item[1], item[0]))[:limit]

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        return {term: self.counts[term] for term in terms}

    def keywords(self, prefix: str) -> dict[str, int]:
        return {key: count for key, count in self.keys.items() if key.startswith(prefix)}

    def search(self, clauses: Sequence[Clause], required: Sequence[Clause], _limit: int) -> Found:
        """The passages that hold a word or phrase; the documents named after the keywords that are asked for."""
        (asked,) = required or clauses
        if isinstance(asked, Phrase | Word):
            held = tuple(Match("", at, 0.0) for at, row in enumerate(self.rows_of_terms) if places(asked, row))
            return Found(len(held), held)
        named = [clause.term.split("=")[1] for clause in getattr(asked, "clauses", ()) if isinstance(clause, Key)]
        return Found(len(named), tuple(Match(name, 0, 0.0) for name in named))

    def documents(self) -> list[Summary]:
        return self.rows
