"""What an engine is asked to do, whichever it is.

Only the standard library is imported: Debian's own Python reads it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from tests.benchmarks.peers.data import Asked, Data

BEST = 10  # hits asked for
K1, B = 1.2, 0.75  # tantivy and FTS5 know no others, so the rest get them too; Pincite has its own


class Peer(Protocol):
    """An engine with an index in a folder. What a search gives is the engine's own, best first."""

    has_phrases: bool
    analyses: bool  # whether `index` analyses texts by itself, so that `build` would be the same once more
    note: str  # what is unlike the others, for the reader of the table

    def __init__(self, folder: Path) -> None:
        """Nothing is opened yet."""

    def build(self, texts: Iterable[str]) -> None:
        """Index passages with the engine's own analysis, English stems included, and positions; keep the texts."""

    def index(self, data: Data) -> None:
        """Index the tokens that all engines get, with positions; keep the texts where the engine can."""

    def open(self) -> None:
        """Open what `index` wrote."""

    def words(self, asked: Asked) -> Sequence[Any]:
        """The best passages with any of the tokens."""

    def phrase(self, asked: Asked) -> Sequence[Any]:
        """The best passages with the tokens in a row."""

    def number(self, found: Any) -> int:
        """Which passage that is, from 0."""
