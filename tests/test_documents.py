import numpy as np
import pytest

from indexer.documents import (
    RANKED,
    SEEN,
    Seen,
    _together,
    bm25,
    documents,
    likeness,
    ranked_documents,
    with_neighbours,
)
from indexer.query import parse
from indexer.records import Match, Phrase, Word
from tests.evaluation.libraries import library_of
from tests.questions import small_library


def places(words):
    """Where each word stands."""
    held = {}
    for at, word in enumerate(words.split()):
        held[word] = (*held.get(word, ()), at)
    return held


def seen(text, title=""):
    return Seen(places(text), places(title), len(text.split()) + 2 * len(title.split()))


def found(reader, text):
    """Titles of the documents that a query finds, in their order."""
    return [reader.summary(name).title for name, _ in documents(reader, text)]


def test_a_document_that_says_it_again_and_again_is_first():
    with small_library() as reader:
        assert found(reader, "apple") == ["Growing Apples", "Pears"]
        assert found(reader, "pear") == ["Pears"]


def test_scores_fall():
    with small_library() as reader:
        scores = [score for _, score in documents(reader, "fruit after years")]
        assert len(scores) == 3
        assert scores == sorted(scores, reverse=True)


def test_words_of_a_title_count_twice_and_add_to_the_length():
    titled, plain = bm25([Word("a")], [seen("b c d e", "a"), seen("a a b c d e")], [1.0])
    assert titled == plain


def test_a_clause_counts_by_what_it_is_worth():
    scores = bm25([Word("a"), Word("b")], [seen("a x"), seen("b x"), seen("a b")], [3.0, 1.0])
    assert scores[2] == pytest.approx(scores[0] + scores[1])
    assert scores[0] == pytest.approx(3 * scores[1])


def test_a_phrase_counts_where_its_words_follow_each_other():
    row, apart = bm25([Phrase(("a", "b"))], [seen("a b c"), seen("b a c")], [1.0])
    assert row > 0 == apart


def test_no_documents_have_no_scores():
    assert bm25([Word("a")], [], [1.0]).size == 0
    with small_library() as reader:
        assert ranked_documents(reader, parse("apple"), []) == []


def test_texts_of_the_same_words_are_alike_and_stop_words_say_nothing():
    alike = likeness([places("cyst spine the"), places("spine cyst of"), places("apple the of")])
    assert alike[0, 1] == pytest.approx(1.0)
    assert alike[0, 2] == 0.0
    assert np.diag(alike) == pytest.approx(1.0)


def test_a_text_without_words_is_like_nothing():
    assert likeness([places(""), places("apple")])[0].tolist() == [0.0, 0.0]


def test_what_is_like_the_best_gains_on_what_is_not():
    held = [seen("cyst spine cord"), seen("cyst spine nerve"), seen("apple pear plum"), seen("apple pear fig")]
    scores = with_neighbours(np.array([9.0, 2.0, 2.0, 1.0]), held)
    assert scores[1] > scores[2]
    assert scores[0] == max(scores)


def test_a_document_like_no_other_keeps_its_score():
    assert with_neighbours(np.array([3.0, 2.0, 1.0]), [seen("a b"), seen("b c"), seen("x y")])[2] == 1.0


def test_two_documents_have_no_neighbours():
    assert with_neighbours(np.array([3.0, 2.0]), [seen("a b"), seen("b c")]).tolist() == [3.0, 2.0]


def test_of_a_long_document_the_passages_that_match_are_read():
    text = "\n\n".join(f"Section {at} about plants. " + "Leaves are green. " * 30 for at in range(3 * SEEN))
    with library_of(
        {"long.txt": (text + "\n\nThe quince is sour.").encode(), "short.txt": b"Plums are sweet."}
    ) as reader:
        assert reader.summary(documents(reader, "quince")[0][0]).path.endswith("long.txt")
        assert documents(reader, "quince")[0][1] > 0


def test_documents_beyond_those_looked_into_follow_in_the_order_of_their_matches(monkeypatch):
    monkeypatch.setattr("indexer.documents.RANKED", 1)
    with small_library() as reader:
        ids = {reader.summary(name).title: name for name in reader.known()}
        matches = [Match(ids[title], 0, 1.0) for title in ("Pears", "Growing Apples", "Cysts of the Spine")]
        order = ranked_documents(reader, parse("apple"), matches)
        assert [name for name, _ in order] == [match.document_id for match in matches]
        assert order[0][1] > order[1][1] > order[2][1]
    assert RANKED > 10


def test_what_two_passages_share_is_counted_once():
    whole = "a b c d e f"
    assert _together(((0, whole),)) == _together(((0, "a b c d"), (4, "c d e f")))
