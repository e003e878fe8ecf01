"""Our measures, held against ir_measures (the extra `measures`)."""

import random

import pytest

from indexer.evaluate import evaluate_run
from indexer.trec import write_qrels, write_run

ir_measures = pytest.importorskip("ir_measures", reason="needs the extra `measures`")
NAMES = ("nDCG@10", "nDCG", "R@100", "RR@10", "AP", "P@10", "Judged@10", "Success@5")
OF_TREC_EVAL = (
    "nDCG@10",
    "nDCG",
    "R@100",
    "RR",
    "AP",
    "P@10",
    "Success@5",
)  # others have an order of ties of their own


def drawn(seed, scores):
    """Qrels with grades from -1 to 3 and a run with so many scores to choose from, of 40 queries."""
    draw = random.Random(seed)  # noqa: S311 (a fixed seed, so that a failure can be repeated)
    documents = [f"d{at}" for at in range(200)]
    qrels = {
        f"q{at}": {name: draw.choice([-1, 0, 0, 1, 2, 3]) for name in draw.sample(documents, 30)} | {"d0": 1}
        for at in range(40)
    }
    ranked = {query: draw.sample(documents, 120) for query in qrels}
    run = {query: dict(zip(names, draw.sample(scores, 120), strict=True)) for query, names in ranked.items()}
    return qrels, run


@pytest.mark.parametrize(("scores", "names"), [(range(1000), NAMES), ([at % 30 for at in range(1000)], OF_TREC_EVAL)])
def test_values_of_every_query_agree(scores, names, tmp_path):
    qrels, run = drawn(1, scores)
    write_qrels(tmp_path / "qrels", qrels)
    write_run(tmp_path / "run", run)
    ours = evaluate_run(run, qrels, names)
    theirs = ir_measures.iter_calc(
        [ir_measures.parse_measure(name) for name in names],
        list(ir_measures.read_trec_qrels(str(tmp_path / "qrels"))),
        list(ir_measures.read_trec_run(str(tmp_path / "run"))),
    )
    found = {(str(one.measure), one.query_id): one.value for one in theirs}
    assert found == pytest.approx({(name, query): ours.queries[name][query] for name in names for query in qrels})
