"""The files of an evaluation: queries, qrels and runs, in the formats of TREC and BEIR.

qrels: `qid 0 docid grade` (TREC), or three columns under a header (BEIR's TSV). Run: `qid Q0 docid rank
score tag`. Queries: a JSON object or `qid<TAB>text` a line. Windows line ends, a byte order mark and blank
lines do no harm. A line that repeats another counts once and one that contradicts it is an error; but in a
run a document found twice for a query keeps its better score, so that no run gains by repeating itself.
What was met on the way is told: each reader adds a sentence for it to `notes`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from indexer.errors import EvaluationFileError

Qrels = dict[str, dict[str, int]]  # query id -> document id -> grade
Run = dict[str, dict[str, float]]  # query id -> document id -> score

_FIRST = frozenset({"id", "_id", "qid", "query-id", "query_id", "queryid"})  # columns of a header
_LAST = frozenset({"score", "grade", "rel", "relevance", "text", "query", "question"})


def ranking(scores: Mapping[str, float]) -> list[str]:
    """Document ids, best first, in trec_eval's order: by score, and equal scores by id, both descending.

    The rank column of a run file has no say in it.
    """
    return sorted(scores, key=lambda document: (scores[document], document), reverse=True)


def read_qrels(path: Path, notes: list[str] | None = None) -> Qrels:
    """Query id -> document id -> grade."""
    qrels: Qrels = {}
    repeated = 0
    for number, line in lines(path, notes):
        query, document, word = _judgment(path, number, line)
        if number == 1 and _is_header(query, word):
            continue
        grade, grades = _grade(path, number, word), qrels.setdefault(query, {})
        repeated += document in grades
        if grades.setdefault(document, grade) != grade:
            raise EvaluationFileError(str(path), number, f"query {query} and document {document} have two grades")
    _tell(notes, path, repeated, "repeat another and count once")
    return qrels


def write_qrels(path: Path, qrels: Mapping[str, Mapping[str, int]]) -> None:
    """The qrels in TREC's format."""
    rows = (
        f"{_word(path, query)} 0 {_word(path, document)} {grade}\n"
        for query, grades in qrels.items()
        for document, grade in grades.items()
    )
    path.write_text("".join(rows), encoding="utf-8", newline="\n")


def read_run(path: Path, notes: list[str] | None = None) -> Run:
    """Query id -> document id -> score."""
    run: Run = {}
    repeated = 0
    for number, line in lines(path, notes):
        fields = line.split()
        if len(fields) not in (5, 6):  # a tag may be missing
            raise EvaluationFileError(str(path), number, "a run's line is `qid Q0 docid rank score tag`")
        score = _score(path, number, fields[4])
        found = run.setdefault(fields[0], {})
        repeated += fields[2] in found
        found[fields[2]] = max(score, found.get(fields[2], score))
    _tell(notes, path, repeated, "name a document again, which keeps its better score")
    return run


def write_run(path: Path, run: Mapping[str, Mapping[str, float]], tag: str = "pincite") -> None:
    """The run in TREC's format, ranks from 1 in the order of `ranking`; scores read back exactly."""
    rows = (
        f"{_word(path, query)} Q0 {_word(path, document)} {rank} {scores[document]!r} {tag}\n"
        for query, scores in run.items()
        for rank, document in enumerate(ranking(scores), 1)
    )
    path.write_text("".join(rows), encoding="utf-8", newline="\n")


def read_queries(path: Path, notes: list[str] | None = None) -> dict[str, str]:
    """Query id -> text, in the order of the file."""
    queries: dict[str, str] = {}
    for number, line in lines(path, notes):
        query, text = _query(path, number, line)
        if number == 1 and _is_header(query, text):
            continue
        if queries.setdefault(query, text) != text:
            raise EvaluationFileError(str(path), number, f"query {query} has two texts")
    return queries


def lines(path: Path, notes: list[str] | None = None) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, numbered from 1; only line feeds part them: a query may hold U+2028."""
    rows = path.read_bytes().decode("utf-8-sig", "replace").split("\n")
    _tell(notes, path, sum(row.endswith("\r") for row in rows), "have a Windows line end, which is left out")
    for number, line in enumerate(rows, 1):
        if line.strip():
            yield number, line.rstrip("\r")


def _tell(notes: list[str] | None, path: Path, count: int, what: str) -> None:
    """Note what so many lines of a file do."""
    if notes is not None and count:
        notes.append(f"{path.name}: {count} lines {what}")


def _is_header(first: str, last: str) -> bool:
    """True when the columns of a first line are names; a query's own id may well be "ID"."""
    return first.lower() in _FIRST and last.strip().lower() in _LAST


def _judgment(path: Path, number: int, line: str) -> tuple[str, str, str]:
    """Query, document and grade of a qrels line: four words (TREC), or three columns (BEIR)."""
    columns = line.split("\t")
    fields = columns if len(columns) == 3 else line.split()
    if len(fields) == 4:
        return fields[0], fields[2], fields[3]
    if len(fields) == 3:
        return fields[0].strip(), fields[1].strip(), fields[2]
    raise EvaluationFileError(str(path), number, "a qrels line is `qid 0 docid grade`, or `qid docid grade`")


def _grade(path: Path, number: int, word: str) -> int:
    """The grade, a whole number; some tools write it as 1.0."""
    with suppress(ValueError, OverflowError):
        if float(word) == int(float(word)):
            return int(float(word))
    raise EvaluationFileError(str(path), number, f"{word!r} is no grade: use a whole number")


def _score(path: Path, number: int, word: str) -> float:
    """The score, any number but nan."""
    with suppress(ValueError):
        score = float(word)
        if score == score:
            return score
    raise EvaluationFileError(str(path), number, f"{word!r} is no score")


def _query(path: Path, number: int, line: str) -> tuple[str, str]:
    """Id and text of a line of queries."""
    if line.lstrip().startswith("{"):
        return _json_query(path, number, line)
    query, tab, text = line.partition("\t")
    if not tab:
        raise EvaluationFileError(str(path), number, "a query is a JSON object, or `qid<TAB>text`")
    return query.strip(), text.strip()


def _json_query(path: Path, number: int, line: str) -> tuple[str, str]:
    """Id and text of a JSON object: `_id` or `id`, and `text`, `question` or `query`."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise EvaluationFileError(str(path), number, f"not JSON: {error}") from None
    query = next((row[name] for name in ("_id", "id") if name in row), None)
    text = next((row[name] for name in ("text", "question", "query") if name in row), None)
    if not isinstance(query, str | int) or not isinstance(text, str):
        raise EvaluationFileError(str(path), number, "a query needs `_id` and `text`")
    return str(query), text


def _word(path: Path, value: str) -> str:
    """The id, which TREC's formats can hold only as one word."""
    if not value or re.search(r"\s", value):
        raise EvaluationFileError(str(path), 0, f"the id {value!r} is not one word, and TREC's formats need that")
    return value
