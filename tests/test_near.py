from indexer.ledger import sketch
from indexer.near import copies
from indexer.records import Passage, Span

ARTICLE = " ".join(f"word{n}" for n in range(300))
SKETCHES = {"a": sketch(ARTICLE), "b": sketch(ARTICLE + " more"), "c": sketch(ARTICLE[::-1])}


def passage(document_id, text):
    return Passage(f"{document_id}.x", document_id, 0, "prose", (), text, Span(0, len(text)), None)


def folded(*passages):
    return copies([passage(*one) for one in passages], SKETCHES.__getitem__)


def test_the_same_words_from_a_copy_fold_into_the_better_hit():
    assert folded(("b", "red apples grow"), ("c", "red apples grow"), ("a", "Red apples grow.")) == {2: 0}


def test_what_only_the_copy_says_stays():
    assert folded(("a", "red apples grow"), ("b", "added words about pears")) == {}


def test_passages_of_one_document_are_not_copies():
    assert folded(("a", "red apples grow"), ("a", "red apples grow")) == {}
