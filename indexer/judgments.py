"""What people judged of the hits of their own searches: grades from 0 to 3, kept as qrels that `evaluate` reads.

In the library's folder `judged/queries.tsv` names each query and `judged/qrels.tsv` has its grades by passage id, in
BEIR's columns. Ids come from a passage's text, so a judgment holds for as long as the text does, whatever is indexed
beside it; a rebuild leaves the folder alone.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from indexer import durable
from indexer.errors import JudgmentError, LibraryAccessError
from indexer.trec import Qrels, read_qrels, read_queries

FOLDER, QUERIES, QRELS = "judged", "queries.tsv", "qrels.tsv"
GRADES = range(4)  # 0 says nothing about it, 3 answers it
MOST = 100_000  # judgments; their file is written anew with each


def query_id(text: str) -> str:
    """The id of a query, the same however its words are spaced or capitalised."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "replace")).hexdigest()[:12]


def grades_of(library: Path, text: str) -> dict[str, int]:
    """Passage id -> grade, of a query; EvaluationFileError when the file has been damaged."""
    return _qrels(library).get(query_id(text), {})


def judge(library: Path, text: str, passage_id: str, grade: int | None) -> None:
    """Keep the grade of a passage for a query; None takes it back. JudgmentError for what cannot be kept."""
    if grade is not None and grade not in GRADES:
        raise JudgmentError(str(grade), "a grade is 0, 1, 2 or 3")
    if not passage_id or re.search(r"[\t\n\r]", passage_id):
        raise JudgmentError(passage_id, "an id that a line of qrels cannot hold")
    words = " ".join(text.split()).encode("utf-8", "replace").decode()
    if not words:
        raise JudgmentError(text, "a judgment needs a query")
    with _writing(library) as folder:
        qrels, queries = _qrels(library), _queries(library)
        _put(qrels.setdefault(query_id(text), {}), passage_id, grade)
        if sum(map(len, qrels.values())) > MOST:
            raise JudgmentError(passage_id, f"more than {MOST:,} judgments are not kept")
        queries.setdefault(query_id(text), words)
        kept = {query: grades for query, grades in qrels.items() if grades}
        durable.write_text(folder / QUERIES, "".join(f"{query}\t{queries[query]}\n" for query in kept))
        durable.write_text(folder / QRELS, _written(kept))


def _put(grades: dict[str, int], passage_id: str, grade: int | None) -> None:
    if grade is None:
        grades.pop(passage_id, None)
    else:
        grades[passage_id] = grade


def _written(qrels: Mapping[str, Mapping[str, int]]) -> str:
    """The qrels in BEIR's columns: ids may hold spaces."""
    rows = (f"{query}\t{passage}\t{grade}\n" for query, grades in qrels.items() for passage, grade in grades.items())
    return "query-id\tcorpus-id\tscore\n" + "".join(rows)


def _qrels(library: Path) -> Qrels:
    path = library / FOLDER / QRELS
    return read_qrels(path) if path.exists() else {}


def _queries(library: Path) -> dict[str, str]:
    path = library / FOLDER / QUERIES
    return read_queries(path) if path.exists() else {}


@contextmanager
def _writing(library: Path) -> Iterator[Path]:
    """The folder, for one writer at a time: others wait, as writing takes milliseconds."""
    folder = library / FOLDER
    try:
        durable.make_folder(folder)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield folder
        finally:
            os.close(handle)
    except OSError as error:
        raise LibraryAccessError(str(folder), error.strerror or str(error)) from error
