"""Cues that are looked for by a word of theirs first."""

from itertools import accumulate

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
    assert cue.parts(f"Yes.\n\n{phrase}\n\nNo.", [0, 6, 8 + len(phrase)]) == {1}


WORDS = st.sampled_from([*" ".join(PHRASES).split(), "fınancial", "ſubſtitute", "İnterest", "Medıcal", "\u212a", "é"])


@given(st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=4))
def test_every_part_that_holds_a_phrase_is_among_those_that_may(parts: list[str]) -> None:
    starts = list(accumulate((len(part) + 1 for part in parts), initial=0))[:-1]
    for cue in (DISCLAIMER, DISCLOSURE):
        holding = {at for at, part in enumerate(parts) if cue.pattern.search(part)}
        assert holding <= cue.parts("\n".join(parts), starts)


def test_parts_without_a_word_of_the_cue_are_not_looked_at() -> None:
    assert DISCLOSURE.parts("It grew.\nIt was received twice: received.\nIt fell.", [0, 9, 43]) == {1}
