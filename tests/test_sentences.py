from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from indexer.punkt import ABBREVIATIONS
from indexer.sentences import punkt_sentences, sentences, sentences_of


def told(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["It grew.", "It was removed."],
        ["Perrin et al. reported 5% of cases.", "Others did not."],
        ["The mass (Fig. 7d) was soft.", "See Fig. 3 and Table 2."],
        ["The dose was 1.5 mg i.v. for 3 days.", "Dr. Lukas agreed."],
        ["Infections (e.g. pneumonia) vs. tumors, approx. 5 cm in size.", "E. coli was found."],
        ["Was it seen?", "Yes!", "The U.S. National Institute agreed."],
        ["He said “No.”", "Then he left."],
        ["One sentence without an end"],
        ["The result was 3.6 months.", "The rest took 20.1 months."],
        ["Is it benign?"],
        ["See p. 12 and Art. 5 of the rules.", "They are short."],
        ["Palestrina (c. 1525 – 1594) wrote 104 masses.", "The Ninth, Op. 125, came later."],
        ["They took vitamin C.", "12 did not."],
        ["Sie werden nach den Eisheiligen (11. bis 15. Mai) gesetzt.", "Es war der 3. Oktober 1990."],
        ["Das 2. Kapitel ist kurz, vgl. Abb. 3 bzw. Nr. 5.", "Die 14. Auflage auch."],
        ["Nach Art. 9 Abs. 2 Bst. b sind es Fr. 1'500.", "Vgl. Rz. 12."],
        ["The repair was done by Messrs. Tolley.", "It took weeks."],
        ["Mme. Durand est venue.", "La Sra. García vive aquí."],
        ["Weigh 960 g.", "“Now” add 3 oz.", "Stir it for 10 s.", "It is 5 ft. 3 in. wide."],
        ["G. Smith and 12 others, s. Abb. 3, 1998 s. Abb. 4, saw 5 J. Müller and approx. 5 g of it."],
        ["He was 14.", "May and Janet came.", "Bed 3 was limed in 1999.", "August was dry."],
    ],
)
def test_boundaries(parts):
    assert told(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["脊髄腫瘍は稀である。", "症状は痛みである！", "治療は？", "手術"],
        ["彼は「はい。」と言った。", "「いいえ。」", "彼女は言った。"],
        ["他说：“你好。”", "然后走了。", "价格是3.5元。"],
        ["この「え！？」は、「え。」、つまり驚きである。"],
        ["終わり。。。", "始まり｡"],
        ["这是 E. coli 和 Salmonella。", "它生长！"],
    ],
)
def test_chinese_and_japanese_sentences_end_without_a_space(parts):
    assert told("".join(parts)) == parts


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_no_text_has_no_sentences(text):
    assert told(text) == []


@given(st.text(st.sampled_from("ab AB.?! 1\n\"')(中。」と"), max_size=200))
def test_sentences_hold_every_character_but_white_space_once_and_in_order(text):
    found = sentences(text)
    assert "".join("".join(sentence.split()) for sentence in told(text)) == "".join(text.split())
    assert all(left[1] <= right[0] for left, right in pairwise(found))
    assert all(sentence == sentence.strip() != "" for sentence in told(text))


WORDS = "The tumor grew e.g. i.v. Fig. 3 A. U.S. St. etc. No. well-known. vs.".split()
SIGNS = [*".?!,;:)(\"'”»-–[]", "...", ".....", ". . .", "?!", ".)", " ", "  ", "\n", "\xa0", "\x85", "\x1c"]
SOLID = "W. 4.5.3. x-ray. to-St. and/or. a_b. 5%. + = ' } * @ -- É 中 ²".split()
PIECES = st.sampled_from([*WORDS, *SIGNS, *SOLID, "foo", "é.", "2", "1.5"])


@given(st.lists(PIECES, max_size=20).map("".join) | st.lists(PIECES, max_size=20).map(" ".join))
def test_boundaries_are_those_of_punkt_itself(text):
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    assert list(punkt_sentences(text)) == list(PunktSentenceTokenizer(parameters).span_tokenize(text))


@given(st.lists(st.lists(PIECES | st.sampled_from("中。」と"), max_size=9).map(" ".join), max_size=4))
def test_paragraphs_have_together_the_sentences_that_each_has_alone(paragraphs):
    starts = np.cumsum([0, *(len(text) + 2 for text in paragraphs)])[:-1]
    found = sentences_of("\n\n".join(paragraphs), starts, starts + [len(text) for text in paragraphs])
    alone = [
        (base + start, base + end, number)
        for number, (base, text) in enumerate(zip(starts.tolist(), paragraphs, strict=True))
        for start, end in sentences(text)
    ]
    assert list(zip(*(each.tolist() for each in found), strict=True)) == alone


@pytest.mark.parametrize(
    ("end", "first", "one"), [("Fig.", "3", True), ("xxTable.", "3", False), ("Table.", "A", False)]
)
def test_a_number_belongs_to_the_word_before_it(end, first, one):
    assert len(told(f"It is shown in the {end} {first} of them.")) == (1 if one else 2)
