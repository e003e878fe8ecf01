"""Disclaimers that say something about the subject, too."""

import pytest

from indexer.clean import clean
from tests.clean.extracts import again_blocked, blocked, paragraphs, plain

SUBJECT = "A tumor presses on the spinal cord, and bowel and bladder suffer. Surgery frees the cord."
CUE = "Results may vary."
ADVICE = "Please consult your physician for a complete list of risks."
RISKS = "Infection and trouble with bowel or bladder are risks of surgery."


def labelled(*paragraph: str) -> list[tuple[str, str]]:
    return paragraphs(clean(plain(f"Tumors\n\n{SUBJECT}\n\n{' '.join(paragraph)}")))[2:]


def test_a_sentence_about_the_subject_is_content() -> None:
    assert labelled(CUE, RISKS, ADVICE) == [("disclaimer", CUE), ("prose", RISKS), ("disclaimer", ADVICE)]
    assert labelled(RISKS, CUE, ADVICE) == [("prose", RISKS), ("disclaimer", f"{CUE} {ADVICE}")]


@pytest.mark.parametrize(
    "sentence",
    [
        "You may suffer from surgery on the cord.",
        "This site tells what surgery does to the spinal cord.",
        "These statements were not evaluated by any federal agency.",
        "Infection, trouble with sleep, falls and fever are risks of surgery.",
    ],
)
def test_a_sentence_to_the_reader_or_about_something_else_is_not(sentence: str) -> None:
    assert labelled(CUE, sentence) == [("disclaimer", f"{CUE} {sentence}")]


def test_a_paragraph_of_a_format_is_parted_for_good() -> None:
    once = clean(blocked([("prose", SUBJECT), ("prose", f"{CUE} {RISKS}")]))
    assert paragraphs(once)[1:] == [("disclaimer", CUE), ("prose", RISKS)]
    assert clean(again_blocked(once)).blocks == once.blocks


def test_what_is_found_to_be_about_the_subject_tells_more_of_it() -> None:
    fever = "Fever tells of trouble after infection."
    assert labelled(CUE, RISKS, CUE, fever)[-1] == ("prose", fever)
    assert labelled(CUE, fever) == [("disclaimer", f"{CUE} {fever}")]
