"""Phrases of a segment, read once for all searches: where they stand never changes."""

from __future__ import annotations

from indexer.engines.kernel import Listed, Lists
from indexer.engines.term_lists import Postings
from indexer.records import Near, Phrase

_MOST = 16_000_000  # bytes of a segment's phrases; of 100,000 passages the longest list of a phrase took .27 MB
_ENTRY = 400  # bytes that it takes to remember any
_FEW = 500  # passages, in 6 kB, with a phrase that the lists of a clause may hold to be remembered

Asked = tuple[Phrase | Near, str]  # in a field


class Remembered(dict[Asked, Listed | None]):
    """The passages of phrases, None where there is none; threads may share it."""

    def __init__(self) -> None:
        super().__init__()
        self._size = 0  # bytes; a thread that loses its part makes it a little too low until all is forgotten

    def keep(self, asked: Asked, found: Listed | None) -> None:
        """Remember what was found; when that is too much, of all before nothing."""
        size = _ENTRY + (found.docs.nbytes + found.counts.nbytes if found else 0)
        if self._size + size > _MOST:
            self.clear()
            self._size = 0
        self._size += size
        self[asked] = found


def take_little(lists: Lists | None) -> bool:
    """True for lists that stand in the index, or in little memory."""
    sources = lists.sources if lists else ()
    return all(isinstance(held, Postings) or len(held.docs) <= _FEW for held, _ in sources)
