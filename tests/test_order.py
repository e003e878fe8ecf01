import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import order
from indexer.engines.matches import Matches
from indexer.order import judgement, ordered, reordered, unranked
from indexer.query import parse
from indexer.records import Match
from indexer.search import search
from indexer.shortlist import SENTENCES
from tests.questions import small_library

FILLER = " ".join(f"Filler number {n} is about something else." for n in range(40))


@pytest.fixture(scope="module")
def library():
    with small_library(filler=FILLER) as reader:
        yield reader


def heads(library, text):
    query = parse(text)
    found = ordered(library, query, library.search(query.clauses, query.required, 1000).matches)
    return found.page(0, len(found))


@pytest.mark.parametrize("text", ["apple trees", "When do apple trees bear fruit?", "filler number"])
def test_scores_never_rise_and_nothing_comes_twice(library, text):
    found = heads(library, text)
    scores = [head.match.score for head in found]
    assert scores == sorted(scores, reverse=True)
    keys = [key for head in found for key in (head.key, *head.also)]
    assert len(keys) == len(set(keys))


def test_a_question_puts_the_passage_of_the_best_sentence_first(library):
    found = judgement(library, parse("When do apple trees bear fruit?"))
    best = found.ranking[0].candidate.sentence
    assert heads(library, "When do apple trees bear fruit?")[0].match.document_id == best.document_id


def test_a_question_just_searched_is_not_judged_again(library):
    query = search(library, "When do apple trees bear fruit?").query
    assert judgement(library, query) is judgement(library, query)


def test_of_passages_that_no_time_is_left_to_find_nothing_is_judged(library):
    query = parse("When are the apples of late trees picked?")
    assert judgement(library, query).ranking
    assert not judgement(library, query, deadline=0.0).ranking


def test_a_question_is_judged_anew_only_where_other_passages_were_ranked(library, monkeypatch):
    made, judged = [], order.judged
    monkeypatch.setattr(order, "judged", lambda scene: made.append(judged(scene)) or made[-1])
    query = parse("When do pear trees bear fruit?")
    matches = library.search(query.clauses, query.required, 1000).matches
    for found in (matches, matches, matches[1:]):
        ordered(library, query, found)
    assert len(made) == 2
    assert judgement(library, query) is made[1]


def test_only_the_best_sentences_are_judged(library):
    found = judgement(library, parse("What is filler number about?"))
    assert len(found.ranking) == SENTENCES


def test_the_same_judgement_puts_passages_in_the_same_order(library):
    query = parse("When do apple trees bear fruit?")
    again = reordered(library, query, judgement(library, query))
    first = [head.key for head in again.page(0, len(again))]
    assert first == [head.key for head in heads(library, "When do apple trees bear fruit?")][: len(first)]


def test_without_time_matches_keep_the_order_they_were_found_in():
    found = unranked(Matches.of([Match("b", 3, 2.0), Match("a", 3, 1.5), Match("b", 4, 1.0)]))
    assert [head.key for head in found.page(0, 9)] == [("b", 3), ("a", 3)]
    assert found.page(1, 1)[0].match == Match("a", 3, 1.5)
    assert found.page(2, 9) == []


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)))
def test_hits_are_narrowed_down_and_put_in_another_order(order, kept):
    matches = Matches.of([Match("a", 2 * at, 1.0) for at in range(8)])
    only = unranked(matches).only(matches.take(np.array(sorted(kept), np.int64)))
    assert [head.match.ordinal for head in only.page(0, 9)] == [2 * at for at in sorted(kept)]
    turned = unranked(matches).by(order)
    assert [match.ordinal for match in turned.found] == [2 * at for at in order]
