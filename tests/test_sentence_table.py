import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analyse import analyse
from indexer.query import parse
from indexer.records import Span
from indexer.sentence_table import AFTER, BEFORE, Table, Units
from tests.passages import layouts_of, passage, places_of, positions_of_each, units_of

WORDS = st.sampled_from(["cyst", "cysts", "grow", "the", "slowly.", "Fast.", "T-cell", "Signs:", "\n\n", "\n• one"])
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)


def told(passages, question="cyst grow"):
    """The units of passages, and the table of their sentences."""
    clauses = parse(question).clauses
    found = Units(layouts_of(passages), clauses, places_of([one.text for one in passages]))
    ids = sorted({one.document_id for one in passages})
    return found, Table.of(found, [ids.index(one.document_id) for one in passages])


def texts(table, passages, rows):
    """The texts of sentences, that of none for what is not there."""
    found = []
    for row in rows:
        held = passages[table.passages[row]]
        first = held.span.start
        found.append(held.text[table.begins[row] - first : table.ends[row] - first] if row >= 0 else None)
    return found


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=3))
def test_sentences_are_units_with_the_words_that_stand_in_them(contents):
    passages = [passage(f"{at}", text) for at, text in enumerate(contents)]
    found, table = told(passages)
    spans = [(at, Span(start, end)) for at, text in enumerate(contents) for start, end in units_of(text)]
    rows = np.arange(len(table.begins) - 1)
    assert texts(table, passages, rows) == [span.of(contents[at]) for at, span in spans]
    stands = positions_of_each(found.stands(table.units[rows]), len(rows))
    for row, (at, span) in enumerate(spans):
        said = analyse(span.of(contents[at]))
        where = tuple(tuple(one.position for one in said if one.text == word) for word in ("cyst", "grow"))
        assert stands[row] == where
        assert table.held[row].tolist() == [bool(places) for places in where]
        assert (table.bm25(rows, [1.0] * 2)[row] > 0) == any(where)


@settings(deadline=None)
@given(TEXTS)
def test_neighbours_are_the_sentences_beside(content):
    passages = [passage("a", content)]
    _, table = told(passages)
    rows = np.arange(len(table.begins) - 1)
    for row, before, after in zip(rows.tolist(), table.before(rows), table.after(rows), strict=True):
        assert [at for at in before if at >= 0] == list(range(row - 1, max(-1, row - 1 - BEFORE), -1))
        assert [at for at in after if at >= 0] == list(range(row + 1, min(len(rows), row + 1 + AFTER)))


def test_no_neighbour_stands_in_another_document_or_beyond_a_gap():
    far = passage("a", "A cyst grew.", 1, 400)
    passages = [passage("a", "It rained."), far, passage("b", "It snowed.")]
    _, table = told(passages)
    rows = table.find(np.array([0, 0, 1]), np.array([0, 400, 0]))
    assert texts(table, passages, rows) == ["It rained.", "A cyst grew.", "It snowed."]
    assert (table.before(rows) == -1).all()
    assert (table.after(rows) == -1).all()


def test_of_overlapping_passages_the_longer_form_of_a_sentence_is_taken():
    short, whole = passage("a", "Signs:"), passage("a", "Signs:\n\n• a cyst", 1, 0)
    _, table = told([short, whole])
    assert texts(table, [short, whole], range(2)) == ["Signs:\n\n• a cyst", "• a cyst"]
    assert table.held[:2].tolist() == [[True, False]] * 2


def test_what_is_not_there_holds_nothing():
    _, table = told([passage("a", "A cyst grew.")])
    assert not table.held[-1].any()
    assert table.bm25(np.array([-1]), [1.0] * 2) == 0


def test_no_phrase_runs_from_one_sentence_into_the_next():
    passages = [passage("a", "It was a cyst. Grow it. A cyst may grow: a cyst grow.")]
    _, table = told(passages, '"cyst grow"')
    assert table.held[:-1].tolist() == [[False], [False], [True]]


@pytest.mark.parametrize("question", ["cyst", "NOT cyst"])
def test_no_passages_have_no_sentences(question):
    found, table = told([], question)
    assert len(table.begins) == 1
    assert found.stands(np.empty(0, np.int64)).positions.tolist() == []
