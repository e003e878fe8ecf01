import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import cut, token_traits, traits
from indexer.analyse import analyse, term
from indexer.cut import Cutter
from indexer.engines import POSITION_BITS
from indexer.native import WORDS
from indexer.token_traits import BEGINNING, DATE, NAME, NUMBER, Tokens
from indexer.traits import Traits
from indexer.typed import typed_of

TEXTS = st.lists(st.text(max_size=60) | st.text(alphabet="aA1.-x' é’", max_size=30), max_size=4)


TYPED = "the The US T-cell/B 1.5 1.50a 2019 x-ray 4x5 and/or gas- ﬁx Bob's".split()


def of_kind(text, kind):
    """The terms of a kind in a text, but for the parts of compounds that are of it as a whole."""
    said = Traits([text])
    places = set(said.of_kind(kind).tolist())
    return {term for at, term, kinds in said.placed(0) if at in places and kinds & kind}


def test_numbers_dates_and_names_of_a_sentence():
    text = "In May 1997 Willis saw nine patients and 12 tumors in Boston."
    assert of_kind(text, NUMBER) == {"1997", "nine", "12"}
    assert of_kind(text, DATE) == {"may", "1997"}
    assert of_kind(text, NAME) == {"may", term("Willis"), term("Boston")}
    assert of_kind("It was cut at T12 and L1 by Willis.", NAME) == {term("Willis")}


def test_the_first_word_of_a_text_is_no_name():
    assert Traits(["Surgery helps.", "It helps Surgery."]).of_kind(NAME).tolist() == [(1 << POSITION_BITS) + 2]


def test_may_is_a_month_only_with_a_capital():
    assert Traits(["It may help.", "In May it helped."]).kinds == [0, DATE | NAME]


def test_known_terms_are_no_new_ones():
    said = Traits(["12 of 30", "30 of 12"])
    assert said.of_kind(NUMBER, {"12", "no term"}).tolist() == [2, 1 << POSITION_BITS]


def test_of_a_number_in_a_compound_the_whole_is_looked_at():
    said = Traits(["five-year care", "5-year care"])
    assert said.of_kind(NUMBER, {"5year"}).tolist() == [0]
    assert said.of_kind(NUMBER, {"5", "five"}).tolist() == [1 << POSITION_BITS]


def test_a_compound_gives_its_parts_and_the_whole():
    told = Traits(["A COVID-19 ward"]).placed(0)
    assert [(at, term) for at, term, _ in told][1:] == [(1, "covid"), (1, "covid19"), (2, "19"), (3, "ward")]


def test_words_are_spelled_without_case_and_plural():
    words = ("the", "cyst", "size", "t12", "l2", "gas", "t12l2", "cysts", "")
    (row,) = Traits(["The Cysts’ size, T12-L2; gas"]).spell(words)
    assert row.tolist() == [True] * 6 + [False] * 3


def test_words_follow_each_other_in_one_text():
    pairs = [("the", "cyst"), ("cyst", "grow"), ("t12", "l2"), ("grow", "the"), ("the", "spine"), ("of", "the")]
    held = Traits(["The cysts of T12-L2 grow", "The cysts grow"]).follow(pairs)
    assert held.tolist() == [[True, False, True, False, False, False], [True, True, False, False, False, False]]


@pytest.mark.parametrize("native", [None, cut.WORDS], ids=["python", "c where it is built"])
@given(texts=TEXTS)
def test_words_stand_where_analysis_says(native, texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cut, "WORDS", native)
        patch.setattr(traits, "_cutter", Cutter(Tokens, 1_000_000))
        said = Traits(texts)
    for number, text in enumerate(texts):
        assert [(at, term) for at, term, _ in said.placed(number)] == [
            (one.position, one.text) for one in analyse(text)
        ]


