from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.peers.data import Data
from tests.benchmarks.peers.run import Outcome
from tests.benchmarks.peers.table import agreement, as_json, centile, markdown, rows


def outcome(name: str, milliseconds: float, phrases: bool = True) -> Outcome:
    """Three rounds of 101 queries that take up to twice the time, on the clock ten times as much."""
    times = [((milliseconds / 1e3) * (1 + at / 100), milliseconds / 100) for at in range(101)]
    turn = {"words": times, "phrases": times} if phrases else {"words": times}
    return Outcome(
        name,
        note=f"{name} is noted",
        index={"cpu": 2.0, "wall": 2.0, "bytes": 500_000, "memory": 3_000_000},
        build={"cpu": 4.0, "wall": 4.0, "text": 1_000_000, "memory": 1},
        cold=[{"cpu": 0.1, "wall": wall, "process": 1.0} for wall in (0.2, 0.9, 0.1)],
        rounds=[turn] * 3,
        memory={"resident": 70_000_000, "own": 20_000_000, "most": 1},
        found=[[1, 2], [3]],
    )


@pytest.fixture
def data(tmp_path: Path) -> Data:
    (tmp_path / "about").write_text('{"bytes": 1000000}')
    return Data(tmp_path)


def test_a_row_compares_an_engine_with_the_measure(data: Data) -> None:
    one, other = rows([outcome("tantivy", 1.0), outcome("slow", 3.0)], data, {})
    assert one.words_p50 == pytest.approx(1.5)
    assert one.words_p50_wall == pytest.approx(10)
    assert (one.words_ratio, one.phrases_ratio) == (1.0, 1.0)
    assert (other.words_ratio, other.words_p99_ratio) == (pytest.approx(3), pytest.approx(3))
    assert (other.build, other.build_tokens, other.size) == (0.25, 0.5, 0.5)
    assert (other.memory, other.memory_own, other.memory_indexing) == (70, 20, 3)
    assert (other.cold, other.cold_wall, other.cold_process) == (100, 200, 1000)
    assert other.agreement == 1


def test_a_row_without_an_index_of_its_own_has_that_of_another(data: Data) -> None:
    borrower = outcome("borrower", 1.0, phrases=False)
    borrower.index, borrower.build = {}, {**borrower.build, "cpu": 2.0}
    owner, row = rows([outcome("owner", 1.0), borrower], data, {"borrower": "owner"})
    assert row.size == owner.size
    assert (owner.build, row.build) == (0.25, 0.5)  # texts are built from all the same
    assert row.phrases_p50 is None
    assert row.words_ratio is None  # nothing to compare with


def test_what_is_absent_is_told_below_the_table(data: Data) -> None:
    found = rows([outcome("tantivy", 1.0), Outcome("gone", absent="no such module")], data, {})
    table = markdown(found)
    assert "gone: no such module" in table
    assert "| gone" not in table
    assert table.splitlines()[2].startswith("| tantivy | 1.5 | 2.0 | 2.0 | 1.0 × |")


def test_the_table_tells_how_much_memory_indexing_takes(data: Data) -> None:
    header, _, row, *_ = markdown(rows([outcome("tantivy", 1.0)], data, {})).splitlines()
    cells = dict(zip(header.split(" | "), row.split(" | "), strict=True))
    assert (cells["memory MB"], cells["indexing MB"]) == ("70", "3.0")


def test_queries_that_were_not_asked_are_told(data: Data) -> None:
    short = outcome("short", 1.0)
    short.rounds = [{"words": turn["words"][:60]} for turn in short.rounds]
    assert "60 of 101 queries a round" in markdown(rows([outcome("tantivy", 1.0), short], data, {}))


def test_a_centile_is_the_median_of_the_rounds() -> None:
    rounds = [[(value, 0.0)] * 10 for value in (0.001, 0.009, 0.002)]
    assert centile(rounds, 50) == pytest.approx(2)
    assert centile([], 50) is None


def test_agreement_is_the_part_of_the_others_hits() -> None:
    assert agreement([[1, 2], [5]], [[2, 3], [5]]) == 0.75
    assert agreement([[1], []], [[1], []]) == 1  # nothing to agree on
    assert agreement([], []) is None


def test_the_numbers_go_to_a_program_too(data: Data) -> None:
    told = as_json(rows([outcome("tantivy", 1.0)], data, {}), {"passages": 5})
    assert told["passages"] == 5
    assert told["rows"][0]["words_p50"] == pytest.approx(1.5)
