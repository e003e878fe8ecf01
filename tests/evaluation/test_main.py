import json

import pytest

from tests.evaluation import __main__ as command
from tests.evaluation.floors import Outcome


@pytest.fixture
def floors(tmp_path):
    path = tmp_path / "floors.json"
    path.write_text("{}")
    return path


@pytest.fixture
def measured(tmp_path, monkeypatch):
    """What the one evaluation "small" will measure; its data is a file that is there, that of "absent" is not."""
    data, values = tmp_path / "data.txt", {"R@1": 0.8}
    data.write_text("spine")
    every = {
        "small": command.Evaluation(lambda: Outcome(dict(values), ("s01: rank 2",)), [data]),
        "absent": command.Evaluation(lambda: pytest.fail("measured without data"), [tmp_path / "none.txt"]),
    }
    monkeypatch.setattr(command, "evaluations", lambda: every)
    return values


@pytest.mark.usefixtures("measured")
def test_floors_are_raised_then_hold(floors, capsys):
    assert command.main(["--raise"], floors) == 0
    assert json.loads(floors.read_text())["small"]["floors"] == {"R@1": 0.8}
    assert command.main([], floors) == 0
    assert ["R@1", "0.8000", "0.800"] in [line.split() for line in capsys.readouterr().out.splitlines()]


def test_a_fall_is_said_and_exits_with_one(floors, measured, capsys):
    command.main(["--raise"], floors)
    measured["R@1"] = 0.7
    assert command.main([], floors) == 1
    assert "BELOW THE FLOOR: small: R@1 fell to 0.7000, its floor is 0.8000" in capsys.readouterr().out


def test_raising_never_sinks(floors, measured):
    command.main(["--raise"], floors)
    measured["R@1"] = 0.7
    assert command.main(["--raise"], floors) == 0
    assert json.loads(floors.read_text())["small"]["floors"] == {"R@1": 0.8}


@pytest.mark.usefixtures("measured")
def test_data_that_are_not_there_are_skipped_aloud(floors, capsys):
    assert command.main(["--only", "absent"], floors) == 0
    assert "absent: skipped" in capsys.readouterr().out


@pytest.mark.usefixtures("measured")
def test_an_unknown_evaluation_is_refused(floors):
    with pytest.raises(SystemExit) as stop:
        command.main(["--only", "large"], floors)
    assert stop.value.code == 2
