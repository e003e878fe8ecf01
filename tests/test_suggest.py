import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.index import index
from indexer.library import Library
from indexer.query import parse
from indexer.records import Suggestion
from indexer.search import search
from indexer.suggest import did_you_mean, suggest
from tests.evaluation.libraries import library_of
from tests.vocabulary import Words

TEXTS = [
    "Metastases of the spine and metastasis of the lung.",
    "Metastasis to the spine. Metabolic rest.",
    "The metastasis was seen in the spine by MRI, at T-cell level.",
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("suggest")
    lines = [{"_id": str(at), "title": f"Metaphors {at}", "text": text} for at, text in enumerate(TEXTS)]
    (folder / "documents.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "note.md").write_text("# Notes on the spine\n\n## Drop metastasis in adults\n\nA tumor was removed.\n")
    index(folder / ".pincite", [folder / "documents.jsonl", folder / "note.md"])
    with Library.open(folder / ".pincite").reader() as reader:
        yield reader


def texts(reader, typed, kind):
    return [one.text for one in suggest(reader, typed) if one.kind == kind]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("metas", ["metastasis", "metastases"]),
        ("META", ["metastasis", "metabolic", "metastases"]),
        ("drop metas", ["drop metastasis", "drop metastases"]),
        ("mri", ["MRI"]),
        ("me", ["metastasis", "metabolic", "metastases"]),
        ("drop me", ["drop metastasis", "drop metabolic", "drop metastases"]),
        ("the spine me", ["the spine metabolic", "the spine metastasis", "the spine metastases"]),
        ("t-c", ["T-cell"]),
        ("xyz", []),
        ("m", []),
        ("", []),
        ("metas ", []),
        ("me" * 60, []),
    ],
)
def test_real_words_are_offered_those_that_follow_the_word_before_and_the_most_frequent_first(reader, typed, words):
    assert texts(reader, typed, "word") == words


@pytest.mark.parametrize(
    ("typed", "headings"),
    [
        ("drop m", ["Drop metastasis in adults"]),
        ("metastasis in", ["Drop metastasis in adults"]),
        ("adul", ["Drop metastasis in adults"]),
        ("ropm", []),
    ],
)
def test_headings_are_offered_by_any_of_their_telling_words(reader, typed, headings):
    assert texts(reader, typed, "heading") == headings


def test_a_title_that_is_a_heading_too_is_offered_once():
    with library_of({"rice.md": b"# Smoky rice\n\nServes eight.\n\n## Method\n\nBoil the stock.\n"}) as reader:
        assert texts(reader, "smoky ri", "title") == ["Smoky rice"]
        assert texts(reader, "smoky ri", "heading") == []


def test_titles_are_offered_with_their_passages(reader):
    assert Suggestion("Metaphors 0", "title", 1) in suggest(reader, "metaph")
    assert texts(reader, "notes", "title") == ["Notes on the spine"]


def test_counts_are_passages(reader):
    assert suggest(reader, "metastasi")[0] == Suggestion("metastasis", "word", 3)


def test_no_more_are_offered_than_asked_for(reader):
    assert len(suggest(reader, "meta", 2)) == 2


@given(st.text(max_size=30))
def test_any_beginning_can_be_typed(reader, typed):
    assert len(suggest(reader, typed)) <= 8


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("metastsis", "metastasis"),
        ("lung metastsis", "lung metastasis"),
        ("Metastsis", "Metastasis"),
        ("spien metastsis", "spine metastasis"),
        ("metastasis", ""),
        ("metastatic", "metastasis"),
        ("xylophone", ""),
        ("MRJ", ""),
        ("T2", ""),
        ("spni", ""),
        ("its", ""),
        ('"metastsis"', ""),
        ("metastsi*", ""),
        ("=metastsis", ""),
        ("metaphors", ""),
        ("?!", ""),
    ],
)
def test_what_may_be_meant_is_offered_and_never_searched(reader, typed, meant):
    results = search(reader, typed)
    assert results.query.did_you_mean == meant
    assert results.query.text == typed


def test_a_rare_word_may_be_a_slip_only_when_there_are_few_hits():
    words = Words(*["spinal tumor"] * 30, "spinal tumer")
    assert did_you_mean(parse("tumer"), words, hits=1) == "tumor"
    assert did_you_mean(parse("tumer"), words, hits=31) == ""


def test_only_whole_words_are_replaced():
    words = Words(*["spinal tumor metastasis"] * 30)
    assert did_you_mean(parse("oldspinl spinl"), words, hits=0) == "oldspinl spinal"


def test_of_many_slips_the_first_few_are_looked_into():
    words = Words(*["spinal tumor metastasis cervical lumbar thoracic sacral"] * 30)
    slips = "spinl tumr metastsis cervcal lumbr thorcic sacrl"
    assert did_you_mean(parse(slips), words, hits=0) == "spinal tumor metastasis cervical lumbar thorcic sacrl"


def test_a_fault_in_what_may_be_meant_costs_no_hits(reader, monkeypatch):
    monkeypatch.setattr(sys.modules["indexer.search"], "did_you_mean", lambda *_: 1 / 0)
    assert search(reader, "spine").hits


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("味噌はいつ入れますか", "味噌 入れ"),
        ("何分煮る", "煮る"),
        ("豆腐の味噌汁 tofu", "豆腐 味噌汁 tofu"),
        ("脊髄腫瘍", ""),
        ("二分間煮", ""),
    ],
)
def test_a_row_of_japanese_letters_that_is_nowhere_is_parted_to_words_that_are_somewhere(tmp_path, typed, meant):
    (tmp_path / "a.txt").write_text("味噌汁の作り方\n\n豆腐を加え、二分間煮る。味噌を入れた後は沸騰させない。")
    index(tmp_path / ".pincite", [tmp_path / "a.txt"])
    with Library.open(tmp_path / ".pincite").reader() as reader:
        assert search(reader, typed).query.did_you_mean == meant
        assert not meant or search(reader, meant).total
