from indexer.ledger import sketch
from indexer.near import copies

ARTICLE = " ".join(f"word{n}" for n in range(300))
SKETCHES = {"a": sketch(ARTICLE), "b": sketch(ARTICLE + " more"), "c": sketch(ARTICLE[::-1])}
SKETCHES |= {"d": sketch("Red apples grow."), "e": sketch("Red apples grow"), "f": sketch("Red apples grow too.")}


def sketches(documents):
    return {document: SKETCHES[document] for document in documents}


def folded(*passages):
    return copies([document for document, _ in passages], lambda at: passages[at][1], sketches)


def test_the_same_words_from_a_copy_fold_into_the_better_hit():
    assert folded(("b", "red apples grow"), ("c", "red apples grow"), ("a", "Red apples grow.")) == {2: 0}


def test_of_short_documents_those_alone_are_copies_that_have_the_same_words():
    assert folded(("d", "Red apples grow."), ("f", "Red apples grow too."), ("e", "Red apples grow")) == {2: 0}


def test_what_only_the_copy_says_stays():
    assert folded(("a", "red apples grow"), ("b", "added words about pears")) == {}


def test_passages_of_one_document_are_not_copies():
    assert folded(("a", "red apples grow"), ("a", "red apples grow")) == {}


def test_texts_are_read_of_those_alone_that_may_be_copies_and_once():
    read = []
    copies(["a", "c", "c", "b", "a", "b"], lambda at: read.append(at) or str(at), sketches)
    assert sorted(read) == [0, 3, 4, 5]
