from __future__ import annotations

import random
from pathlib import Path

import pytest

from indexer.analyse import STOP_WORDS
from tests.benchmarks.peers import prepare
from tests.benchmarks.peers.data import Data
from tests.benchmarks.peers.prepare import content, phrase, prepared, question, some_words, tokens

TEXT = "The TTF-1 positive tumours of the spine had spread to 1.5 vertebrae without pain, as the surgeons saw"


def test_there_is_a_token_for_each_position() -> None:
    assert tokens("TTF-1 is in 1.5 tumours") == ["ttf", "1", "is", "in", "1.5", "tumour"]


def test_stop_words_and_repetitions_are_no_content() -> None:
    assert content("What is the spine of the spines?") == ["spine"]


@pytest.mark.parametrize("seed", range(20))
def test_words_come_from_the_passage_and_are_no_stop_words(seed: int) -> None:
    asked = some_words(TEXT, random.Random(seed))  # noqa: S311 - which words is no secret
    assert asked
    words = asked.text.split()
    assert 2 <= len(words) <= 6
    assert set(words) <= set(TEXT.lower().replace(",", "").split()) - STOP_WORDS
    assert asked.tokens == content(asked.text)


@pytest.mark.parametrize("seed", range(20))
def test_a_question_holds_a_stretch_and_its_tokens_no_stop_words(seed: int) -> None:
    asked = question(TEXT, random.Random(seed))  # noqa: S311 - which words is no secret
    if asked:
        assert asked.text.endswith("?")
        assert len(asked.tokens) >= 2
        assert set(asked.tokens) <= set(tokens(TEXT)) - STOP_WORDS


@pytest.mark.parametrize("seed", range(20))
def test_a_phrase_stands_in_the_passage(seed: int) -> None:
    asked = phrase(TEXT, random.Random(seed))  # noqa: S311 - which words is no secret
    if asked:
        assert f" {' '.join(asked.tokens)} " in f" {' '.join(tokens(TEXT))} "
        assert asked.text[0] == asked.text[-1] == '"'
        assert not {asked.text.strip('"').split()[0], asked.text.strip('"').split()[-1]} & STOP_WORDS


def test_data_is_made_once_and_read_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "QUERIES", 10)
    monkeypatch.setattr(prepare, "WARMING", 2)
    data = prepared(tmp_path, None, 50, rounds=2)
    assert data.about["passages"] == 50
    assert data.about["bytes"] == sum(len(text.encode()) for text in data.texts())
    assert "apt-get" in data.about["source"]
    assert [tokens(text) for text in data.texts()] == list(data.tokens())
    assert [count for _, count in data.documents()] == [20, 20, 10]
    assert [len(texts) for _, texts, _ in data.passages()] == [20, 20, 10]
    assert [len(data.asked("words", turn)) for turn in (-1, 0, 1)] == [4, 20, 20]
    assert [len(data.asked("phrases", turn)) for turn in (-1, 0, 1)] == [2, 10, 10]
    assert data.asked("words", 0) != data.asked("words", 1)
    (tmp_path / "texts").unlink()
    assert isinstance(prepared(tmp_path, None, 50, rounds=2), Data)
