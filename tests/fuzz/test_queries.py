"""A sample of what `python -m tests.fuzz queries` runs for as long as one likes."""

import random

import pytest

from indexer import Library
from tests.fuzz.queries import check, main
from tests.fuzz.texts import MOST_CHARS, drawn
from tests.webui.libraries import CORPUS, library_of
from webui import create_app

SAMPLE = range(60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return library_of(tmp_path_factory.mktemp("fuzz"), CORPUS)


@pytest.fixture(scope="module")
def reader(folder):
    with Library.open(folder).reader() as reader:
        yield reader


@pytest.fixture(scope="module")
def client(folder):
    return create_app(folder).test_client()


@pytest.mark.parametrize("seed", SAMPLE)
def test_what_every_reply_must_keep_to(reader, client, seed):
    check(reader, client, drawn(random.Random(seed)))  # noqa: S311 - which text is no secret


def test_a_seed_stands_for_a_text_and_texts_are_of_many_kinds():
    texts = [drawn(random.Random(seed)) for seed in range(500)]  # noqa: S311
    assert texts == [drawn(random.Random(seed)) for seed in range(500)]  # noqa: S311
    assert all(text.strip() and len(text) <= MOST_CHARS for text in texts)
    assert {ord(char) >> 16 for text in texts for char in text} == set(range(17))
    assert any("\ud800" <= char <= "\udfff" for text in texts for char in text)
    assert any("\x00" in text for text in texts)
    assert any(text.count("(") >= 3_000 for text in texts)
    assert any(len(text.split()) > 5_000 for text in texts)


def test_what_fails_is_counted_and_told_with_its_seed(monkeypatch, capsys):
    def fails(*_):
        raise ValueError("mended never")

    monkeypatch.setattr("tests.fuzz.queries.check", fails)
    assert main(minutes=0.001, seed=41) == 1
    out = capsys.readouterr().out
    assert out.startswith("seed 41: ")
    assert "mended never" in out
    assert " 0 failed" not in out
