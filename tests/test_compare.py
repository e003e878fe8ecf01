from indexer.compare import changes, comparison, moved, moved_table
from indexer.evaluate import evaluate_run

QRELS = {str(at): {"a": 1} for at in range(20)}
RIGHT, WRONG = {"a": 2.0, "x": 1.0}, {"x": 2.0, "a": 1.0}


def run_of(right):
    """A run that has the right document first for so many queries, and second for the others."""
    return evaluate_run({query: RIGHT if int(query) < right else WRONG for query in QRELS}, QRELS, ("RR", "R"))


def test_two_evaluations_stand_side_by_side():
    (rr, recall) = changes(run_of(15), run_of(10))
    assert (rr.measure, rr.old, rr.new) == ("RR", 0.75, 0.875)
    assert rr.low <= rr.t.difference <= rr.high
    assert (recall.t.difference, recall.t.p) == (0.0, 1.0)
    row = comparison([rr]).splitlines()[-1].split()
    assert row[:4] == ["RR", "0.7500", "0.8750", "+0.1250"]


def test_a_loss_is_one_that_chance_does_not_explain():
    assert changes(run_of(4), run_of(16))[0].is_loss
    assert not changes(run_of(9), run_of(10))[0].is_loss
    assert not changes(run_of(16), run_of(4))[0].is_loss


def test_queries_that_moved_are_named_the_losses_first():
    found = moved({"1": 0.2, "2": 0.9, "3": 0.5}, {"1": 1.0, "2": 0.1, "3": 0.5})
    assert [(one.query, one.old, one.new) for one in found] == [("1", 1.0, 0.2), ("2", 0.1, 0.9)]
    told = moved_table("RR", found).splitlines()
    assert told[0] == "RR: 1 queries lost, 1 won"
    assert told[-1].split() == ["2", "0.1000", "0.9000", "+0.8000"]


def test_of_many_that_moved_both_ends_are_shown():
    found = moved({str(at): at / 10 for at in range(30)}, {str(at): 1.5 for at in range(30)})
    rows = [line.split()[0] for line in moved_table("RR", found).splitlines()[3:]]
    assert rows == ["0", "1", "2", "3", "4", "25", "26", "27", "28", "29"]


def test_nothing_moved():
    assert moved_table("RR", []) == "RR: 0 queries lost, 0 won"
