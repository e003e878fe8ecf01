"""Single rules; `python -m tests.evaluation --only negation` measures them all over labelled sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analyse import analyse
from indexer.negation import FLAGS, scopes, scopes_of
from tests.passages import flags_by_position


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ("No fever, chills or cough; pain persists.", {"negated": ["fever, chills or cough"]}),
        ("Infection was ruled out.", {"negated": ["Infection"]}),
        ("To rule out infection.", {"possible": ["infection"]}),
        ("An abscess could not be excluded.", {"possible": ["An abscess"]}),
        ("History of melanoma.", {"historical": ["melanoma"]}),
        ("No history of melanoma.", {"negated": ["history of melanoma"], "historical": ["melanoma"]}),
        ("She is disease-free.", {"negated": ["disease"]}),
        ("Not only large.", {}),
        ("No change was seen.", {}),
        ("Gram-negative rods.", {}),
        ("Survival with and without a tube, with or without pain.", {}),
        ("Hope has never been more urgent.", {}),
        ("The presence or absence of mitoses, presence/absence of edema.", {}),
        ("As previously described, prior studies used a previously published method.", {}),
        ("It rose in the past three years; in the last few decades it fell.", {}),
        ("Women were most likely to recover.", {}),
        ("It exceeded the suggested limits.", {}),
        ("Lack of time was a barrier.", {"negated": ["time"]}),
        ("No patient had pain.", {"negated": ["patient had pain"]}),
        ("None of the patients whose serum was low died.", {}),
        ("It may have risen in older women.", {"possible": ["have risen"]}),
        ("It has been suggested for lions.", {"possible": ["It"]}),
        ("Prior surgery on the spine.", {"historical": ["surgery"]}),
        ("", {}),
        ("no", {}),
        ("Never.", {}),
    ],
)
def test_what_stands_under_a_cue(text, under):
    found: dict[str, list[str]] = {}
    for scope in scopes(text):
        found.setdefault(scope.flag, []).append(scope.span.of(text).strip())
    assert found == under


def test_a_cue_in_one_sentence_says_nothing_of_the_next():
    text = "There was no fracture. Edema was found. No mass. A cyst."
    flags = flags_by_position(text)
    words = [term.text for term in analyse(text)]
    assert {words[position] for position in flags} == {"fractur", "mass"}


def test_a_compound_stands_where_its_parts_do():
    text = "It was negative for TTF-1."
    assert flags_by_position(text) == {4: "negated", 5: "negated"}


def test_scopes_of_some_cues_are_those_that_begin_there():
    text = "No fever. No pain-free day."
    assert list(scopes_of(text, [10])) == [("negated", 12, 26)]
    assert list(scopes_of(text, [17])) == [("negated", 13, 17)]


CUED = ["no", "not", "TTF-1", "pain-free", "history of", "possible", "but", ".", ";", "'", "1x2", "was ruled out"]


@given(st.text(st.sampled_from("no but, historyf.t;éx\n'-\ud800 "), max_size=200))
def test_scopes_lie_in_any_text(text):
    for scope in scopes(text):
        assert scope.flag in FLAGS
        assert 0 <= scope.span.start < scope.span.end <= len(text)


def test_a_long_text_without_an_end_takes_no_long_time():
    assert scopes("no " * 20_000)


OTHER = ["NO", "Not", "fever", "was NOT seen", "poſſible", "ı", "İ", "é", "R/O", "isn’t", "didn't", "Ruled OUT"]


@given(st.lists(st.sampled_from(CUED + OTHER)).map(" ".join))
def test_cues_are_told_in_lower_case_as_in_any(text):
    text += " é"
    found = scopes(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.negation._UNLIKE", frozenset("é"))
        assert scopes(text) == found
