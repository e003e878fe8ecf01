"""A writer may be stopped anywhere: the library opens, its last commit is whole, a rerun ends as if nothing had been.

PINCITE_CRASHES=all tries every step in every way, which takes minutes; without it every third is tried in one way.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from indexer.index import index
from tests.crashes.scenarios import SCENARIOS

AMOUNT = os.environ.get("PINCITE_CRASHES", "some")
NAMES = [scenario.name for scenario in SCENARIOS]


def run(mode: str, scenario: str, amount: str = AMOUNT, careless: str = "") -> dict[str, Any]:
    """The report of a run of `tests.crashes.runner`, a process of its own."""
    command = [sys.executable, "-m", "tests.crashes.runner", mode, scenario, amount, careless]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize("scenario", NAMES)
def test_a_library_survives_a_stop_at_any_step(scenario: str) -> None:
    report = run("killed", scenario)
    assert report["wrong"] == []
    assert report["stops"] > sum(report["steps"].values()) / 4


@pytest.mark.parametrize("scenario", NAMES)
def test_a_library_survives_an_error_at_any_step(scenario: str) -> None:
    report = run("failing", scenario)
    assert report["wrong"] == []
    assert report["stops"] > sum(report["steps"].values()) / 4


@pytest.mark.parametrize("name", ["index", "index --rebuild"])
def test_a_run_ends_as_a_build_from_nothing_does(tmp_path: Path, name: str) -> None:
    """What a run that was stopped must end with, all of the above compare with a run that was not."""
    (scenario,) = [scenario for scenario in SCENARIOS if scenario.name == name]
    scenario.prepare(tmp_path / "library")
    scenario.act(tmp_path / "library")
    index(tmp_path / "fresh", [tmp_path / "sources"])
    held = scenario.held(tmp_path / "fresh")
    assert held is not None
    assert len(held) == 4
    assert scenario.held(tmp_path / "library") == held


def test_a_writer_that_never_syncs_is_noticed() -> None:
    assert len(run("killed", "rollback", "all", "careless")["wrong"]) > 2
