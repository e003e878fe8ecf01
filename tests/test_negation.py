"""Labels were made before the rules: `tuned` was looked at while writing them, `held` and `research` were not.

At first sight of the rules, over the 80 negated words of `held` and `research`: precision .975, recall .975; over the
12 of a patient's history 1.0 and .917. `research` is drawn at random from
public abstracts and articles, word by word. What was seen there has been mended since; the floors are of now.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analyse import analyse
from indexer.negation import FLAGS, flag_at, flag_terms, flags_by_position, scopes
from indexer.records import Span

DATA = Path(__file__).parent / "data" / "negation.tsv"
LABELLED = [line.split("\t") for line in DATA.read_text(encoding="utf-8").splitlines()[1:]]
FLOORS = {"negated": (1.0, 0.98), "possible": (0.97, 0.97), "historical": (1.0, 1.0)}


def told(word: str, sentence: str) -> str:
    """What the rules say of a word in a sentence."""
    at = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence, re.IGNORECASE)
    assert at, (word, sentence)
    return flag_at(scopes(sentence), Span(*at.span())) or "affirmed"


def test_there_are_enough_labels():
    assert sum(part != "tuned" for part, *_ in LABELLED) >= 150
    assert {flag for _, flag, *_ in LABELLED} == {"affirmed", *FLAGS}


@pytest.mark.parametrize("flag", FLAGS)
def test_precision_and_recall_over_all_labels(flag):
    pairs = Counter((label == flag, told(word, sentence) == flag) for _, label, word, sentence in LABELLED)
    precision = pairs[True, True] / (pairs[True, True] + pairs[False, True])
    recall = pairs[True, True] / (pairs[True, True] + pairs[True, False])
    assert precision >= FLOORS[flag][0]
    assert recall >= FLOORS[flag][1]


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
    flags = flags_by_position(text, analyse(text))
    words = [term.text for term in analyse(text)]
    assert {words[position] for position in flags} == {"fractur", "mass"}


def test_a_compound_stands_where_its_parts_do():
    text = "It was negative for TTF-1."
    assert {term.text for term in flag_terms(text, analyse(text))} == {"!negated"}
    assert [term.position for term in flag_terms(text, analyse(text))] == [4, 5]


@given(st.text(st.sampled_from("no but, historyf.t;éx\n'-\ud800 "), max_size=200))
def test_scopes_lie_in_any_text(text):
    for scope in scopes(text):
        assert scope.flag in FLAGS
        assert 0 <= scope.span.start < scope.span.end <= len(text)


def test_a_long_text_without_an_end_takes_no_long_time():
    assert scopes("no " * 20_000)
