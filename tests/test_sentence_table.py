import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import sentence_table
from indexer.analyse import analyse
from indexer.native import KERNEL
from indexer.query import parse
from indexer.records import Span
from indexer.sentence_table import AFTER, BEFORE, Table, Units, sentences
from tests.fuzz.tables import flat
from tests.passages import layouts_of, passage, places_of, positions_of_each, units_of

WORDS = st.sampled_from(["cyst", "cysts", "grow", "the", "slowly.", "Fast.", "T-cell", "Signs:", "\n\n", "\n• one"])
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)

IN_C = pytest.mark.skipif(not KERNEL, reason="no compiler was there")


def told(passages, question="cyst grow"):
    """The units of passages, and the table of their sentences."""
    clauses = parse(question).clauses
    found = Units(layouts_of(passages), clauses, places_of([one.text for one in passages]))
    ids = sorted({one.document_id for one in passages})
    return found, Table.of(found, np.array([ids.index(one.document_id) for one in passages], np.int64))


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
        assert table.counts[row].tolist() == list(map(len, where))


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
    assert not table.counts[-1].any()


def test_no_phrase_runs_from_one_sentence_into_the_next():
    passages = [passage("a", "It was a cyst. Grow it. A cyst may grow: a cyst grow.")]
    _, table = told(passages, '"cyst grow"')
    assert table.held[:-1].tolist() == [[False], [False], [True]]


@pytest.mark.parametrize("question", ["cyst", "NOT cyst"])
def test_no_passages_have_no_sentences(question):
    found, table = told([], question)
    assert len(table.begins) == 1
    assert found.stands(np.empty(0, np.int64)).positions.tolist() == []


def test_what_is_wanted_is_found_with_what_stands_around_it():
    passages = [passage("a", "It rained. No cyst grows. A cyst grows."), passage("b", "No cyst. It snowed.")]
    found, _ = told(passages)
    wanted = np.array([0, 1, 0]), np.array([26, 0, 11])
    table, sought = sentences(found, np.array([0, 1]), wanted)
    assert texts(table, passages, sought.rows) == ["A cyst grows.", "No cyst.", "No cyst grows."]
    assert texts(table, passages, sought.before[:, 0]) == ["No cyst grows.", None, "It rained."]
    assert texts(table, passages, sought.after[:, 0]) == [None, "It snowed.", "A cyst grows."]
    assert positions_of_each(sought.stands, 3) == [((1,), (2,)), ((1,), ()), ((1,), (2,))]
    assert sought.cued.tolist() == [[False, False], [True, False], [True, True]]


@IN_C
@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from("ab"), st.integers(0, 3)), max_size=4), st.data())
def test_both_kernels_say_the_same(contents, data):
    passages = [passage(document, text, at, 20 * at) for text, document, at in contents]
    found, table = told(passages, data.draw(st.sampled_from(["cyst grow", '"cyst grow" t-cell signs', "NOT cyst"])))
    ids = sorted({one.document_id for one in passages})
    documents = np.array([ids.index(one.document_id) for one in passages], np.int64)
    places = [*zip(table.documents[:-1].tolist(), table.begins[:-1].tolist(), strict=True), (0, 9)]
    chosen = data.draw(st.lists(st.sampled_from(places), max_size=6)) if len(places) > 1 else []
    wanted = tuple(np.array(chosen, np.int64).reshape(-1, 2).T.copy())
    in_c, in_numpy = (said(found, documents, wanted) for said in (sentence_table._in_c, sentence_table._sentences))
    for one, other in zip(flat(in_c), flat(in_numpy), strict=True):
        assert (one.shape, one.dtype, one.tolist()) == (other.shape, other.dtype, other.tolist())


@IN_C
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("units", [3]),  # more units than there are
        ("takes", [1, 2]),  # more than are behind it
        ("firsts", [0, -1]),
        ("stops", [0, 1 << 40]),
        ("cues", [1]),  # a stretch that is not there
        ("words", [40]),
    ],
)
def test_layouts_that_do_not_fit_together_are_told(name, values):
    found, _ = told([passage("a", "A cyst. It grew.")])
    found.layouts = found.layouts._replace(**{name: np.array(values)})
    with pytest.raises(ValueError, match="do not fit together"):
        sentence_table._in_c(found, np.array([0]), (np.array([0]), np.array([0])))


@IN_C
def test_a_place_behind_all_passages_is_told():
    found, _ = told([passage("a", "A cyst. It grew.")])
    found.places = dict.fromkeys(found.places, np.array([(1 << 63) - 1]))
    with pytest.raises(ValueError, match="do not fit together"):
        sentence_table._in_c(found, np.array([0]), (np.array([0]), np.array([0])))


@IN_C
@pytest.mark.parametrize(
    ("documents", "wanted"), [([-1], [[0], [0]]), ([0, 0], [[0], [0]]), ([0], [[1 << 40], [0]]), ([0], [[0], [0, 1]])]
)
def test_documents_that_are_not_there_are_told(documents, wanted):
    found, _ = told([passage("a", "A cyst. It grew.")])
    with pytest.raises(ValueError, match=r"fit together|of the same length"):
        sentence_table._in_c(found, np.array(documents), tuple(np.array(row) for row in wanted))
