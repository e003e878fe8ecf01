"""What every engine gets: passages, the tokens of each, and queries; on the disk, so that processes can share them.

Only the standard library is imported here: Debian's own Python, which has Xapian, reads it too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

FILES = ("texts", "tokens", "documents")
KINDS = ("words", "phrases")  # of queries


class Asked(NamedTuple):
    """A query as somebody types it, and the tokens that an engine gets of it."""

    text: str
    tokens: list[str]


class Data:
    """A folder of lines: a passage or a document in each; tokens are parted by spaces."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def texts(self) -> Iterator[str]:
        """The passages."""
        return _lines(self.folder / "texts")

    def tokens(self) -> Iterator[list[str]]:
        """The tokens of each passage, by position."""
        return (line.split(" ") for line in _lines(self.folder / "tokens"))

    def documents(self) -> Iterator[tuple[str, int]]:
        """The title of each document, and how many passages it has."""
        for line in _lines(self.folder / "documents"):
            count, _, title = line.partition(" ")
            yield title, int(count)

    def passages(self) -> Iterator[tuple[str, list[str], list[list[str]]]]:
        """The title of each document, its passages, and their tokens."""
        texts, tokens = self.texts(), self.tokens()
        for title, count in self.documents():
            yield title, list(islice(texts, count)), list(islice(tokens, count))

    def asked(self, kind: str, turn: int) -> list[Asked]:
        """The queries of a kind for a round, from 0; warm-up has those of round -1."""
        return [Asked(*row) for row in json.loads((self.folder / f"{kind}.{turn}").read_text())]

    @property
    def about(self) -> dict[str, Any]:
        """Where the text is from, and how much it is."""
        found: dict[str, Any] = json.loads((self.folder / "about").read_text())
        return found


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield line.removesuffix("\n")
