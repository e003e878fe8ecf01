"""`pincite evaluate` for rankings: files in, a run, a report and an exit code out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from indexer.compare import Change, Moved, changes, comparison, moved, moved_table
from indexer.evaluate import MEASURES, Evaluation, evaluate_retrieval, evaluate_run, intervals, notes, ranked, summary
from indexer.library import LibraryReader
from indexer.records import document_of
from indexer.trec import Qrels, read_qrels, read_queries, read_run, write_run


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be measured, and against what."""

    queries: Path
    qrels: Path | None = None
    unit: str = "document"  # or "passage"
    run_file: Path | None = None  # where the run is written
    limit: int = 1000  # ranks of each query
    measures: Sequence[str] = MEASURES
    baseline: Path | None = None  # a run of an earlier day
    floors: Mapping[str, float] = field(default_factory=dict)  # measure -> the least that it may be

    @property
    def measured(self) -> list[str]:
        """The measures, those with a floor too."""
        return list(dict.fromkeys([*self.measures, *self.floors]))


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured."""

    evaluation: Evaluation
    is_judged: bool
    judged: int  # queries with judgments
    notes: tuple[str, ...]
    changes: tuple[Change, ...]
    moved: Mapping[str, list[Moved]]  # by measure
    fallen: tuple[str, ...]  # what is too low, in a sentence each


def evaluated(reader: LibraryReader, wishes: Wishes) -> Report:
    """Search the queries, write the run, and measure it when there are judgments; EvaluationFileError for bad files."""
    told: list[str] = []
    qrels = read_qrels(wishes.qrels, told) if wishes.qrels else {}
    queries = read_queries(wishes.queries, told)
    done = evaluate_retrieval(partial(ranked, reader, wishes.unit), queries, qrels, wishes.limit, wishes.measured)
    if wishes.run_file:
        write_run(wishes.run_file, done.run)
    found, shifted = [], {}
    if wishes.baseline and qrels:
        old = evaluate_run(read_run(wishes.baseline, told), qrels, wishes.measured)
        found = changes(done, old)
        shifted = {name: moved(done.queries[name], old.queries[name]) for name in done.queries}
    told += [*_unknown(reader, wishes.unit, queries, qrels), *(notes(done) if qrels else ())]
    fallen = [
        *(f"{one.measure} fell from {one.old:.4f} to {one.new:.4f} (p {one.t.p:.4f})" for one in found if one.is_loss),
        *_below(done, wishes.floors),
    ]
    return Report(done, bool(wishes.qrels), len(qrels), tuple(told), tuple(found), shifted, tuple(fallen))


def _below(done: Evaluation, floors: Mapping[str, float]) -> list[str]:
    """The measures below their floors."""
    return [
        f"{name} is {done.means[name]:.4f}, below {least:.4f}"
        for name, least in floors.items()
        if done.means[name] < least
    ]


def _unknown(reader: LibraryReader, unit: str, queries: Mapping[str, str], qrels: Qrels) -> list[str]:
    """What the qrels name that is not there; it counts as not found, as in trec_eval."""
    unasked = [query for query in qrels if query not in queries]
    known = reader.known()
    named = {document for grades in qrels.values() for document in grades}
    absent = [one for one in named if (one if unit == "document" else document_of(one)) not in known]
    return [
        f"{len(ids)} {what}"
        for ids, what in (
            (unasked, "judged queries are not among the queries and count as 0"),
            (absent, f"judged {unit}s are not in the library and count as not found"),
        )
        if ids
    ]


def lines(report: Report) -> list[str]:
    """The report for people."""
    if not report.is_judged:
        return [f"{len(report.evaluation.run)} queries searched", *report.notes]
    told = summary(report.evaluation).splitlines()
    rest = [note for note in report.notes if note not in told]
    compared = [comparison(list(report.changes))] if report.changes else []
    tables = [moved_table(name, report.moved[name]) for name in list(report.moved)[:1]]
    return [*told, *rest, *_spaced(compared), *_spaced(tables), *(f"FELL: {one}" for one in report.fallen)]


def _spaced(parts: Sequence[str]) -> list[str]:
    return [line for part in parts for line in ("", *part.splitlines())]


def reply(report: Report) -> dict[str, Any]:
    """The report as JSON."""
    found = report.evaluation
    return {
        "queries": len(found.run),
        "judged": report.judged,
        "measures": dict(found.means) if report.is_judged else {},
        "intervals": {name: [one.low, one.high] for name, one in intervals(found).items()},
        "notes": list(report.notes),
        "changes": [
            {
                "measure": one.measure,
                "old": one.old,
                "new": one.new,
                "difference": one.t.difference,
                "interval": [one.low, one.high],
                "t": one.t.statistic if abs(one.t.statistic) != float("inf") else None,
                "p": one.t.p,
                "p_randomisation": one.randomised.p,
            }
            for one in report.changes
        ],
        "moved": {
            name: [{"query": one.query, "old": one.old, "new": one.new} for one in rows]
            for name, rows in report.moved.items()
        },
        "fallen": list(report.fallen),
    }
