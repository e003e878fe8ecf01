"""Threads and processes that read while another commits: each sees one whole commit at a time, and soon the next one.

PINCITE_CRASHES=all makes 200 commits, otherwise there are 40.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.library import Library
from indexer.library_reader import LibraryReader
from indexer.records import Entry, Phrase, Word
from indexer.search import search
from tests.libraries import contents, filed, folder_in_memory

THREADS, PROCESSES = 8, 2
COMMITS = 200 if os.environ.get("PINCITE_CRASHES") == "all" else 40
DOCUMENTS = 5


@pytest.fixture
def folder() -> Iterator[Path]:
    with folder_in_memory() as parent:
        yield parent / "library"


def documents(commit: int) -> list[Entry]:
    """The documents of a commit: each of them names it, so that one of another commit stands out."""
    return [filed(f"d{at}", f"commit number {commit}", "steady text" * (at % 2)) for at in range(DOCUMENTS)]


def whole_commit(reader: LibraryReader) -> int:
    """Which commit a reader reads; an assertion fails when it reads parts of several, or misses some."""
    (number,) = {texts[0].split()[-1] for texts in contents(reader).values()}
    found = reader.search([Word("number"), Word("steady")], [Phrase(("commit", "number", number))], 99)
    assert (found.total, len(found.matches)) == (DOCUMENTS, DOCUMENTS)
    assert {match.document_id for match in found.matches} == set(reader.known())
    results = search(reader, f'"commit number {number}"')
    assert {hit.document.id for hit in results.hits} == set(reader.known())
    assert all(hit.passage.text == f"commit number {number}" == hit.citation.quote for hit in results.hits)
    return int(number)


def read_on(folder: Path, stopped: threading.Event) -> list[int]:
    """The commits that a reader sees, one after another, until it is stopped."""
    library, seen = Library.open(folder), []
    while True:
        last = stopped.is_set()
        with library.reader() as reader:
            seen.append(whole_commit(reader))
        if last:
            return seen


def commit_on(folder: Path) -> None:
    """Many commits, and a switch to a new generation on the way."""
    for number in range(1, COMMITS + 1):
        if number == COMMITS // 2:
            with Library.open(folder).new_generation() as engine:
                engine.write(documents(number), ())
        else:
            with Library.open(folder).writing() as engine:
                engine.write(documents(number), ())


def assert_reads_on(seen: list[int]) -> None:
    """A reader never goes back, and ends with the last commit."""
    assert seen == sorted(seen)
    assert seen[-1] == COMMITS


def test_readers_see_whole_commits_in_order(folder: Path) -> None:
    with Library.create(folder).writing() as engine:
        engine.write(documents(0), ())
    stopped, results = threading.Event(), []
    threads = [threading.Thread(target=lambda: results.append(read_on(folder, stopped))) for _ in range(THREADS)]
    command = [sys.executable, "-m", "tests.test_library_readers", str(folder)]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(PROCESSES)]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    for thread in threads:
        thread.start()
    commit_on(folder)
    stopped.set()
    for thread in threads:
        thread.join()
    replies = [json.loads(process.communicate()[0]) for process in processes]
    assert len(results) == THREADS
    for seen in (*results, *replies):
        assert_reads_on(seen)


def test_a_reader_is_found_again_in_microseconds(folder: Path) -> None:
    """15 us as measured; a request has time for twenty times that."""
    library = Library.create(folder)
    with library.writing() as engine:
        engine.write([filed(f"d{number}", "some text") for number in range(200)], ())
    library.reader()
    best = min(_seconds(library) for _ in range(50))
    assert best < 300e-6


def _seconds(library: Library) -> float:
    started = time.perf_counter()
    library.reader()
    return time.perf_counter() - started


def main(folder: Path) -> None:
    """Read until standard input ends, as another process."""
    stopped = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stopped.set())).start()
    print("reading", flush=True)
    print(json.dumps(read_on(folder, stopped)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
