import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analyse import WORD, analyse, words
from indexer.typed import exact, typed, typed_of, typed_terms, written


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("spine", "=spine"),
        ("Spine", "=spine=Spine"),
        ("US", "=us=US"),
        ("stenoses", "=stenoses"),
        ("TTF-1", "=ttf-1=TTF-1"),
        ("TTF–1", "=ttf-1=TTF-1"),
        ("β-catenin", "=beta-catenin=β-catenin"),
        ("naïve", "=naive=naïve"),
        ("ﬁbrosis", "=fibrosis"),
        ("patient’s", "=patient=patient's"),
        ("and/or", "=and/or"),
        ("1,000", "=1000=1,000"),
        ("10⁵", "=10^5"),
        ("10⁻⁵", "=10^-5"),
        ("m²", "=m2"),
        ("a=b", "=a=b=ab"),
        ("x" * 100, "=" + "x" * 64),
    ],
)
def test_the_term_of_a_word_as_typed(word, term):
    assert typed(word) == term


@pytest.mark.parametrize(("term", "words"), [("=us=US", ("us", "US")), ("=spine", ("spine", "spine"))])
def test_what_such_a_term_says(term, words):
    assert written(term) == words


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The US scan.", [("=the=The", 0), ("=us=US", 1), ("=scan", 2)]),
        ("It and the US of us", [("=it=It", 0), ("=us=US", 3), ("=us", 5)]),
        ("10⁵ cells", [("=10^5", 0), ("=cells", 2)]),
        ("Meyer¹²", [("=meyer12=Meyer12", 0), ("=meyer=Meyer", 0)]),
        ("10⁻⁵ cells", [("=10^-5", 0), ("=cells", 2)]),
        ("non-small cell 18", [("=non-small", 0), ("=non", 0), ("=small", 1), ("=cell", 2)]),
        ("", []),
    ],
)
def test_the_words_of_a_text_as_typed(text, terms):
    assert [(term.text, term.position) for term in typed_terms(text)] == terms


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("US", "=us=US"),
        ("the", "the"),
        ("The", "=the=The"),
        ("18", "18"),
        ("T–cell", "=t-cell=T-cell"),
        ("a_b", "=a_b"),
    ],
)
def test_what_finds_a_word_just_as_typed(word, term):
    assert exact(word) == term


@given(st.text())
def test_places_are_those_of_the_stems(text):
    """Each word as typed stands where a term of the analysis stands; and no term holds white space."""
    places = {(term.span, term.position) for term in analyse(text)}
    for term in typed_terms(text):
        assert (term.span, term.position) in places
        assert not any(char.isspace() for char in term.text)


@given(st.text(st.characters(categories=["L", "N"], include_characters="-–_/×⁻"), min_size=1, max_size=12))
def test_a_word_is_found_as_typed(text):
    terms = {term.text for term in (*typed_terms(text), *analyse(text))}
    for word, spans in zip(WORD.findall(text), words(text), strict=True):
        assert {exact(word), *(exact(span.of(text)) for span in spans)} <= terms


@given(st.text(st.sampled_from("aZ1x-'’/,.²⁻é \n\t\x1c\x85\u3000"), max_size=30))
def test_the_words_of_a_text_are_those_of_what_stands_between_its_spaces(text):
    assert typed_of(text) == {term.text for term in typed_terms(text)}
