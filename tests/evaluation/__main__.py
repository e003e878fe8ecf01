"""`make evaluate`: run the evaluations, print their tables, exit 1 when a measure is below its floor."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.evaluate import table
from tests.evaluation import article_extraction, everyday, five_documents, jats, negation, pdf_text, public
from tests.evaluation.floors import FLOORS, Floors, Outcome, fallen, raised, read_floors, write_floors
from tests.evaluation.libraries import SHARED, digest


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Something to measure, and the files it is measured on."""

    measured: Callable[[], Outcome]
    files: Sequence[Path]


def _collection(measured: Callable[[Path], Outcome], name: str, *files: str) -> Evaluation:
    """An evaluation over a public collection."""
    return Evaluation(partial(measured, SHARED / name), [SHARED / name / file for file in files])


def _names(collection: str, pattern: str) -> list[str]:
    """The collection's files that fit a pattern; one that is not there when none do, so that it is told."""
    folder = SHARED / collection
    return sorted(str(path.relative_to(folder)) for path in folder.glob(pattern)) or [pattern]


def evaluations() -> dict[str, Evaluation]:
    """All evaluations by name, the quick ones first."""
    retrieval = ("corpus.jsonl", "queries.jsonl", "qrels.tsv")
    return {
        "five_documents": Evaluation(five_documents.measured, [five_documents.CASES, *five_documents.files()]),
        "everyday": Evaluation(everyday.measured, [everyday.TEXTS]),
        "negation": Evaluation(negation.measured, [negation.LABELS]),
        "article_extraction": _collection(
            article_extraction.measured, "article_extraction", "gold.json", *_names("article_extraction", "html/*.html")
        ),
        "jats": _collection(jats.measured, "jats", "gold.json", *_names("jats", "xml/*")),
        "pdf_text": _collection(pdf_text.measured, "pdf_text", *_names("pdf_text", "*/*.txt")),
        "medline1033": _collection(public.retrieval, "medline1033", *retrieval),
        "cranfield": _collection(public.retrieval, "cranfield", *retrieval),
        "pubmedqa_retrieval": _collection(public.retrieval, "pubmedqa_retrieval", *retrieval),
        "squad2": _collection(public.question_answering, "squad2", "corpus.jsonl", "qa.jsonl"),
        "covid_qa": _collection(public.question_answering, "covid_qa", "corpus.jsonl", "qa.jsonl"),
    }


def main(arguments: Sequence[str] | None = None, floors: Path = FLOORS) -> int:
    """Run the evaluations that were asked for; 1 when something fell."""
    every = evaluations()
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("--only", action="append", choices=every, metavar="NAME", help=", ".join(every))
    parser.add_argument("--raise", dest="raising", action="store_true", help="lift the floors to what is measured")
    asked = parser.parse_args(arguments)
    fell = [_run(name, every[name], floors, asked.raising) for name in asked.only or every]
    return int(any(fell))


def _run(name: str, evaluation: Evaluation, path: Path, raising: bool) -> bool:
    """Run one evaluation and print what it measured; True when something fell."""
    absent = [path for path in evaluation.files if not path.exists()]
    if absent:
        print(f"{name}: skipped, {absent[0]} is not there\n")
        return False
    data, started = digest(evaluation.files), time.perf_counter()
    outcome = evaluation.measured()
    floors = read_floors(name, path)
    print(report(name, outcome, floors, time.perf_counter() - started))
    if raising:
        write_floors(name, raised(floors, outcome, data), path)
    fell = [] if raising else fallen(floors, outcome, data)
    print("".join(f"BELOW THE FLOOR: {name}: {sentence}\n" for sentence in fell), flush=True)
    return bool(fell)


def report(name: str, outcome: Outcome, floors: Floors, seconds: float) -> str:
    """The table of an evaluation, and its remarks."""
    rows = [
        (measure, f"{value:.4f}", f"{floors.floors[measure]:.3f}" if measure in floors.floors else "-")
        for measure, value in outcome.values.items()
    ]
    return "\n".join([table((f"{name} ({seconds:.0f} s)", "measured", "floor"), rows), *outcome.remarks])


if __name__ == "__main__":
    sys.exit(main())
