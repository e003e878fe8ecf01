"""Any text as a query: parsed, searched and asked for over HTTP; what every reply must keep to.

python -m tests.fuzz queries --minutes 10 --seed 7
python -m tests.fuzz parser --minutes 10        # guided by coverage; needs `pip install atheris`
"""

from __future__ import annotations

import json
import random
import resource
import tempfile
import time
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer import FACETS, SORTS, Library, LibraryReader, Options, QueryError, index, search, search_reply, suggest
from indexer.query import parse
from indexer.query_clauses import MAX_WORDS
from tests.fuzz.texts import drawn
from tests.webui.libraries import CORPUS
from webui import create_app

DEADLINE = 2.0  # seconds
_KEPT = 10  # failures that are printed


def main(minutes: float, seed: int) -> int:
    """Ask for `minutes`; print what failed, and with which seed it comes again; 1 when something did."""
    with tempfile.TemporaryDirectory(prefix="pincite-fuzz-") as name:
        folder = Path(name) / ".pincite"
        index(folder, [CORPUS])
        client = create_app(folder).test_client()
        with Library.open(folder).reader() as reader:
            return _run(reader, client, minutes, seed)


def _run(reader: LibraryReader, client: Any, minutes: float, seed: int) -> int:
    began, runs, slowest, failed = time.monotonic(), 0, (0.0, ""), 0
    while time.monotonic() - began < minutes * 60:
        text = drawn(random.Random(seed + runs))  # noqa: S311 - which text is no secret
        runs += 1
        at = time.process_time()
        try:
            check(reader, client, text)
        except Exception:  # noqa: BLE001 - whatever it is, it is told and counted
            failed += 1
            if failed <= _KEPT:
                print(f"seed {seed + runs - 1}: {text[:200]!r}\n{traceback.format_exc()}", flush=True)
        slowest = max(slowest, (time.process_time() - at, text[:80]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"queries: seeds {seed} to {seed + runs - 1}, {runs:,} texts in {minutes:g} minutes, {failed} failed;", end=" "
    )
    print(f"all checks of one text at most {slowest[0]:.2f} s of the processor ({slowest[1]!r}); {memory:.0f} MB")
    return int(failed > 0)


def check(reader: LibraryReader, client: Any, text: str) -> None:
    """Everything that a text can be asked for."""
    check_reading(text)
    check_search(reader, text)
    check_http(client, text)
    suggest(reader, text)


def check_reading(text: str) -> None:
    """A text is read as words at least; read strictly it is read the same, or refused with a place in it."""
    query = parse(text)
    assert len(query.words) == len(query.clauses) <= MAX_WORDS
    assert parse(text) == query
    refused = _refused(text)
    assert bool(refused) == bool(query.warnings)
    if refused:
        assert 0 <= refused.start < refused.end <= len(text)
        assert any(warning.startswith(refused.reason) for warning in query.warnings)
    else:
        assert parse(text, strict=True) == query


def _refused(text: str) -> QueryError | None:
    """Why a text cannot be obeyed to the letter."""
    try:
        parse(text, strict=True)
    except QueryError as error:
        return error
    return None


def check_search(reader: LibraryReader, text: str) -> None:
    """Pages follow each other, totals hold, marks lie in their passage, all of it within the deadline."""
    options = Options(facets=FACETS, sort=SORTS[len(text) % len(SORTS)])
    began = time.process_time()
    results = search(reader, text, 5, 0, options)
    assert time.process_time() - began < DEADLINE
    json.dumps(search_reply(results, 0))
    ids = [hit.passage.id for hit in results.hits]
    assert len(set(ids)) == len(ids) == min(results.total, 5)
    for hit in results.hits:
        assert all(0 <= mark.start < mark.end <= len(hit.passage.text) for mark in hit.matches)
    for note in [note for note in results.query.expanded if note.kind not in ("beginning", "alike")][:2]:
        without = search(reader, text, 5, 0, replace(options, dropped=(note.to,)))
        assert note.to not in {other.to for other in without.query.expanded}
    further = search(reader, text, 5, 5, options)
    assert further.total == results.total
    assert not set(ids) & {hit.passage.id for hit in further.hits}
    assert search(reader, text, 5, results.total, options).hits == ()


def check_http(client: Any, text: str) -> None:
    """The endpoint and the page answer, or say what is wrong with the query."""
    sent = text.encode("utf-8", "surrogatepass")[:8_000]
    for path, asked in (("/api/v1/search", {}), ("/api/v1/search", {"mode": "strict"}), ("/search", {})):
        reply = client.get(path, query_string={"q": sent, **asked})
        assert reply.status_code in (200, 400), reply.status_code
        if path != "/search":
            body = json.loads(reply.data)
            assert ("errors" in body) == (reply.status_code == 400)
    reply = client.get("/api/v1/search", query_string={"q": "tumor", "filter": sent})
    assert reply.status_code in (200, 400)
    assert client.get("/api/v1/suggest", query_string={"q": sent}).status_code == 200
