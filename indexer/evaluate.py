"""How well a search finds what people judged right: runs a set of queries and measures the rankings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from indexer.documents import documents
from indexer.errors import QueryError
from indexer.library import LibraryReader
from indexer.measures import measure
from indexer.search import search
from indexer.significance import Interval, bootstrap
from indexer.trec import Run, ranking

Search = Callable[[str, int], list[tuple[str, float]]]  # query, limit -> ids and scores
MEASURES = ("nDCG@10", "RR@10", "P@10", "R@100", "AP", "Judged@10")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A run and its measures. Every judged query counts, with 0 where nothing was found (trec_eval -c)."""

    run: Run
    means: Mapping[str, float]  # measure -> mean over the queries
    queries: Mapping[str, Mapping[str, float]]  # measure -> query id -> value
    not_found: tuple[str, ...]  # ids of judged queries with an empty ranking
    not_relevant: tuple[str, ...]  # ids of judged queries that no document is relevant to: they can only score 0
    not_judged: tuple[str, ...]  # ids of queries without judgments, left out of the means


def evaluate_retrieval(
    search: Search,
    queries: Mapping[str, str],
    qrels: Mapping[str, Mapping[str, int]],
    limit: int = 1000,
    measures: Sequence[str] = MEASURES,
) -> Evaluation:
    """Run the queries (id -> text) and measure the rankings against the qrels (id -> document id -> grade).

    `search(text, limit)` gives document ids with scores, higher better. Their order is taken from the scores,
    ties by id descending, as trec_eval does, so that the same run read from a file scores the same.
    """
    run = {query: best_scores(search(text, limit)) for query, text in queries.items()}
    return evaluate_run(run, qrels, measures)


def evaluate_run(run: Run, qrels: Mapping[str, Mapping[str, int]], measures: Sequence[str] = MEASURES) -> Evaluation:
    """The measures of a run that was made elsewhere."""
    rankings = {query: ranking(run.get(query, {})) for query in qrels}
    scores = {
        name: {query: measure(name)(rankings[query], grades) for query, grades in qrels.items()} for name in measures
    }
    return Evaluation(
        run=run,
        means={name: fmean(of.values()) if of else 0.0 for name, of in scores.items()},
        queries=scores,
        not_found=tuple(query for query, found in rankings.items() if not found),
        not_relevant=tuple(query for query, grades in qrels.items() if max(grades.values(), default=0) < 1),
        not_judged=tuple(query for query in run if query not in qrels),
    )


def best_scores(found: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Id -> its best score, for results in which an id may come more than once."""
    scores: dict[str, float] = {}
    for document, score in found:
        scores[document] = max(score, scores.get(document, score))
    return scores


def ranked(reader: LibraryReader, unit: str, text: str, limit: int) -> list[tuple[str, float]]:
    """The ids of the documents or passages that a query finds, with their scores; none for one that cannot be read."""
    try:
        if unit == "document":
            return documents(reader, text)[:limit]
        return [(hit.passage.id, hit.score) for hit in search(reader, text, limit).hits]
    except QueryError:
        return []


def intervals(evaluation: Evaluation) -> dict[str, Interval]:
    """The mean of each measure between the ends of its 95 % bootstrap interval."""
    return {name: bootstrap(list(of.values())) for name, of in evaluation.queries.items() if of}


def summary(evaluation: Evaluation) -> str:
    """The means as a table, with 95 % bootstrap intervals, and what was left out."""
    rows = [
        (name, f"{found.mean:.4f}", f"{found.low:.4f}-{found.high:.4f}")
        for name, found in intervals(evaluation).items()
    ]
    return "\n".join([table(("measure", "mean", "95 % interval"), rows), *notes(evaluation)])


def notes(evaluation: Evaluation) -> list[str]:
    """What a reader of the means should know, a sentence each."""
    tied = [query for query, scores in evaluation.run.items() if len(set(scores.values())) < len(scores)]
    return [
        f"{len(ids)} queries {what}"
        for ids, what in (
            (evaluation.not_found, "found nothing and count as 0"),
            (evaluation.not_relevant, "have no relevant document and count as 0"),
            (evaluation.not_judged, "have no judgments and are left out"),
            (tied, "have equal scores, which stand by id, descending, as in trec_eval"),
        )
        if ids
    ]


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns of text: the first flush left, the others flush right, two spaces between."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    lines = []
    for row in (header, ["-" * width for width in widths], *rows):
        first, *others = [*row]
        cells = [
            first.ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)),
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
