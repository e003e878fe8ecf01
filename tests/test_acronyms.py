import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import acronyms
from indexer.acronyms import Told, definitions
from indexer.analyse import terms_of
from indexer.native import WORDS

PIECES = [
    *"aZ15é().,;&-'", "alpha", "beta", "of", "p53", "Hb", "IPv6", "T-cell", "AB", "ab", "ABCDEFGHIJK", "[5]", "\u3000",
    "\n", "\ud800", " AB CD", "(AB)", " (AB)", "(AB, 3)", " (a b)", " (alpha beta)", " alpha beta (AB)",
    "AB (alpha beta) ",
]  # fmt: skip
TEXTS = st.lists(st.lists(st.sampled_from([*PIECES, " ", "  "]), max_size=30).map("".join), max_size=4)


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Intradural extramedullary (IDEM) metastasis is rare.", "IDEM", "Intradural extramedullary"),
        ("metastasis of small cell lung cancer (SCLC)", "SCLC", "small cell lung cancer"),
        ("negative for thyroid transcription factor-1 (TTF-1)", "TTF-1", "thyroid transcription factor-1"),
        ("to the cerebrospinal fluid (CSF) through the dura", "CSF", "cerebrospinal fluid"),
        ("the World Health Organization (WHO)", "WHO", "World Health Organization"),
        ("acute respiratory distress syndrome (ARDS, 2012)", "ARDS", "acute respiratory distress syndrome"),
        ("a Department of Health and Human Services (DHHS) report", "DHHS", "Department of Health and Human Services"),
        ("the heat shock protein 90 (HSP90) family", "HSP90", "heat shock protein 90"),
        ("the haemoglobin (Hb) of", "Hb", "haemoglobin"),
        ("a respiratory syndrome coronavirus (RS-CoV)", "RS-CoV", "respiratory syndrome coronavirus"),
        ("infected ovine progressive pneumonia virus (OPPV)", "OPPV", "ovine progressive pneumonia virus"),
        ("by methylisocitrate lyase (MCL)", "MCL", "methylisocitrate lyase"),
        ("grown in lysogeny broth [55] (LB)", "LB", "lysogeny broth"),
        ("the M. tuberculosis complex (MTC)", "MTC", "M. tuberculosis complex"),
        ("MRI (magnetic resonance imaging) was done", "MRI", "magnetic resonance imaging"),
    ],
)  # fmt: skip
def test_a_short_form_with_its_long_form(text, short, long):
    assert definitions([text]) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "Twelve patients (3 men) were seen.",
        "Willis was the first (Willis 1934).",
        "It was larger (Fig. 2) than before (Table 1).",
        "just under the end (June)",
        "the tumor (MRI) was seen",  # nothing here spells it
        "the MRI (MRI) again",
        "nothing (at all) to see ()",
        "narrow frontal images Gallery I (Group II)",
        "Figure 2 on frontal impact of two days (Fig. 2D)",
        "a movement scheme of birds in a model (MSB model)",
        "There were interactions. For that we built it (IFW)",
        "in cells) than that at day (CTD)",
        "write to khmin@cau.ac.kr (KHM)",
        "detection in Washington (DC)",
        "technology software package (TNT)",
        "methylmalonyl pathway (MM)",
        "(ABC) at the very beginning",
        "a big cat and a dog with ten more words between them than the letters allow (ACD)",
    ],
)
def test_no_short_form(text):
    assert definitions([text]) == []


def test_all_of_a_text_in_order():
    text = "Computed tomography (CT) and positron emission tomography (PET) showed it."
    assert [found.short for found in definitions([text])] == ["CT", "PET"]


@given(st.lists(st.from_regex(r"[a-z]{2,9}", fullmatch=True), min_size=2, max_size=6), st.text(max_size=20))
def test_initials_are_always_found(words, before):
    short = "".join(word[0] for word in words).upper()
    found = definitions([f"{before.replace('(', '')} . {' '.join(words)} ({short}) here"])
    assert any(known.short == short and known.long.lower().endswith(words[-1]) for known in found)


@given(st.text(alphabet="abAB 1(),-.", max_size=60))
def test_a_long_form_stands_in_the_text_and_begins_with_the_first_letter(text):
    for known in definitions([text]):
        assert known.long in text
        assert known.long[0].lower() == next(char for char in known.short if char.isalnum()).lower()


@pytest.mark.parametrize("gap", [0, 1, 249, 250, 251, 100_000])
def test_what_stands_far_before_a_short_form_does_not_matter(gap):
    text = "é" * gap + " magnetic resonance (MR)"
    assert definitions([text]) == [("MR", "magnetic resonance")]


@given(TEXTS)
def test_what_texts_define_is_what_each_defines(texts):
    assert definitions(texts) == [known for text in texts for known in definitions([text])]


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(TEXTS)
def test_parentheses_that_are_left_out_in_c_define_nothing(texts):
    found = acronyms._defined(texts, WORDS.parentheses(tuple(texts)), None)
    assert found == acronyms._defined(texts, acronyms._parentheses(texts), None)


@given(texts=TEXTS, names=st.sets(st.sampled_from(["ab", "hb", "p53"])), words=st.sets(st.sampled_from(PIECES)))
def test_what_is_left_out_tells_nothing_of_what_is_known(texts, names, words):
    terms = frozenset().union(*map(terms_of, words))
    telling = [one for one in definitions(texts) if one.short.lower() in names or terms_of(one.long) <= terms]
    found = definitions(texts, Told(names, terms))
    assert [one for one in found if one in telling] == telling


def test_of_what_is_not_known_most_is_left_out():
    text = "a small cell lung cancer (SCLC), magnetic resonance (MR), and an MRI (magnetic resonance imaging)"
    assert [known.short for known in definitions([text], Told({"sclc"}, {"reson"}))] == ["SCLC", "MR"]
