"""The documents of a file that holds many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indexer.records import Extract


def noted(found: Iterable[Extract], notes: tuple[str, ...]) -> tuple[Extract, ...]:
    """The documents of a file, of which there are some, with the notes on all of it at the first."""
    first, *others = found
    return replace(first, notes=notes), *others
