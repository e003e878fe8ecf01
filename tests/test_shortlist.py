from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.query import parse
from indexer.rank import Worth, ranked
from indexer.shortlist import shortlisted
from tests.passages import layouts_of, matches_of, passage, places_of


def listed(passages, scores, count=30):
    """Document and ordinal -> the sentences of the passage that are judged, by their text; the best passages first."""
    query, texts = parse("cyst"), [one.text for one in passages]
    ranking = ranked(query, matches_of(passages, scores), layouts_of(passages), places_of(texts), Worth((1.0,), (0.0,)))
    found = {}
    for at, begins in shortlisted(ranking, count):
        text, held = texts[at], passages[at]
        found[held.document_id, held.ordinal] = [text[begin - held.span.start :] for begin in sorted(begins)]
    return found


def test_the_best_sentences_are_listed_wherever_they_stand():
    good, poor = passage("a", "Nothing grew here at all. It rained."), passage("b", "A cyst grew. It rained a lot.")
    assert listed([good, poor], [2.0, 1.9], 1) == {("b", 0): ["A cyst grew. It rained a lot."]}
    assert list(listed([good, poor], [9.0, 1.0], 1)) == [("a", 0)]


def test_a_sentence_of_overlapping_passages_is_listed_once_with_the_better_one():
    first = passage("a", "It rained a lot. A cyst grew.", 0, 0)
    second = passage("a", "A cyst grew. It went away.", 1, first.text.index("A cyst"))
    assert listed([first, second], [1.0, 5.0]) == {
        ("a", 1): ["A cyst grew. It went away.", "It went away."],
        ("a", 0): ["It rained a lot. A cyst grew."],
    }


def test_short_ones_and_titles_of_other_texts_are_not_listed():
    short, other = passage("a", "Yes. A cyst."), replace(passage("b", "Growth of a cyst."), section="references")
    assert listed([short, other], [2.0, 2.0]) == {}


def test_a_row_of_two_words_is_listed_as_the_heads_of_its_columns_say_what_they_are():
    row = passage("a", "Cyst 3400.")
    assert listed([row], [2.0]) == {}
    assert listed([replace(row, columns="Growth\tNumber")], [2.0]) == {("a", 0): ["Cyst 3400."]}


def test_no_passages_no_sentences():
    assert listed([], []) == {}


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["A cyst grew. It went.", "It rained a lot here."]), st.integers(1, 9))))
def test_never_more_than_so_many_and_none_twice(rows):
    passages = [passage(str(at), text) for at, (text, _) in enumerate(rows)]
    found = listed(passages, [float(score) for _, score in rows], 3)
    assert sum(map(len, found.values())) == min(3, len(rows))
