from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import rank as module
from indexer.native import KERNEL
from indexer.query import parse
from indexer.rank import (
    REFERENCES,
    Worth,
    best_sentences,
    bm25,
    pair_evidence,
    ranked,
    sentences_of,
    worth_of,
)
from indexer.records import AnyOf, Lesser, Phrase, Query, Word
from indexer.together import together
from tests.fuzz import rankings
from tests.passages import layouts_of, matches_of, passage, places_of

IN_C = pytest.mark.skipif(not KERNEL, reason="no compiler was there")
EVEN = Worth((1.0, 1.0), (0.0, 0.0))


def all_ranked(query, passages, scores, worth=EVEN):
    held = parse(query)
    return ranked(
        held, matches_of(passages, scores), layouts_of(passages), places_of([one.text for one in passages]), worth
    )


def order(query, *texts, worth=EVEN):
    passages = [passage(str(at), text) for at, text in enumerate(texts)]
    return all_ranked(query, passages, [2.0] * len(texts), worth).order.tolist()


def pairs(rows, idf):
    held = layouts_of([passage("a", "cyst " * 40)])
    (total,) = pair_evidence(together([np.array(row, np.int64) for row in rows], held), idf)
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
    one, other = (all_ranked("drop", [p], [2.0], Worth((1.0,), (0.0,))).scores for p in (held, listed))
    assert other == one * REFERENCES


def test_the_best_sentence_of_each_passage_is_found_and_where_it_begins():
    texts = ["A cyst grew. Nothing else did. A cyst and a cyst.", "No word of it.", "A cyst. It grew. A cyst."]
    held = layouts_of([passage(str(at), text, start=100 * at) for at, text in enumerate(texts)])
    sentences = sentences_of(held, together([places_of(texts)["cyst"]], held), (1.0,))
    scores, begins = best_sentences(sentences, len(texts))
    assert scores[0] > 0 == scores[1] < scores[2]
    assert begins.tolist() == [texts[0].rindex("A cyst and"), 100, 200]
    assert sentences.words.tolist() == [3, 3, 5, 4, 2, 2, 2]


def test_passages_without_sentences_have_no_best_one():
    held = layouts_of([])
    scores, begins = best_sentences(sentences_of(held, together([], held), ()), 2)
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
    worth = Worth((1.0, 2.0, 0.5), (0.1, 0.0, 0.0))
    together = all_ranked("spine cyst cord", passages, [1.0] * len(texts), worth)
    for at, one in enumerate(passages):
        alone = all_ranked("spine cyst cord", [one], [1.0], worth)
        assert together.scores[at] == pytest.approx(alone.scores[0])
        assert together.begins[at] == alone.begins[0]
        assert together.holds[at].tolist() == alone.holds[0].tolist()


def test_a_query_that_only_excludes_leaves_the_order_alone():
    passages = [passage(str(at), "some text") for at in range(3)]
    found = ranked(Query("-x", ()), matches_of(passages, [0.0] * 3), layouts_of(passages), {}, Worth((), ()))
    assert found.order.tolist() == [0, 1, 2]


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


@IN_C
@pytest.mark.parametrize("seed", range(5))
def test_both_kernels_rank_the_same_to_the_last_bit(seed):
    random = Random(seed)  # noqa: S311 - which layouts is no secret
    for _ in range(100):
        rankings.check(random)


@IN_C
@pytest.mark.parametrize(
    ("row", "changed"),
    [
        ([1 << 32], {}),  # of a passage that is not there
        ([1, 0], {}),  # out of order
        ([-1], {}),
        ([0], {"units": [2]}),  # more units than there are
        ([0], {"units": [-1]}),
        ([0], {"words": [30]}),  # more words than there are bits
        ([0], {"words": [2, 2]}),
        ([0], {"chars": [0, 0]}),
        ([0], {"chars": [1 << 32]}),  # further on than any text is long
        ([0], {"starts": [-1]}),
        ([0], {"firsts": [-(1 << 63)]}),
        ([0, 1], {"bits": [5, 0, 3]}),  # fewer words before the second than before the first
    ],
)
def test_what_does_not_fit_together_is_told(row, changed):
    columns = {"bits": np.array(changed.pop("bits"), np.int32)} if "bits" in changed else {}
    columns |= {name: np.array(values, np.int64) for name, values in changed.items()}
    held = layouts_of([passage("a", "cyst cord")])._replace(**columns)
    with pytest.raises(ValueError, match=r"passage|length|begins"):
        module._in_c((Word("a"),), np.zeros(1), held, {"a": np.array(row, np.int64)}, Worth((1.0,), (0.0,)))


@IN_C
@pytest.mark.parametrize("taken", [[0], [0, 1, 0], [0, -1, 0], [4, 0, 0], [-1, 0, 0], [1, 1, 0], [1, -1, 0], []])
def test_steps_that_cannot_be_taken_are_told(taken):
    none, weights = np.zeros(0, np.int64), module._WEIGHTS
    one = np.zeros(1), np.zeros(1), weights
    with pytest.raises(ValueError, match=r"clause|length"):
        KERNEL.rank(
            (none,), np.array(taken, np.int64), (none,) * 5, (none,) * 2, np.zeros(1, np.int32), none, one, (8, 1)
        )
