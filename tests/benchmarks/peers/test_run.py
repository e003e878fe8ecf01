"""Engines that come with Python and with Pincite, on a few made-up passages, each in its own process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.peers import prepare
from tests.benchmarks.peers.child import asked_in_turn, memory
from tests.benchmarks.peers.data import Asked, Data
from tests.benchmarks.peers.run import Contestant, Outcome, compared
from tests.benchmarks.peers.table import agreement

FIRST = Contestant("FTS5", "fts5")
OTHERS = (
    Contestant("Pincite", "pincite", environment={"PINCITE_KERNEL": "numpy"}),
    Contestant("whole", "pincite_search"),
    Contestant("stock", "whoosh"),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Data]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare, "QUERIES", 10)
        patch.setattr(prepare, "WARMING", 2)
        yield prepare.prepared(tmp_path_factory.mktemp("data"), None, 200, rounds=1)


@pytest.fixture(scope="module")
def outcomes(data: Data, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    return compared(data, tmp_path_factory.mktemp("indexes"), (FIRST, *OTHERS), rounds=1)


def test_every_engine_answers_every_query(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        assert not outcome.absent
        assert [len(turn["words"]) for turn in outcome.rounds] == [20]
        assert [len(turn["phrases"]) for turn in outcome.rounds] == [10]
        assert min(outcome.memory.values()) > 0
        assert outcome.index["bytes"] > 0
        assert outcome.build["text"] > 0
        assert len(outcome.cold) == 3


def test_engines_agree_on_what_is_best(outcomes: list[Outcome]) -> None:
    first, *others = outcomes
    for other in others:
        found = agreement(other.found, first.found)
        assert found
        assert found > 0.5, other.name  # of ten by other formulas; by chance it would be .05


def test_an_engine_that_is_not_there_is_told_with_the_reason(data: Data, tmp_path: Path) -> None:
    strangers = (
        Contestant("no module", "nothing_of_the_kind"),
        Contestant("no Python", "fts5", python="/nowhere/python3"),
        Contestant("too slow", "fts5", most=100),
        Contestant("borrower", "fts5", index="no module"),
    )
    reasons = {outcome.name: outcome.absent for outcome in compared(data, tmp_path, strangers, rounds=1)}
    assert "No module named" in reasons["no module"]
    assert "No such file" in reasons["no Python"]
    assert "more than 100 passages" in reasons["too slow"]
    assert "index of no module" in reasons["borrower"]


def test_queries_are_asked_until_time_is_up() -> None:
    asked = [Asked(str(at), []) for at in range(5)]
    heard: list[Asked] = []
    assert len(asked_in_turn(heard.append, asked)) == 5
    assert heard == asked
    assert len(asked_in_turn(heard.append, asked, seconds=-1)) == 1


def test_memory_is_that_of_this_process() -> None:
    held = memory()
    assert 0 < held["own"] <= held["resident"] <= held["most"]
