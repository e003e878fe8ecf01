from hypothesis import given
from hypothesis import strategies as st

from indexer.analyse import analyse, term
from indexer.traits import Traits


def test_numbers_dates_and_names_of_a_sentence():
    known = Traits("In May 1997 Willis saw nine patients and 12 tumors in Boston.")
    assert set(known.numbers.values()) >= {"1997", "nine", "12"}
    assert set(known.dates.values()) == {"may", "1997"}
    assert {term("Willis"), term("Boston")} <= set(known.names.values())


def test_the_first_word_is_no_name():
    assert Traits("Surgery helps.").names == {}


def test_may_is_a_month_only_with_a_capital():
    assert Traits("It may help.").dates == {}


def test_a_compound_gives_its_parts_and_the_whole():
    known = Traits("A COVID-19 ward")
    assert {at: known.places[word] for at, word in enumerate(("covid", "covid19", "19", "ward"))} == {
        0: (1,),
        1: (1,),
        2: (2,),
        3: (3,),
    }
    assert known.numbers == {2: "19"}


def test_words_are_spelled_without_case_and_plural():
    assert Traits("The Cysts’ size, T12-L2; gas").spelled == {"the", "cyst", "size", "t12", "l2", "gas"}


def test_words_as_typed_are_terms_when_asked_for():
    plain, typed = Traits("Apples fall"), Traits("Apples fall", as_typed=True)
    assert typed.texts - plain.texts == {"=apples=Apples", "=fall"}
    assert typed.places == plain.places


@given(st.text(max_size=60) | st.text(alphabet="aA1.-x' é’", max_size=30))
def test_words_stand_where_analysis_says(text):
    known = Traits(text)
    found = analyse(text)
    assert known.places == {
        name: tuple(one.position for one in found if one.text == name) for name in {one.text for one in found}
    }
    assert known.texts == known.places.keys()
