"""The gate: the five documents, measured as a whole, against their floors."""

import json

import pytest

from tests.evaluation.__main__ import evaluations, report
from tests.evaluation.floors import FLOORS, Floors, Outcome, fallen, raised, read_floors, write_floors
from tests.evaluation.libraries import digest


def test_five_documents_stay_above_their_floors():
    evaluation = evaluations()["five_documents"]
    absent = [path.name for path in evaluation.files if not path.exists()]
    if absent:
        pytest.skip(f"needs the five documents in corpus/: {', '.join(absent)} missing")
    floors, outcome = read_floors("five_documents"), evaluation.measured()
    fell = fallen(floors, outcome, digest(evaluation.files))
    assert not fell, "\n".join([*fell, report("five_documents", outcome, floors, 0)])


def test_every_evaluation_has_floors():
    kept = json.loads(FLOORS.read_text())
    assert set(kept) == set(evaluations())
    assert all(len(one["data"]) == 64 and one["floors"] for one in kept.values())


OLD = Floors("data 1", {"R@1": 0.8, "RR@10": 0.9})


def test_what_fell_is_named_with_its_floor():
    assert fallen(OLD, Outcome({"R@1": 0.75, "RR@10": 0.9}), "data 1") == ["R@1 fell to 0.7500, its floor is 0.8000"]


def test_a_measure_that_is_gone_is_named():
    assert fallen(OLD, Outcome({"R@1": 0.8}), "data 1") == ["RR@10 has a floor but was not measured"]


def test_other_data_say_nothing_about_the_floors():
    (sentence,) = fallen(OLD, Outcome({"R@1": 1.0, "RR@10": 1.0}), "data 2")
    assert "not those the floors were measured on" in sentence


def test_nothing_falls_without_floors():
    assert fallen(Floors("", {}), Outcome({"R@1": 0.0}), "data 1") == []


def test_floors_rise_and_never_sink():
    assert raised(OLD, Outcome({"R@1": 0.85678, "RR@10": 0.1}), "data 1") == Floors(
        "data 1", {"R@1": 0.856, "RR@10": 0.9}
    )


def test_floors_on_other_data_start_anew():
    assert raised(OLD, Outcome({"R@1": 0.5}), "data 2") == Floors("data 2", {"R@1": 0.5})


def test_raised_floors_are_not_above_what_was_measured():
    outcome = Outcome({"R@1": 2 / 3, "RR@10": 0.9})
    assert fallen(raised(OLD, outcome, "data 2"), outcome, "data 2") == []


def test_floors_are_kept_beside_those_of_others(tmp_path):
    path = tmp_path / "floors.json"
    path.write_text('{"other": {"data": "d", "floors": {"R@1": 0.5}}}')
    write_floors("mine", OLD, path)
    assert read_floors("mine", path) == OLD
    assert read_floors("other", path) == Floors("d", {"R@1": 0.5})
    assert read_floors("third", path) == Floors("", {})


def test_digest_tells_content_and_names_apart(tmp_path):
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("lung")
    two.write_text("spine")
    first = digest([one, two])
    assert digest([two, one]) == first
    two.write_text("spines")
    assert digest([one, two]) != first


def test_report_sets_what_was_measured_beside_the_floor():
    text = report("five", Outcome({"R@1": 0.5, "AP": 1}, ("s01: rank 2",)), Floors("d", {"R@1": 0.4}), 3)
    assert [line.split() for line in text.splitlines()] == [
        ["five", "(3", "s)", "measured", "floor"],
        ["----------", "--------", "-----"],
        ["R@1", "0.5000", "0.400"],
        ["AP", "1.0000", "-"],
        ["s01:", "rank", "2"],
    ]
