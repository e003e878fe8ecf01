from __future__ import annotations

import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from indexer.discover import Found
from indexer.errors import UnreadableSourceError
from indexer.workers import Outcome, Workers, outcomes
from tests.read.sandbox_readers import hanging


def found(folder: Path, name: str, text: str) -> Found:
    (folder / name).write_text(text)
    return Found(folder / name, name)


def noted(monkeypatch: pytest.MonkeyPatch) -> list[Found]:
    """The files that workers are asked for; none is prepared."""
    asked: list[Found] = []

    def ask(_: Workers, found: Found) -> Future[Outcome]:
        asked.append(found)
        future: Future[Outcome] = Future()
        future.set_result(())
        return future

    monkeypatch.setattr(Workers, "ask", ask)
    return asked


def test_outcomes_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    files = [found(tmp_path, f"{n}.{'txt' if n % 2 else 'html'}", f"<p>Number {n} is a number.</p>") for n in range(6)]
    files.append(found(tmp_path, "empty.txt", ""))
    made = list(outcomes(files))
    assert [one.source_path for one, _ in made] == [one.source_path for one in files]
    assert isinstance(made[-1][1], UnreadableSourceError)
    assert all(isinstance(outcome, tuple) and outcome[0].passages for _, outcome in made[:-1])


def test_a_file_that_hangs_is_not_waited_for_when_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.workers.prepared", hanging)
    slow = found(tmp_path, "slow.html", "<p>Apples.</p>")
    workers = Workers(1)
    future = workers.ask(slow)
    while not (workers._all and workers._all[0]._child and workers._all[0]._child.served):
        time.sleep(0.01)
    began = time.monotonic()
    workers.__exit__(KeyboardInterrupt)
    assert time.monotonic() - began < 10
    assert isinstance(future.result(), UnreadableSourceError)


@pytest.mark.parametrize(("size", "ahead"), [(10, 40), (1000, 8)], ids=["small files", "large ones"])
def test_so_many_files_are_under_way_that_workers_have_enough_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, ahead: int
) -> None:
    monkeypatch.setattr("indexer.workers._BYTES", 400)
    monkeypatch.setattr("indexer.workers._SMALL", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    asked = noted(monkeypatch)
    files = [found(tmp_path, f"{n}.txt", "a" * size) for n in range(60)]
    made = outcomes(files)
    assert next(made)[0] is files[0]
    assert len(asked) == ahead
    assert len(list(made)) == 59


@pytest.mark.parametrize(
    ("names", "size", "workers"),
    [(["a.txt", "b.md"], 100, 0), (["a.txt", "b.html"], 100, 2), (["a.txt", "b.txt"], 200_000, 2)],
    ids=["few and our own", "one of a format that others read", "too large together"],
)
def test_workers_are_started_when_there_is_enough_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], size: int, workers: int
) -> None:
    asked = noted(monkeypatch)
    made = list(outcomes([found(tmp_path, name, "Apples are red. " * (size // 16)) for name in names]))
    assert len(made) == 2
    assert len(asked) == workers