@given(TEXTS)
def test_what_is_asked_of_all_texts_is_true_of_each(texts):
    said = Traits(texts)
    held = [{found.text for found in analyse(text)} for text in texts]
    every = sorted(set().union(*held))
    beginnings = {one[:BEGINNING] for one in every[::2]}
    assert sorted(said.beginning(beginnings)) == [one for one in every if one[:BEGINNING] in beginnings]
    assert [said.terms(number) for number in range(len(texts))] == held
    assert said.counts(frozenset(every[:2]))[0].tolist() == list(map(len, held))
    assert said.counts(frozenset(every[:2]))[1].tolist() == [len(row.intersection(every[:2])) for row in held]
    assert said.hold([*every, "no term"]).tolist() == [[one in row for one in [*every, "no term"]] for row in held]


@given(TEXTS, st.integers(0, 5))
def test_texts_that_are_told_at_once_are_told_apart(texts, size):
    for part, held in zip(Traits(texts).parted(size), (texts[:size], texts[size:]), strict=True):
        said = Traits(held)
        numbers = range(len(held))
        assert list(map(part.placed, numbers)) == list(map(said.placed, numbers))
        assert [row.tolist() for row in part.counts({"x", "=a"})] == [row.tolist() for row in said.counts({"x", "=a"})]


def test_words_as_typed_count_when_one_is_known():
    said = Traits(["Apples fall on the US", "apples and TTF-1"])
    assert [row.tolist() for row in said.counts({"appl"})] == [[5, 5], [1, 1]]
    assert [row.tolist() for row in said.counts({"appl", "=ttf-1=TTF-1"})] == [[8, 8], [1, 2]]
    assert [row.tolist() for row in Traits([]).counts({"=ttf-1=TTF-1"})] == [[], []]


@pytest.mark.parametrize(
    "name", ["_typed", pytest.param("_typed_in_c", marks=pytest.mark.skipif(WORDS is None, reason="it is not built"))]
)
def test_a_stop_word_in_old_letters_is_no_word_as_typed(name):
    assert getattr(traits, name)(["aſ", "atlaſ"], ("=atlas",)).tolist() == [[0, 1], [0, 1]]


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(
    st.lists(
        st.text(st.sampled_from("aZx1.,-_/'’é =²\n\ud800"), max_size=30)
        | st.lists(st.sampled_from(TYPED)).map(" ".join)
    )
)
def test_words_as_typed_are_told_in_c_as_in_python(texts):
    known = tuple(sorted(set().union(*map(typed_of, texts))))[::2]
    assert traits._typed_in_c(texts, known).tolist() == traits._typed(texts, known).tolist()


def test_where_terms_stand():
    (places,) = Traits(["Pears. Pear trees", "", "A pear"]).places(["pear", "no term"]).values()
    assert places.tolist() == [0, 1, (2 << POSITION_BITS) + 1]


def test_what_is_held_is_made_anew_when_there_is_too_much_of_it(monkeypatch):
    before = Traits(["Pears fall"])
    monkeypatch.setattr(traits._cutter, "_most", 0)
    after = Traits(["Apples fall", "Pears rise"])
    assert before.terms(0) == {"pear", "fall"}
    assert after.hold(["pear", "fall"]).tolist() == [[False, True], [True, False]]


def test_a_word_that_another_thread_is_adding_stands_nowhere(monkeypatch):
    said = Traits(["Pears fall"])
    monkeypatch.setitem(said._vocabulary, "plum", len(said._vocabulary.texts))
    assert said.hold(["pear", "plum"]).tolist() == [[True, False]]
    assert said.follow([("pear", "plum"), ("pear", "fall")]).tolist() == [[False, True]]


def test_after_an_interruption_words_are_what_they_are(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(token_traits, "_kinds", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Traits(["Quincés never seen before"])
    assert Traits(["Quincés never seen before"]).terms(0) == {term("quinces"), "never", "seen", "befor"}


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(texts=TEXTS)
def test_columns_in_c_are_those_in_numpy(texts):
    ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
    with traits._cutter.alone() as tokens:
        given = tokens, *traits._cutter.cut(" ".join(texts)), ends
        assert traits._columns_in_c(*given).tolist() == traits._columns(*given).tolist()
