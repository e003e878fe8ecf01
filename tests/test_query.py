import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.query import MAX_CHARS, MAX_WORDS, concepts, parse
from indexer.records import AnyOf, Phrase, Word


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("drop metastasis", (Word("drop"), Word("metastasi"))),
        ("drop metastases metastasis", (Word("drop"), Word("metastasi"))),
        ("the spread of cancer", (Word("spread"), Word("cancer"))),
        ("patient not treated", (Word("patient"), Word("not"), Word("treat"))),
        ("TTF-1", (AnyOf((Word("ttf1"), Phrase(("ttf", "1")))),)),
        ('"drop metastasis"', (Phrase(("drop", "metastasi")),)),
        ('"of the spine" pain', (Word("pain"), Phrase(("of", "the", "spine")))),
        ("“small cell”", (Phrase(("small", "cell")),)),
        ("the of", (Word("the"), Word("of"))),
        ("hepatitis A", (Word("hepat"), Word("a"))),
        ("a tumor", (Word("tumor"),)),
        ("IT chemotherapy", (Word("it"), Word("chemotherapi"))),
        ("THE SPINE", (Word("spine"),)),
        ("I have pain", (Word("pain"),)),
        ("pain (back) [leg] {arm} ~ ^ : * ?", (Word("pain"), Word("back"), Word("leg"), Word("arm"))),
    ],
)
def test_how_a_query_is_read(text, clauses):
    assert parse(text).clauses == clauses


def test_the_receipt_names_words_ignored_and_phrases():
    query = parse('symptoms of "spinal cord" tumors')
    assert query.words == ("symptoms", "tumors", '"spinal cord"')
    assert query.ignored == ("of",)
    assert query.required == (Phrase(("spinal", "cord")),)
    assert query.parsed == 'symptoms tumors "spinal cord"'


def test_an_unbalanced_quote_is_read_as_words_and_said():
    query = parse('"drop metastasis')
    assert query.clauses == (Word("drop"), Word("metastasi"))
    assert "never closed" in query.warnings[0]


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_query_is_an_error(text):
    with pytest.raises(QueryError, match="empty"):
        parse(text)


def test_a_query_over_the_limit_is_an_error_that_points_at_the_excess():
    with pytest.raises(QueryError, match="10,000 characters") as caught:
        parse("a" * 10_000)
    assert (caught.value.start, caught.value.end) == (MAX_CHARS, 10_000)


def test_many_words_are_cut_and_said():
    query = parse(" ".join(f"w{n}" for n in range(MAX_WORDS + 20)))
    assert len(query.clauses) == MAX_WORDS
    assert query.warnings == (f"only the first {MAX_WORDS} words are searched",)


def test_punctuation_alone_searches_nothing_and_says_so():
    query = parse("?!*")
    assert query.clauses == ()
    assert query.warnings == ("there is no word in the query",)


@given(st.text(min_size=1, max_size=MAX_CHARS).filter(str.strip))
def test_any_text_is_read(text):
    query = parse(text)
    assert len(query.words) == len(query.clauses) == len(concepts(query))
    assert all(concepts(query))


@given(st.text(st.sampled_from('ab "()*~\\-\x00\ud800'), min_size=1, max_size=60).filter(str.strip))
def test_text_that_looks_like_syntax_is_read(text):
    assert parse(text).text == text
