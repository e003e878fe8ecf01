"""What is cut in C and in Python against one regular expression."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import numbered
from indexer.native import WORDS
from indexer.numbered import Numbered

WAYS = ["python", pytest.param("c", marks=pytest.mark.skipif(WORDS is None, reason="it is not built"))]
TEXTS = st.lists(st.sampled_from(["spine", "Spine", "a-b", "é", "’", "中", "。", "\ud800", " ", "\n", "1"])).map(
    "".join
)


@pytest.fixture(params=WAYS)
def numbering(request, monkeypatch):
    monkeypatch.setattr(numbered, "WORDS", None if request.param == "python" else WORDS)
    return Numbered(r"[\w’-]", len)


def words(found):
    return [found.words[number] for number in found.numbers.tolist()]


@given(texts=st.lists(TEXTS, max_size=3))
@pytest.mark.parametrize("way", WAYS)
def test_words_are_the_runs_of_their_characters(way, texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbered, "WORDS", None if way == "python" else WORDS)
        cutter = Numbered(r"[\w’-]", len)
        for text in texts:
            found = cutter.cut(text)
            expected = list(re.finditer(r"[\w’-]+", text))
            assert words(found) == [word[0] for word in expected]
            assert found.starts.tolist() == [word.start() for word in expected]
            assert found.values.tolist() == [len(word[0]) for word in expected]
            assert [found.known[word] for word in words(found)] == found.numbers.tolist()


def test_a_word_keeps_its_number(numbering):
    first, second = numbering.cut("spine cord"), numbering.cut("cord é spine")
    assert second.numbers[[2, 0]].tolist() == first.numbers.tolist()


def test_words_are_forgotten_when_there_are_too_many(numbering, monkeypatch):
    monkeypatch.setattr(numbered, "_HELD", 4)
    first = numbering.cut("spine cord")
    assert words(numbering.cut("cord")) == ["cord"]
    assert words(first) == ["spine", "cord"]


def test_a_fault_leaves_nothing_noted_by_half():
    asked = []

    def value(word):
        asked.append(word)
        return 1 // (asked.count("cord") - 1 if word == "cord" else 1)

    cutter = Numbered(r"\w", value)
    with pytest.raises(ZeroDivisionError):
        cutter.cut("spine cord")
    assert words(cutter.cut("cord spine cord")) == ["cord", "spine", "cord"]
    assert asked == ["spine", "cord", "cord", "spine"]
