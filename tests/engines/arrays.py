"""Files of arrays in memory, and posting lists as plain dictionaries."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import numpy as np

from indexer.engines.array_file import ArrayFile, ArrayFileWriter
from indexer.engines.term_lists import Run, TermLists, write_run

Places = dict[bytes, dict[int, list[int]]]  # term -> document number -> positions


class Kept(io.BytesIO):
    """A file whose content outlives its end."""

    content = b""

    def close(self) -> None:
        self.content = self.getvalue()
        super().close()


def written(write: Callable[[ArrayFileWriter], object]) -> bytes:
    """The bytes of a file of arrays."""
    writer, file = ArrayFileWriter(), Kept()
    write(writer)
    writer.write(file)
    return file.content


def run_of(places: Places) -> Run:
    """Posting lists as a run."""
    terms = sorted(places)
    lists = [sorted(places[term].items()) for term in terms]
    return Run(
        terms,
        np.array([len(one) for one in lists], np.int64),
        np.array([doc for one in lists for doc, _ in one], np.int64),
        np.array([len(held) for one in lists for _, held in one], np.uint32),
        np.array([at for one in lists for _, held in one for at in held], np.uint32),
    )


def told(run: Run) -> Places:
    """A run as posting lists."""
    found: Places = {}
    docs, frequencies, positions = iter(run.docs.tolist()), iter(run.frequencies.tolist()), iter(run.positions.tolist())
    for term, count in zip(run.terms, run.counts.tolist(), strict=True):
        found[term] = {next(docs): [next(positions) for _ in range(next(frequencies))] for _ in range(count)}
    assert [*docs, *frequencies, *positions] == []
    return found


def lists_of(places: Places, documents: int, *, parts: int = 1) -> TermLists:
    """Posting lists in a file, written in so many parts."""
    terms = sorted(places)
    size = -(-len(terms) // parts) or 1
    runs = [run_of({term: places[term] for term in terms[at : at + size]}) for at in range(0, len(terms), size)]
    return TermLists(ArrayFile(memoryview(written(lambda writer: _write(writer, runs)))), "text", documents)


def _write(writer: ArrayFileWriter, runs: Iterable[Run]) -> None:
    for run in runs:
        write_run(writer, "text", run)
