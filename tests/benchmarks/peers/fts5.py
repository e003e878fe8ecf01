"""SQLite FTS5, as Python ships it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.data import Asked, Data
from tests.benchmarks.peers.peer import BEST


class Peer:
    """Porter's older stemmer in its own analysis; the index is merged to one piece."""

    has_phrases = True
    analyses = False
    note = "its own stemmer is Porter's"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fts5.sqlite"

    def build(self, texts: Iterable[str]) -> None:
        """Its own English analysis."""
        with sqlite3.connect(self._path) as made:
            made.execute("CREATE VIRTUAL TABLE held USING fts5(text, tokenize='porter unicode61')")
            made.executemany("INSERT INTO held VALUES (?)", ((text,) for text in texts))
            made.execute("INSERT INTO held(held) VALUES ('optimize')")
        made.close()

    def index(self, data: Data) -> None:
        """The tokens, as words between spaces; the texts stand in a table beside them."""
        with sqlite3.connect(self._path) as made:
            made.execute("CREATE VIRTUAL TABLE held USING fts5(tokens, content='', tokenize=\"ascii tokenchars '.,'\")")
            made.execute("CREATE TABLE texts (number INTEGER PRIMARY KEY, text TEXT)")
            tokens = ((at, " ".join(tokens)) for at, tokens in enumerate(data.tokens()))
            made.executemany("INSERT INTO held(rowid, tokens) VALUES (?, ?)", tokens)
            made.executemany("INSERT INTO texts VALUES (?, ?)", enumerate(data.texts()))
            made.execute("INSERT INTO held(held) VALUES ('optimize')")
        made.close()

    def open(self) -> None:
        """A connection."""
        self._connection = sqlite3.connect(self._path)

    def words(self, asked: Asked) -> Sequence[Any]:
        """Any of the tokens."""
        return self._best(" OR ".join(f'"{token}"' for token in asked.tokens))

    def phrase(self, asked: Asked) -> Sequence[Any]:
        """The tokens in a row."""
        return self._best(f'"{" ".join(asked.tokens)}"')

    def number(self, found: Any) -> int:
        """The row."""
        return int(found[0])

    def _best(self, match: str) -> Sequence[Any]:
        return self._connection.execute(
            "SELECT rowid, rank FROM held WHERE held MATCH ? ORDER BY rank LIMIT ?", (match, BEST)
        ).fetchall()
