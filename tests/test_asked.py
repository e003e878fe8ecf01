import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.acronyms import Definition
from indexer.analyse import fold, parts, term, terms_of
from indexer.asked import Asked, Weighing, bits, mask, masks
from indexer.query import parse
from indexer.records import Query
from indexer.token_traits import unpluralled


def asked(text, idf=None):
    query = parse(text)
    return Asked(query, tuple(idf or [1.0] * len(query.clauses)))


def words(one, mask):
    return [word for at, word in enumerate(one.query.words) if mask >> at & 1]


def test_shares_of_a_question():
    weighing = Weighing([1.0, 3.0])
    assert [weighing.share(held) for held in (0b00, 0b01, 0b10, 0b11)] == [0, 0.25, 0.75, 1]
    assert weighing.part(0b01, 0b01) == 1
    assert weighing.part(0b01, 0) == 0.5


@given(st.integers(0, 70), st.data())
def test_sets_of_clauses_are_rows_and_numbers(clauses, data):
    held = data.draw(st.lists(st.integers(0, (1 << clauses) - 1), max_size=4))
    assert masks(bits(held, clauses)) == held


@given(st.lists(st.floats(0.1, 9), min_size=1, max_size=70), st.data())
def test_shares_of_many_sets_are_those_of_each(values, data):
    masks = data.draw(st.lists(st.integers(0, (1 << len(values)) - 1)))
    weighing, rows = Weighing(values), bits(masks, len(values))
    assert [mask(row) for row in rows] == masks
    assert weighing.shares(rows).tolist() == pytest.approx([weighing.share(held) for held in masks])
    of = masks[0] if masks else 0
    assert weighing.parts(rows, of).tolist() == pytest.approx([weighing.part(held, of) for held in masks])


@given(st.text("aAsé日本1x_-’'. \n\u3000/⁵", max_size=30))
def test_the_words_of_a_question_are_those_of_its_text(text):
    one = Asked(Query(text, ()), ())
    assert one.all_terms == terms_of(text)
    assert one.spelling == sorted({unpluralled(fold(word)) for word in parts(text)})


def test_a_question_without_weight_has_no_shares():
    assert Weighing([]).share(0) == Weighing([0.0]).share(1) == 0


@given(st.lists(st.floats(0.1, 9), min_size=1, max_size=8), st.integers(0, 255), st.integers(0, 255))
def test_more_words_are_never_worth_less(values, held, more):
    whole = (1 << len(values)) - 1
    weighing = Weighing(values)
    assert weighing.share(held & whole) <= weighing.share((held | more) & whole) <= 1 + 1e-9


def test_words_that_ask_are_worth_less():
    one = asked("tumor called")
    assert one.specific.share(1) > one.specific.share(2)


def test_capitals_but_for_the_first_word():
    one = asked("Surgeons of London saw TTF-1?")
    assert words(one, one.capitals) == ["London", "TTF-1"]


def test_every_word_as_it_is_spelled_but_for_a_plural():
    assert asked("Who described the cysts?").spelling == ["cyst", "described", "the", "who"]


def test_each_pair_of_words_that_follow_each_other_is_told_once():
    pairs = asked("Who described the cysts, the cyst?").word_pairs
    assert pairs == [("who", "described"), ("described", "the"), ("the", "cyst"), ("cyst", "the")]


def test_what_is_counted():
    assert asked("How many cases of it?").counted >= {"case"}
    assert asked("How big is it?").counted == frozenset()


def test_what_is_to_be_measured_and_the_words_that_name_it():
    one = asked("How tall is the lighthouse?")
    assert {name: words(one, clauses) for name, clauses in one.measured.items()} == {"height": ["tall"]}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("What is a laminectomy?", "laminectomy"),
        ("What is meant by the dura mater?", "dura mater"),
        ("What does SCLC stand for?", "sclc"),
        ("Define cyst", "cyst"),
        ("Why is it so?", ""),
        ("What is the usual way in which people here grow a tree?", ""),
    ],
)
def test_what_is_to_be_defined(text, thing):
    assert asked(text).defined == thing


def test_other_forms_of_a_word():
    one = asked("diagnosis rates")
    ((form, clauses),) = one.forms({term("diagnostic"), "test", term("dialogue")}).items()
    assert (form, words(one, clauses)) == (term("diagnostic"), ["diagnosis"])
    assert one.forms({term("diagnosis")}) == {}


@pytest.mark.parametrize(("asked_for", "other"), [("treated", "treatment"), ("treatments", "treats")])
def test_what_is_done_is_another_form_of_doing_it(asked_for, other):
    one = asked(f"{asked_for} rates")
    assert [words(one, clauses) for clauses in one.forms({term(other)}).values()] == [[asked_for]]


def test_words_of_like_meaning():
    one = asked("operation risks")
    assert words(one, one.synonyms[term("surgery")]) == ["operation"]


@pytest.mark.parametrize(
    ("text", "named", "other"),
    [
        ("CSF leaks", ["CSF"], {"cerebrospin", "fluid"}),
        ("cerebrospinal fluid leaks", ["cerebrospinal", "fluid"], {"csf"}),
    ],
)
def test_either_side_of_a_definition_stands_for_the_other(text, named, other):
    one = asked(text)
    ((mask, terms),) = one.expansions([Definition("CSF", "cerebrospinal fluid")])
    assert (words(one, mask), terms) == (named, other)


def test_half_of_a_long_form_is_no_side():
    assert asked("fluid leaks").expansions([Definition("CSF", "cerebrospinal fluid")]) == []
