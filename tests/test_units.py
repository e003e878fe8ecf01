import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.units import LIST_WORDS, units
from tests.passages import begins_of, units_of


def texts(passage):
    return [passage[start:end] for start, end in units_of(passage)]


def test_sentences_are_units():
    passage = "The cord swells. It hurts.\n\nSurgery helps."
    assert texts(passage) == ["The cord swells.", "It hurts.", "Surgery helps."]


def test_a_lead_in_reaches_over_its_items_which_are_units_too():
    passage = "Signs vary. Symptoms include:\n\n• Back pain\n• Numbness\n\nSee a doctor."
    assert texts(passage) == [
        "Signs vary.",
        "Symptoms include:\n\n• Back pain\n• Numbness",
        "• Back pain",
        "• Numbness",
        "See a doctor.",
    ]


@pytest.mark.parametrize("mark", ["•", "-", "–", "*", "1.", "(2)", "a)", "iv."])
def test_marks_of_items(mark):
    assert texts(f"Symptoms:\n\n{mark} Back pain")[0] == f"Symptoms:\n\n{mark} Back pain"


def test_lines_without_marks_are_items_when_nothing_parts_them():
    assert texts("Symptoms:\nBack pain\nNumbness")[0] == "Symptoms:\nBack pain\nNumbness"


def test_a_paragraph_after_a_colon_is_no_item():
    assert texts("We found:\n\nThe cord swells.") == ["We found:", "The cord swells."]


def test_a_long_list_is_cut_between_items():
    items = [f"• {'word ' * 19}end{n}" for n in range(9)]
    first = texts("Symptoms:\n" + "\n".join(items))[0]
    assert len(first.split()) <= LIST_WORDS
    assert first.endswith("end2")


def test_the_first_item_is_taken_whatever_its_length():
    item = "• " + "word " * 200 + "end"
    assert texts(f"Symptoms:\n{item}")[0].endswith("end")


@pytest.mark.parametrize("text", ["", "\n\n", "  \n "])
def test_nothing_has_no_units(text):
    assert units_of(text) == []


@given(st.text(alphabet="ab .:\n•", max_size=80))
def test_every_word_stands_in_a_unit(text):
    held = {at for start, end in units_of(text) for at in range(start, end)}
    assert all(at in held for at, char in enumerate(text) if not char.isspace())


@given(st.lists(st.text(alphabet="ab .:\n•\u3000\x85", max_size=40), max_size=4))
def test_units_of_several_texts_are_those_of_each(several):
    found = units(several, [begins_of(text) for text in several])
    spans = list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))
    for text, base, first, last in zip(several, found.bases, found.edges, found.edges[1:], strict=False):
        assert [(start - base, end - base) for start, end in spans[first:last]] == units_of(text)
