"""Saved queries: what a rebuild changed in their results.

`queries.txt` in the library's folder holds a query a line. After each run their first hits are kept in
`results.json`; after a switch to a new generation they are searched again and compared. The old index is not opened.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from indexer import durable
from indexer.errors import LibraryAccessError, QueryError
from indexer.library import LibraryReader
from indexer.records import Moved
from indexer.search import search

QUERIES, RESULTS = "queries.txt", "results.json"
FIRST = 10  # hits of a query that are compared
MOST = 1_000  # queries

Snapshot = dict[str, list[str]]  # query -> passage ids, best first


def saved_queries(library: Path) -> list[str]:
    """The queries saved in a library, each once, in order; blank lines and those that begin with # say nothing."""
    try:
        lines = (library / QUERIES).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return list(dict.fromkeys(line.strip() for line in lines if line.strip() and not line.startswith("#")))[:MOST]


def snapshot(reader: LibraryReader, queries: Sequence[str]) -> Snapshot:
    """The first hits of each query now."""
    return {query: _first(reader, query) for query in queries}


def read_snapshot(library: Path) -> Snapshot:
    """The hits kept after the last run; none when there are none or they cannot be read."""
    try:
        kept = json.loads((library / RESULTS).read_text(encoding="utf-8"))
        return {str(query): [str(identity) for identity in ids] for query, ids in kept.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def write_snapshot(library: Path, now: Snapshot) -> None:
    """Keep the hits for the next comparison; LibraryAccessError when the disk refuses."""
    if not now or now == read_snapshot(library):
        return
    try:
        durable.write_text(library / RESULTS, json.dumps(now, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise LibraryAccessError(str(library), error.strerror or str(error)) from error


def moved(before: Snapshot, now: Snapshot) -> tuple[Moved, ...]:
    """The queries whose first hits are not what they were."""
    changed = [query for query, ids in now.items() if query in before and before[query] != ids]
    return tuple(
        Moved(
            query=query,
            gained=tuple(identity for identity in now[query] if identity not in before[query]),
            lost=tuple(identity for identity in before[query] if identity not in now[query]),
            first_changed=before[query][:1] != now[query][:1],
        )
        for query in changed
    )


def _first(reader: LibraryReader, query: str) -> list[str]:
    try:
        return [hit.passage.id for hit in search(reader, query, FIRST).hits]
    except QueryError:
        return []
