"""Cues that are looked for by a word of theirs first."""

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clean.content import Content
from indexer.clean.cues import BANNER, CUES, DATE_LINE, DISCLAIMER, DISCLOSURE, INTERRUPTION, LOGIN, Cue

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


MORE = {
    "Published: May 9, 1997": DATE_LINE,
    "This page was last reviewed on 3 March 2020": DATE_LINE,
    "Date 1997-05-09": DATE_LINE,
    "Expires May 2020": DATE_LINE,
    "ADVERTISEMENT": INTERRUPTION,
    "Sponsored links": INTERRUPTION,
    "Story continues below": INTERRUPTION,
    "Scroll down to continue reading": INTERRUPTION,
    "Please log in": LOGIN,
    "Signed-in users": LOGIN,
    "Subscribe": LOGIN,
    "if you have never registered": LOGIN,
    "Register here": LOGIN,
    "forgot your password": LOGIN,
    "Members only": LOGIN,
    "a service plan": LOGIN,
    "Create a free account": LOGIN,
    "for full access": LOGIN,
    "This site uses cookies": BANNER,
    "Enable JavaScript": BANNER,
    "our privacy policy": BANNER,
    "Terms of Use": BANNER,
    "All rights reserved": BANNER,
    "now offering": BANNER,
    "until further notice": BANNER,
    "We are proud": BANNER,
    "We are here for you": BANNER,
    "accepting new patients": BANNER,
    "Meta Pixel": BANNER,
    "Skip to content": BANNER,
}


@pytest.mark.parametrize(("phrase", "cue"), (PHRASES | MORE).items())
def test_every_phrase_holds_a_word_that_is_looked_for_first(phrase: str, cue: Cue) -> None:
    assert cue.times(phrase) == 1
    assert Content(f"Yes.\n\n{phrase}\n\nNo.").parts(cue, np.array([0, 6, 8 + len(phrase)])) == {1}


WORDS = st.sampled_from([*" ".join(PHRASES | MORE).split(), "fınancial", "ſubſtitute", "İnterest", "\u212aey", "é"])


@given(st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=4))
def test_every_part_that_holds_a_phrase_is_among_those_that_may(parts: list[str]) -> None:
    starts = np.array([*accumulate((len(part) + 1 for part in parts), initial=0)][:-1], np.int64)
    for cue in CUES:
        holding = {at for at, part in enumerate(parts) if cue.times(part)}
        assert holding <= Content("\n".join(parts)).parts(cue, starts)


def test_a_page_that_asks_to_log_in_says_so_in_more_than_one_way() -> None:
    assert LOGIN.times("Log in, or log in again.") == 1
    assert LOGIN.times("Log in, or create an account.") == 2
