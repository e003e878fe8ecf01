"""`pincite evaluate`: the ranking against judgments, or the answers against gold spans."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from indexer import evaluate_runs, lines
from indexer.cli_output import FILE, JSON, NOTHING_FOUND, put, reading
from indexer.evaluate import MEASURES
from indexer.evaluate_answers import evaluate_answers, read_questions
from indexer.evaluate_runs import Wishes
from indexer.judgments import FOLDER, QRELS, QUERIES
from indexer.measures import measure


def _measures(_context: click.Context, _option: click.Parameter, names: str) -> list[str]:
    """The names of measures, parted by spaces or commas."""
    found = names.replace(",", " ").split()
    for name in found:
        _known(name)
    return found


def _floors(_context: click.Context, _option: click.Parameter, floors: tuple[str, ...]) -> dict[str, float]:
    """Floors by measure."""
    found = {}
    for floor in floors:
        name, _, least = floor.partition("=")
        _known(name)
        try:
            found[name] = float(least)
        except ValueError:
            raise click.BadParameter(f"{floor!r} is not like nDCG@10=0.7") from None
    return found


def _known(name: str) -> None:
    try:
        measure(name)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command("evaluate")
@click.option("--queries", type=FILE, help="Queries as TSV or JSON Lines.")
@click.option("--qrels", type=FILE, help="TREC or BEIR judgments; without them only the run is written.")
@click.option("--unit", type=click.Choice(["document", "passage"]), default="document", show_default=True)
@click.option("--run-file", type=click.Path(path_type=Path), help="Where to write the ranking as a TREC run.")
@click.option("--limit", type=click.IntRange(1, 1000), default=1000, show_default=True, help="Ranks of each query.")
@click.option("--measures", default=" ".join(MEASURES), show_default=True, callback=_measures, help="What is measured.")
@click.option("--baseline", type=FILE, help="An earlier run to compare with; exit 1 when it is significantly better.")
@click.option("--floor", "floors", multiple=True, callback=_floors, help="nDCG@10=0.7; exit 1 when it is below.")
@click.option("--judged", is_flag=True, help="Take queries and passage judgments from those given in the page.")
@click.option("--questions", type=FILE, help="Lines of {question, doc_id, answers: [{text, start}], answerable}.")
@JSON
@click.pass_obj
def evaluate_command(
    library: Path, /, queries: Path | None, questions: Path | None, judged: bool, as_json: bool, **wishes: Any
) -> None:
    """Measure the ranking against judgments, or the answers against gold spans."""
    if [queries is not None, questions is not None, judged].count(True) != 1:
        raise click.UsageError("give --queries, or --questions, or --judged")
    if judged:
        queries, wishes["qrels"] = (library / FOLDER / name for name in (QUERIES, QRELS))
        wishes["unit"] = "passage"
        if not queries.exists():
            raise click.UsageError("nothing has been judged in the page yet")
    if wishes["qrels"] is None and (wishes["baseline"] or wishes["floors"]):
        raise click.UsageError("--baseline and --floor need --qrels")
    with reading(library) as reader:
        if questions:
            values = evaluate_answers(reader, read_questions(questions))
            put(as_json, {"measures": values}, lambda: lines.measure_lines(values))
        elif queries:
            report = evaluate_runs.evaluated(reader, Wishes(queries, **wishes))
            put(as_json, evaluate_runs.reply(report), lambda: iter(evaluate_runs.lines(report)))
            if report.fallen:
                sys.exit(NOTHING_FOUND)
