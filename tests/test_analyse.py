import re
import unicodedata
from itertools import product
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.stem.snowball import EnglishStemmer

from indexer.analyse import STEMMING, STOP_WORDS, _stemmed, analyse, fold, joined, parts, term, terms_of, words
from indexer.native import WORDS
from indexer.plurals import singular


def texts_of(text):
    return [found.text for found in analyse(text)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("metastasis", "metastases"),
        ("diagnosis", "diagnoses"),
        ("vertebra", "vertebrae"),
        ("carcinoma", "carcinomata"),
        ("radius", "radii"),
        ("Tumor", "tumors"),
        ("naïve", "naive"),
        ("Réunion", "reunion"),
        ("patient’s", "patients"),
        ("1,215", "1215"),
        ("β", "beta"),
        ("ﬁbrosis", "fibrosis"),
        (unicodedata.normalize("NFD", "café"), "café"),
    ],
)
def test_forms_of_one_word_share_a_term(left, right):
    assert term(left) == term(right)


STEMMER = EnglishStemmer()
BEGINNINGS = ("", "y", "habit", "gener", "commun", "say", "hop", "bead")
ENDS = "e l s us ied eed eedly ed ingly iz bl y ization ational tional fulness entli alli ogi li icate ative ion ement"


def test_stems_are_those_of_nltk():
    ends = [*map("".join, product(ascii_lowercase, repeat=3)), *map("".join, product(ENDS.split(), repeat=2))]
    for word in (beginning + end for beginning in BEGINNINGS for end in ends):
        if word == singular(word):
            assert term(word) == STEMMER.stem(word)


PIECES = "a e l s us ed ing iz y ation gener radi sky metast analy psor hoo wol clinic genera mice ses sta ves ata ae i"


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(st.lists(st.sampled_from([*PIECES.split(), *STEMMING[0]]), min_size=1, max_size=4).map("".join))
def test_stems_in_c_are_those_in_python(word):
    assert WORDS.stem(word[:64], STEMMING) == _stemmed(word[:64])


@pytest.mark.parametrize("word", ["skies", "dying", "news", "proceeded", "c++", "b" * 60 + "nings", "b" * 70])
def test_words_that_no_rule_is_for_have_the_stem_of_nltk(word):
    assert term(word) == STEMMER.stem(word)[:64]


@pytest.mark.parametrize(
    ("left", "right"),
    [("dose", "doze"), ("new", "news"), ("C5", "C6"), ("T1", "T12"), ("1.5", "15"), ("us", "use")],
)
def test_different_words_keep_different_terms(left, right):
    assert term(left) != term(right)


@pytest.mark.parametrize("token", ["C5", "T", "β", "1.4", "C", "5", "Ki", "L2"])
def test_short_and_technical_tokens_survive(token):
    assert len(texts_of(f"at {token} level")) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TTF-1", ["ttf", "ttf1", "1"]),
        ("TTF1", ["ttf1"]),
        ("non-neurogenic", ["non", "nonneurogen", "neurogen"]),
        ("1.4×1.3×1.7", ["1.4", "1.4-1.3-1.7", "1.3", "1.7"]),
        ("1.4x1.3x1.7", ["1.4", "1.4-1.3-1.7", "1.3", "1.7"]),
        ("T12-L2", ["t12", "t12l2", "l2"]),
        ("T12 - L2", ["t12", "l2"]),
        ("15-20", ["15", "15-20", "20"]),
        ("10⁵ cells", ["10", "10^5", "5", "cell"]),
        ("10⁻⁷M 10⁺⁵ cm⁻¹", ["10", "10^-7", "7", "m", "10", "10^5", "5", "cm", "1"]),
        ("Meyer¹² H²O²", ["meyer", "meyer12", "12", "h2o2"]),
        ("2019³", ["2019", "2019^3", "3"]),
        ("1.5² m² CO₂ 5m²", ["1.5", "1.5^2", "2", "m2", "co2", "5m2"]),
        ("18-fluoro", ["18", "18fluoro", "fluoro"]),
        ("L1,L2", ["l1", "l2"]),
        ("3,10", ["3,10"]),
        ("H1x2", ["h1x2"]),
        ("x-ray", ["x", "xray", "ray"]),
        ("well--enhanced", ["well", "enhanc"]),
        ("O'Neill", ["oneil"]),
        ("L'eau", ["l", "leau", "eau"]),
        ("qu’une", ["qu", "quun", "une"]),
        ("Bell's aujourd'hui we'll l'x", ["bell", "aujourdhui", "well", "lx"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_terms_of_a_word(text, expected):
    assert texts_of(text) == expected


def test_a_compound_stands_at_the_position_of_its_first_part():
    found = {(t.text, t.position) for t in analyse("of non-neurogenic origin")}
    assert found == {("of", 0), ("non", 1), ("nonneurogen", 1), ("neurogen", 2), ("origin", 3)}


def test_spans_point_at_the_word_and_at_the_whole_compound():
    text = "A TTF-1 stain"
    spans = {t.text: t.span.of(text) for t in analyse(text)}
    assert spans == {"a": "A", "ttf": "TTF", "ttf1": "TTF-1", "1": "1", "stain": "stain"}


def test_negations_are_not_stop_words():
    assert not {"not", "no", "without", "may", "can", "us"} & STOP_WORDS


@given(st.text())
def test_every_term_has_text_and_lies_in_the_text_in_order(text):
    found = analyse(text)
    assert all(t.text and 0 <= t.span.start < t.span.end <= len(text) for t in found)
    assert [t.position for t in found] == sorted(t.position for t in found)


@given(st.text())
def test_words_and_terms_see_the_same_parts(text):
    parts = {part for chain in words(text) for part in chain}
    assert {t.span for t in analyse(text)} <= parts | {
        type(chain[0])(chain[0].start, chain[-1].end) for chain in words(text)
    }


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1))
def test_folding_twice_is_folding_once(word):
    assert fold(fold(word)) == fold(word)


