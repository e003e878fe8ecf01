"""Cues that are looked for by a word of theirs first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clean.cues import DISCLAIMER, DISCLOSURE, Cue

PHRASES = {
    "It is not intended as a substitute for advice.": DISCLAIMER,
    "Not meant to replace your doctor.": DISCLAIMER,
    "THIS IS NOT A SUBSTITUTE FOR CARE": DISCLAIMER,
    "For general educational purposes only": DISCLAIMER,
    "For your information only": DISCLAIMER,
    "Consult your physician before use": DISCLAIMER,
    "See a healthcare provider regarding this": DISCLAIMER,
    "Contact your health care professional before use": DISCLAIMER,
    "It should not be used as medical advice": DISCLAIMER,
    "It does not constitute legal advice": DISCLAIMER,
    "We do not provide financial advice": DISCLAIMER,
    "Results may vary": DISCLAIMER,
    "Medical disclaimer": DISCLAIMER,
    "professional diagnosis": DISCLAIMER,
    "Adverse events, clinical results": DISCLAIMER,
    "no relevant financial ties": DISCLOSURE,
    "Financial disclosures": DISCLOSURE,
    "A conflict of interest": DISCLOSURE,
    "competing interests": DISCLOSURE,
    "He received honoraria": DISCLOSURE,
    "Nothing to disclose": DISCLOSURE,
    "a member of the advisory board": DISCLOSURE,
}


@pytest.mark.parametrize(("phrase", "cue"), PHRASES.items())
def test_every_phrase_holds_a_word_that_is_looked_for_first(phrase: str, cue: Cue) -> None:
    assert cue.pattern.search(phrase)
    assert cue.stands_in(phrase)


WORDS = st.sampled_from([*" ".join(PHRASES).split(), "fınancial", "ſubſtitute", "İnterest", "Medıcal", "\u212a", "é"])


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_cues_are_told_as_by_their_pattern_alone(text: str) -> None:
    assert DISCLAIMER.stands_in(text) == bool(DISCLAIMER.pattern.search(text))
    assert DISCLOSURE.stands_in(text) == bool(DISCLOSURE.pattern.search(text))


@given(st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=3))
def test_a_cue_for_the_parts_of_a_text_finds_the_same_in_them(texts: list[str]) -> None:
    narrowed = DISCLAIMER.narrowed("\n".join(texts))
    assert [narrowed.stands_in(text) for text in texts] == [DISCLAIMER.stands_in(text) for text in texts]
