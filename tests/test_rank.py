from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.query import parse
from indexer.rank import (
    REFERENCES,
    Ranked,
    Worth,
    best_sentences,
    bm25,
    collapsed,
    pair_evidence,
    ranked,
    sentences_of,
    worth_of,
)
from indexer.records import AnyOf, Lesser, Phrase, Query, Word
from tests.passages import layouts_of, matches_of, passage, places_of

EVEN = Worth((1.0, 1.0), (0.0, 0.0))


def all_ranked(query, passages, scores, worth=EVEN):
    held = parse(query)
    return ranked(
        held, matches_of(passages, scores), layouts_of(passages), places_of([one.text for one in passages]), worth
    )


def ranking(query, passages, scores, worth=EVEN):
    return all_ranked(query, passages, scores, worth).best


def order(query, *texts, worth=EVEN):
    passages = [passage(str(at), text) for at, text in enumerate(texts)]
    return [int(one.match.document_id) for one in ranking(query, passages, [2.0] * len(texts), worth)]


def pairs(rows, idf):
    (total,) = pair_evidence([np.array(row) for row in rows], idf, 1)
    return total


def test_words_side_by_side_count_more_than_near_and_near_more_than_far():
    side, near, far = ([[0], [gap]] for gap in (1, 5, 30))
    values = [pairs(rows, (1.0, 1.0)) for rows in (side, near, far)]
    assert values[0] > values[1] > values[2] == 0


def test_the_order_of_the_query_counts_for_adjacency():
    assert pairs([[0], [1]], (1, 1)) > pairs([[1], [0]], (1, 1)) > 0


def test_a_single_word_has_no_pairs():
    assert pairs([[0, 1, 2]], (1.0,)) == 0


def test_a_pair_is_worth_what_its_commoner_word_is():
    assert pairs([[0], [1]], (5.0, 1.0)) == pairs([[0], [1]], (1.0, 1.0))


def test_the_passage_with_the_pair_comes_first_and_equal_ones_keep_their_order():
    assert order("drop metastasis", "no pair", "no pair", "drop metastasis") == [2, 0, 1]


def test_one_sentence_with_both_words_beats_two_with_one_each():
    apart = "A drop fell on the floor of it. Years later then we saw again some metastasis."
    together = "A drop fell on the floor and metastasis was seen. Years later then we saw again some."
    assert order("metastasis drop", apart, together) == [1, 0]


def test_what_is_lost_on_plain_words_is_taken_off_again():
    assert order("whether tumor", "whether and whether", "a tumor", worth=Worth((0.1, 1.0), (0.9, 0.0))) == [1, 0]


def test_lists_of_references_are_ranked_down():
    held = passage("a", "drop metastasis")
    listed = replace(held, section="references")
    (one,), (other,) = (ranking("drop", [p], [2.0], Worth((1.0,), (0.0,))) for p in (held, listed))
    assert other.match.score == one.match.score * REFERENCES


def test_the_best_sentence_of_each_passage_is_found_and_where_it_begins():
    texts = ["A cyst grew. Nothing else did. A cyst and a cyst.", "No word of it.", "A cyst. It grew. A cyst."]
    held = layouts_of([passage(str(at), text, start=100 * at) for at, text in enumerate(texts)])
    sentences = sentences_of(held, [places_of(texts)["cyst"]], (1.0,))
    scores, begins = best_sentences(sentences, len(texts))
    assert scores[0] > 0 == scores[1] < scores[2]
    assert begins.tolist() == [texts[0].rindex("A cyst and"), 100, 200]
    assert sentences.words.tolist() == [3, 3, 5, 4, 2, 2, 2]


def test_passages_without_sentences_have_no_best_one():
    scores, begins = best_sentences(sentences_of(layouts_of([]), [], ()), 2)
    assert (scores.tolist(), begins.tolist()) == ([0, 0], [-1, -1])


def test_titles_in_lists_of_references_are_no_sentences():
    held = passage("a", "A cyst grew.")
    listed = replace(passage("b", "Growth of a cyst."), section="references")
    sentences = all_ranked("cyst", [listed, held], [2.0, 2.0], Worth((1.0,), (0.0,))).sentences
    assert sentences.passages.tolist() == [1]


def scored(counts, words):
    (score,) = bm25(np.array([counts]), np.array([words]), [1.0], 22)
    return score


