"""Our stemmer against NLTK's."""

import gzip
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.stem.snowball import EnglishStemmer

import indexer
from indexer.stem import stem
from tests.evaluation.libraries import CORPUS

ENDINGS = """
    ization ational fulness ousness iveness tional biliti lessli entli ation alism aliti ousli iviti
    fulli enci anci abli izer ator alli bli ogi li alize icate iciti ative ical ness ful ement ance
    ence able ible ment ant ent ism ate iti ous ive ize ion al er ic e l sses ied ies us ss s eedly
    ingly edly eed ing ed at bl iz ly y ll gener commun arsen
""".split()
PIECES = st.sampled_from(ENDINGS) | st.text("abcdefghiklmnoprstuvwxyz0", max_size=3)
stemmer = EnglishStemmer()


@given(st.lists(PIECES, max_size=6).map("".join))
@example("skies")
@example("proceedings")
@example("yoyoyay")
def test_words_of_any_letters_have_the_stem_that_nltk_gives_them(word):
    assert stem(word) == stemmer.stem(word)


def test_words_of_the_language_have_the_stem_that_nltk_gives_them():
    listed = gzip.decompress((Path(indexer.__file__).parent / "clean" / "words.txt.gz").read_bytes()).decode()
    corpus = "".join(path.read_text() for path in CORPUS.glob("*.txt"))
    words = sorted({*listed.lower().split()[::7], *re.findall("[a-z]+", corpus.lower())})
    assert len(words) > 5_000
    assert [word for word in words if stem(word) != stemmer.stem(word)] == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("as", "as"),
        ("dying", "die"),
        ("agreed", "agre"),
        ("hoping", "hope"),
        ("hopping", "hop"),
        ("generally", "general"),
    ],
)
def test_a_stem(word, expected):
    assert stem(word) == expected
