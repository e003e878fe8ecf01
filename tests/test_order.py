import pytest

from indexer.order import JUDGED, RERANKED, heads, judgement, unranked
from indexer.query import parse
from indexer.records import Match
from indexer.search import search
from tests.questions import small_library

FILLER = " ".join(f"Filler number {n} is about something else." for n in range(40))


@pytest.fixture(scope="module")
def library():
    with small_library(filler=FILLER) as reader:
        yield reader


def ordered(library, text):
    query = parse(text)
    return heads(library, query, library.search(query.clauses, query.required, 1000).matches)


@pytest.mark.parametrize("text", ["apple trees", "When do apple trees bear fruit?", "filler number"])
def test_scores_never_rise_and_nothing_comes_twice(library, text):
    found = ordered(library, text)
    scores = [head.match.score for head in found]
    assert scores == sorted(scores, reverse=True)
    keys = [key for head in found for key in (head.key, *head.also)]
    assert len(keys) == len(set(keys))


def test_a_question_puts_the_passage_of_the_best_sentence_first(library):
    found = judgement(library, parse("When do apple trees bear fruit?"))
    best = found.ranking[0].candidate.sentence
    assert ordered(library, "When do apple trees bear fruit?")[0].match.document_id == best.document_id


def test_a_question_just_searched_is_not_judged_again(library):
    query = search(library, "When do apple trees bear fruit?").query
    assert judgement(library, query) is judgement(library, query)


def test_only_the_first_passages_are_judged(library):
    found = judgement(library, parse("What is filler number about?"))
    assert len(found.scene.found) <= JUDGED


def test_without_time_matches_keep_the_order_they_were_found_in():
    found = unranked([Match("b", 3, 2.0), Match("a", 3, 1.5), Match("b", 4, 1.0)])
    assert [head.key for head in found] == [("b", 3), ("a", 3)]


def test_further_matches_keep_their_order_and_overlapping_ones_are_left_out(library):
    document = next(row.id for row in library.documents() if "cysts" in row.path)
    near = [Match(document, 0, 9.0)] * RERANKED
    far = [Match("far", 3, 2.0), Match("far", 4, 1.5), Match("far", 9, 1.0)]
    found = heads(library, parse("cyst spine"), near + far)
    assert [head.key for head in found if head.key[0] == "far"] == [("far", 3), ("far", 9)]