def test_a_shorter_stretch_and_more_of_a_word_are_worth_more():
    assert scored([1], 5) > scored([1], 50) > 0
    assert scored([2], 22) > scored([1], 22)
    assert scored([0], 22) == 0


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["cyst", "of", "spine", "cord."]), min_size=1, max_size=20).map(" ".join),
        min_size=1,
        max_size=5,
    )
)
def test_many_passages_are_ranked_as_each_by_itself(texts):
    passages = [passage(str(at), text) for at, text in enumerate(texts)]
    together = ranking("spine cyst cord", passages, [1.0] * len(texts), Worth((1.0, 2.0, 0.5), (0.1, 0.0, 0.0)))
    alone = [ranking("spine cyst cord", [one], [1.0], Worth((1.0, 2.0, 0.5), (0.1, 0.0, 0.0)))[0] for one in passages]
    for one in together:
        other = alone[int(one.match.document_id)]
        assert one.match.score == pytest.approx(other.match.score)
        assert (one.best, one.start, one.end, one.stands) == (other.best, other.start, other.end, other.stands)


def test_a_query_that_only_excludes_leaves_the_order_alone():
    passages = [passage(str(at), "some text") for at in range(3)]
    found = ranked(Query("-x", ()), matches_of(passages, [0.0] * 3), layouts_of(passages), {}, Worth((), ())).best
    assert [one.match.document_id for one in found] == ["0", "1", "2"]


def test_rare_words_weigh_more_than_common_and_unknown_ones_the_most():
    common, rare, unknown = worth_of(parse("tumor syringomyelia xyzzy"), {"tumor": 90, "syringomyelia": 2}, 100).values
    assert 0 < common < rare < unknown


def test_plain_words_lose_worth_in_a_small_library_only():
    query = parse("whether tumor")
    small, large = (worth_of(query, {"whether": 2, "tumor": 2}, size) for size in (40, 1_000_000))
    assert small.values[0] < small.values[1]
    assert small.values[0] + small.lost[0] == pytest.approx(small.values[1])
    assert large.values[0] == pytest.approx(large.values[1], rel=0.01)


@pytest.mark.parametrize(
    ("clause", "like"),
    [
        (Phrase(("tumor", "cyst")), "cyst"),
        (AnyOf((Word("tumor"), Word("cyst"))), "tumor"),
        (AnyOf((Word("cyst"), Lesser(Word("tumor"), 0.2))), "cyst"),
    ],
)
def test_the_worth_of_what_is_more_than_a_word(clause, like):
    counts = {"tumor": 90, "cyst": 2}
    query = Query("x", (clause, Word(like)), words=("x", like))
    first, second = worth_of(query, counts, 100).values
    assert first == second


def found(document_id, ordinal, score, text, start):
    held = passage(document_id, text, ordinal, start)
    return ranking("cyst", [held], [score], Worth((1.0,), (0.0,)))[0]


A = "The first one. There is a cyst."
B = "There is a cyst. The last one."
C = "The last one. Another cyst here."


def test_a_neighbour_whose_best_sentence_is_shared_folds_into_the_better_one():
    one, other = found("a", 4, 9.0, A, 0), found("a", 5, 7.0, B, 15)
    assert [(head.match.ordinal, also) for head, also in collapsed([one, other])] == [(4, (5,))]


def test_a_neighbour_with_something_of_its_own_stays():
    one, other = found("a", 5, 9.0, B, 15), found("a", 6, 7.0, C, 32)
    assert [(head.match.ordinal, also) for head, also in collapsed([one, other])] == [(5, ()), (6, ())]


def test_passages_of_other_documents_or_further_on_stay():
    rows = [found("a", 4, 9.0, A, 0), found("b", 5, 8.0, A, 0), found("a", 7, 7.0, A, 0)]
    assert [also for _, also in collapsed(rows)] == [(), (), ()]


def test_what_repeats_another_passage_can_be_told_otherwise():
    rows = [found("a", 4, 9.0, A, 0), found("a", 5, 7.0, B, 15), found("a", 8, 5.0, A, 90)]
    assert [also for _, also in collapsed(rows, lambda _one, _head: False)] == [(), (), ()]


def test_no_match_is_lost_by_folding():
    rows = [found("a", n, float(20 - n), A, 0) for n in range(20)]
    folded = collapsed(rows)
    assert sorted([head.match.ordinal for head, _ in folded] + [n for _, also in folded for n in also]) == list(
        range(20)
    )
    assert all(isinstance(head, Ranked) for head, _ in folded)
