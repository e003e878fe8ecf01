import pytest

from indexer.negation import FLAGS
from tests.evaluation.floors import fallen, read_floors
from tests.evaluation.libraries import digest
from tests.evaluation.negation import LABELS, Labelled, labels, measured, told


def test_there_are_enough_labels_of_every_kind():
    every = labels()
    assert sum(one.part != "tuned" for one in every) >= 150
    assert {one.flag for one in every} == {"affirmed", *FLAGS}
    assert len({(one.word, one.sentence) for one in every}) == len(every)


def test_the_rules_hold_their_floors():
    floors = read_floors("negation")
    assert len(floors.floors) == 10
    assert fallen(floors, measured(), digest([LABELS])) == []


def test_what_is_told_wrongly_is_named(monkeypatch):
    monkeypatch.setattr(
        "tests.evaluation.negation.labels",
        lambda: [
            Labelled("held", "negated", "mass", "No mass was seen."),
            Labelled("held", "negated", "cyst", "A cyst was seen."),
            Labelled("tuned", "possible", "cyst", "A possible cyst."),
            Labelled("fresh", "possible", "cyst", "A possible cyst."),
            Labelled("held", "historical", "cyst", "History of cyst."),
        ],
    )
    outcome = measured()
    assert outcome.values["negated recall"] == 0.5
    assert outcome.values["negated precision"] == outcome.values["possible recall, beside cues"] == 1.0
    assert outcome.remarks[0] == "5 labelled words, 1 of them drawn from beside a cue"
    assert outcome.remarks[1:] == ("negated 'cyst' is told as affirmed: A cyst was seen.",)


def test_a_label_for_a_word_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="does not stand"):
        told(Labelled("held", "negated", "mass", "Nothing."))
