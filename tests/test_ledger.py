import re
import zlib
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ledger import SKETCH, left_out, likeness, originals, quality, sketch
from indexer.records import Summary
from tests.documents import document


def text(start, count):
    return " ".join(f"word{n}" for n in range(start, start + count))


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("The tumor was removed from the spinal cord without harm.", 0.8, 1.0),
        ("Qzx wvbt plmk nrtz the jklw", 0.0, 0.3),
        ("", 0.0, 0.0),
        ("1 2 3 a b", 0.0, 0.0),
        ("xyzzy xyzzy xyzzy", 1.0, 1.0),
    ],
)
def test_quality_is_the_share_of_real_words(words, low, high):
    assert low <= quality(words) <= high


def test_what_labels_leave_out_is_counted():
    found = document(("title", "T"), ("prose", "Text."), ("banner", "Cookies!"), ("login", "Log in"), ("banner", "Ad"))
    assert left_out(found) == (("banner", 10), ("login", 6))


def test_likeness_estimates_the_share_of_common_shingles():
    whole, half = sketch(text(0, 2000)), sketch(text(1000, 2000))
    assert likeness(whole, whole) == 1.0
    assert likeness(whole, sketch(text(5000, 2000))) == 0.0
    assert abs(likeness(whole, half) - 1 / 3) < 0.15


def test_short_texts_are_like_those_alone_that_have_the_same_words():
    few = sketch("only a few words")
    assert likeness(few, sketch("Only a few  words.")) == 1.0
    assert likeness(few, sketch("only a few other words")) == 0.0
    assert likeness(few, sketch("only a few words " * 9)) == 0.0
    assert likeness(sketch("Withdrawn.", "On apples"), sketch("Withdrawn.", "On pears")) == 0.0
    assert likeness(sketch(""), sketch("?!")) == 0.0


def test_of_nearly_the_same_documents_the_first_by_path_is_the_original():
    rows = [
        Summary("c", "c.txt", "", sketch=sketch(text(0, 500) + " end")),
        Summary("a", "a.txt", "", sketch=sketch(text(0, 500))),
        Summary("b", "b.txt", "", sketch=sketch(text(900, 500))),
        Summary("e", "e.txt", "", sketch=()),
        Summary("f", "f.txt", "", sketch=()),
        Summary("g", "g.txt", "", sketch=sketch("Short.")),
        Summary("h", "h.txt", "", sketch=sketch("SHORT")),
        Summary("i", "i.txt", "", sketch=sketch("short too")),
    ]
    assert originals(rows) == {"c": "a", "h": "g"}


@given(st.lists(st.sampled_from("abcdefgh"), min_size=20, max_size=80))
def test_a_sketch_depends_on_words_alone(words):
    assert sketch(" ".join(words)) == sketch("\n ".join(words).upper())
    assert len(sketch(" ".join(words))) <= SKETCH
    assert list(sketch(" ".join(words))) == sorted(set(sketch(" ".join(words))))


def test_a_sketch_of_few_words_again_and_again_holds_all_their_shingles():
    assert sketch("one two three four five six " * 200) == sketch("one two three four five six " * 300)
    assert len(sketch("one two three four five six " * 200)) == 6


def mixed(value):
    """The finaliser of MurmurHash3, on whole numbers."""
    value = ((value ^ value >> 16) * 0x85EBCA6B) & 0xFFFFFFFF
    value = ((value ^ value >> 13) * 0xC2B2AE35) & 0xFFFFFFFF
    return value ^ value >> 16


def joined(value, following):
    """A hash of some words, and of one more."""
    return (value * 0x9E3779B1 + following) & 0xFFFFFFFF


@given(st.text(st.sampled_from("aBß İΣ1_-\ud800\n") | st.sampled_from("aB 1_-\n"), min_size=40, max_size=120))
def test_a_sketch_holds_the_smallest_hashes_of_shingles_one_by_one(letters):
    words = re.findall(r"[^\W_]+", letters.lower())
    hashes = [mixed(zlib.crc32(word.encode("utf-8", "replace"))) for word in words]
    shingles = [hashes[at : at + 5] for at in range(len(hashes) - 4)]
    expected = sorted({mixed(reduce(joined, shingle)) for shingle in shingles})[:SKETCH]
    if len(words) >= 20:
        assert list(sketch(letters)) == expected
