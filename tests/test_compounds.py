import pytest

from indexer.compounds import forms, pair
from indexer.records import Phrase, Word
from tests.notation import note


def written(*parts):
    return [form.text for form in forms(parts)]


@pytest.mark.parametrize(
    ("parts", "others"),
    [
        (["extramedullary"], ["extra-medullary"]),
        (["Postoperative"], ["post-operative"]),
        (["5mg"], ["5 mg", "5mg"]),
        (["5", "mg"], ["5 mg", "5mg"]),
        (["2.5µg"], ["2.5 µg", "2.5µg", "2.5 mcg", "2.5mcg", "2.5 ug", "2.5ug"]),
        (["3T"], ["3 t", "3t", "3 tesla", "3tesla"]),
        (["1.4", "1.3"], ["1.4 x 1.3"]),
        (["1.4", "1.3", "1.7"], ["1.4 x 1.3 x 1.7"]),
        (["F", "18"], ["18F", "F18", "18 F", "F 18", "fluorine 18", "fluor 18"]),
        (["18F"], ["18F", "F18", "18 F", "F 18", "fluorine 18", "fluor 18"]),
        (["Iodine", "131"], ["131I", "I131", "131 I", "I 131", "iodine 131"]),
        (["99mTc"], ["99mTc", "Tc99m", "99m Tc", "Tc 99m", "technetium 99m"]),
        (["18", "FDG"], ["18F-FDG", "F-18-FDG"]),
        (["18F", "FDG"], ["18-FDG", "F-18-FDG"]),
        (["68", "PSMA"], ["68GA-PSMA", "GA-68-PSMA"]),
        (["TNFα"], ["tnf alpha"]),
        (["IL1β"], ["il1 beta"]),
    ],
)
def test_other_ways_to_write_a_word(parts, others):
    assert written(*parts) == others


@pytest.mark.parametrize(
    "parts",
    [
        ["understand"],
        ["outcome"],
        ["posting"],
        ["subset"],
        ["antic"],
        ["II"],
        ["IV"],
        ["type2"],
        ["5x"],
        ["T12"],
        ["L2", "L4"],
        ["C", "7"],
        ["H2"],
        ["IL", "6"],
        ["2015", "2020", "2021", "2022"],
        ["68", "FDG"],
        ["11C", "FDG"],
        ["5µ"],
        ["α"],
        ["xα"],
        ["μετα"],
        ["tnfalpha"],
        [""],
        [],
    ],
)
def test_what_has_no_other_way_to_be_written(parts):
    assert written(*parts) == []


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("extra-medullary", Phrase(("extra", "medullari"))),
        ("18F-FDG", Phrase(("18f", "fdg"))),
    ],
)
def test_what_finds_a_form(text, clause):
    asked = {"extra-medullary": ["extramedullary"], "18F-FDG": ["18", "FDG"]}[text]
    assert {form.text: form.clause for form in forms(asked)}[text] == clause


@pytest.mark.parametrize(
    ("left", "right", "together"),
    [
        ("extra", "medullary", "extramedullari"),
        ("Non", "Hodgkin", "nonhodgkin"),
        ("post", "operative", "postop"),
        ("5", "mg", "5mg"),
        ("TNF", "alpha", "tnfalpha"),
        ("tnf", "α", "tnfalpha"),
        ("tnf", "alpha", "tnfalpha"),
        ("2.5", "µg", "2.5mug"),
    ],
)
def test_neighbours_that_may_be_one_word(left, right, together):
    form = pair(left, right)
    assert form is not None
    assert note(form.clause) == together


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("the", "rapist"),
        ("in", "formation"),
        ("a", "cross"),
        ("extra", "cord"[:3]),
        ("type", "II"),
        ("5", "patients"),
        ("TNF", "alphabet"),
        ("pre", "5"),
    ],
)
def test_neighbours_that_are_two_words(left, right):
    assert pair(left, right) is None


def test_a_form_is_a_clause_that_engines_know():
    assert {type(form.clause) for parts in (["5mg"], ["F", "18"], ["extradural"]) for form in forms(parts)} == {
        Word,
        Phrase,
    }