def test_joined_numbers_keep_their_distance():
    assert joined(["15", "20"]) == "15-20"
    assert joined(["10", "⁵"]) == "10^5"
    assert joined(["10", "⁻⁵"]) == "10^-5"
    assert joined(["TTF", "1"]) == "ttf1"


def reference(text):
    """Words one after another, those put together between which stands one joining character."""
    single = re.compile(
        r"(?P<times>(?<=\d)[xX](?=\d))|[漢カ]|(?:l|qu)['’](?=[^\W_漢カ]{2})|"
        r"\d+(?:[.,]\d+)*(?:(?=[xX]\d)|[^\W_漢カ]*)|[^\W_漢カ]+(?:['’][^\W_漢カ]+)*"
    )
    made = []
    for found in single.finditer(text):
        if found["times"]:
            continue
        start, before = found.start(), made[-1][-1][1] if made else -2
        joins = start - before == 1 and text[before] in "-‐‑‒–−_×xX/"
        behind = text[before - 1 : before]
        if joins or (start == before and (behind in "'’" or (behind in "漢カ" and text[start] in "漢カ"))):
            made[-1].append(found.span())
        else:
            made.append([found.span()])
    return made


@given(st.text(st.sampled_from("aBlquxX12 .,-–_/×'’é\u0301漢カ"), max_size=30))
def test_the_terms_of_a_text_are_those_in_their_places(text):
    assert terms_of(text) == {found.text for found in analyse(text)}


@given(st.text(st.sampled_from("aBlquxX12 .,-–_/×'’é\u0301漢カ"), max_size=30))
def test_words_are_told_as_by_one_part_after_another(text):
    assert [[(part.start, part.end) for part in word] for word in words(text)] == reference(text)


@given(st.text(st.sampled_from("aBlquxX12 .,-–_/×'’é\u0301漢カ"), max_size=30))
def test_terms_are_those_of_the_parts_and_of_compounds(text):
    expected, position = [], 0
    for word in reference(text):
        parts = [text[start:end] for start, end in word]
        expected += [(term(part), position + at) for at, part in enumerate(parts)]
        expected += [(joined(parts), position)] if len(parts) > 1 else []
        position += len(parts)
    assert sorted((t.text, t.position) for t in analyse(text)) == sorted(pair for pair in expected if pair[0])


def test_the_parts_of_a_text_are_those_of_its_words():
    text = "TTF-1 and 1.4×1.3, 腫瘍 in C++"
    assert parts(text) == [part.of(text) for chain in words(text) for part in chain]
    assert parts(text) == ["TTF", "1", "and", "1.4", "1.3", "腫", "瘍", "in", "C++"]
