import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.query import MAX_CHARS, concepts, parse
from indexer.query_clauses import MAX_WORDS
from indexer.query_tokens import MAX_DEPTH
from indexer.records import Phrase
from indexer.vocabulary import Terms
from tests.engines.entries import Fields, matches
from tests.libraries import terms
from tests.notation import noted
from tests.queries import READINGS, REPAIRED


def test_there_are_enough_examples():
    assert len(READINGS) + len(REPAIRED) >= 60


@pytest.mark.parametrize(("text", "reading", "line"), READINGS, ids=[text for text, *_ in READINGS])
def test_how_a_query_is_read(text, reading, line):
    query = parse(text)
    assert (noted(query), query.parsed, query.warnings) == (reading, line, ())
    assert parse(text, strict=True) == query


@pytest.mark.parametrize(("text", "reading", "reason"), REPAIRED, ids=[text for text, *_ in REPAIRED])
def test_what_is_no_syntax_is_read_as_words_and_said(text, reading, reason):
    query = parse(text)
    assert noted(query) == reading
    assert any(reason in warning for warning in query.warnings)


@pytest.mark.parametrize(("text", "reason"), [(text, reason) for text, _, reason in REPAIRED])
def test_a_strict_reading_points_at_it_instead(text, reason):
    with pytest.raises(QueryError) as caught:
        parse(text, strict=True)
    assert reason in caught.value.reason
    assert 0 <= caught.value.start < caught.value.end <= len(text)


@pytest.mark.parametrize(
    ("text", "pointed"),
    [
        ("(drop (spine)", "("),
        ("drop spine)", ")"),
        ("drop AND", "AND"),
        ("x year:abc", "abc"),
        ('x "y', '"'),
        ("spine autor:smith", "autor:"),
        ("spine *oma", "*oma"),
    ],
)
def test_where_a_strict_reading_points(text, pointed):
    with pytest.raises(QueryError) as caught:
        parse(text, strict=True)
    assert text[caught.value.start : caught.value.end] == pointed


def test_what_is_done_instead_is_said_where_it_is_done_and_not_where_the_query_is_refused():
    text = "spine autor:smith"
    reason = 'there is no field "autor", but title, heading, author, section, document, year, format, kind, flag'
    assert parse(text).warnings == (f"{reason}: its words are searched",)
    with pytest.raises(QueryError) as caught:
        parse(text, strict=True)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What does E1042 mean?", ("E1042",)),
        ("what do these numbers mean", ("numbers",)),
        ("What is the mean?", ("mean",)),
        ("What does mean?", ("mean",)),
        ("What does the mean loss say?", ("mean", "loss", "say")),
    ],
)
def test_the_verb_that_asks_for_a_meaning_is_no_mean_of_numbers(text, words):
    assert parse(text).words == words


def test_the_receipt_names_words_ignored_and_phrases():
    query = parse('symptoms of "spinal cord" tumors')
    assert query.words == ("symptoms", '"spinal cord"', "tumors")
    assert query.ignored == ("of",)
    assert query.required == (Phrase(("spinal", "cord")),)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("drop metastasis", True), ('"drop" x', True), ("a AND b", False), ("-a b", False), ("title:a", False)],
)
def test_a_query_of_words_and_phrases_is_plain(text, plain):
    assert parse(text).is_plain is plain


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_query_is_an_error(text):
    with pytest.raises(QueryError, match="empty"):
        parse(text)


def test_of_a_query_over_the_limit_the_beginning_is_read_and_that_is_said():
    query = parse("tumor " * 2000)
    assert noted(query) == "tumor"
    assert query.warnings[0] == "the query has 12,000 characters, more than 512: only the first 509 are read"


@pytest.mark.parametrize("text", ["spinal \ufffd cord", "spinal\udcffcord"])
def test_bytes_that_are_no_text_are_told_and_refused_where_a_query_is_read_strictly(text):
    query = parse(text)
    assert (query.words, query.warnings) == (
        ("spinal", "cord"),
        ("the query holds bytes that are no UTF-8: they part words",),
    )
    with pytest.raises(QueryError, match="no UTF-8"):
        parse(text, strict=True)


def test_a_word_over_the_limit_is_cut():
    assert len(parse("a" * 10_000).words[0]) == MAX_CHARS


def test_a_strict_reading_over_the_limit_points_at_the_excess():
    with pytest.raises(QueryError, match="10,000 characters") as caught:
        parse("a" * 10_000, strict=True)
    assert (caught.value.start, caught.value.end) == (MAX_CHARS, 10_000)


def test_many_words_are_cut_and_said():
    query = parse(" ".join(f"w{n}" for n in range(MAX_WORDS + 20)))
    assert len(query.clauses) == MAX_WORDS
    assert query.warnings == (f"the query has more than {MAX_WORDS} words: only the first {MAX_WORDS} are searched",)


def test_parentheses_are_obeyed_up_to_a_depth():
    def nested(depth):
        return parse("x AND " + "(" * depth + "y OR z" + ")" * depth)

    assert noted(nested(MAX_DEPTH)) == "x y z / x & (y | z)"
    assert not nested(MAX_DEPTH).warnings
    assert "more than 20 deep" in nested(MAX_DEPTH + 1).warnings[0]
    assert nested(200).words == ("x", "y", "z")


@given(st.text(min_size=1, max_size=MAX_CHARS).filter(str.strip))
def test_any_text_is_read(text):
    query = parse(text)
    assert len(query.words) == len(query.clauses) == len(concepts(query))
    assert all(concepts(query))


SYNTAX = st.sampled_from(
    ["a", "b", "the", "AND", "OR", "NOT", "(", ")", '"', "+", "-", "=", "~", "~3", "*", ":", "title:", "year:",
     "author:", "flag:", "2019", "..", " ", " ", " ", "\x00", "\ud800", "ß", "“", "”",
     "\u202e", "\U0001f4a9", "-title:", "=", "?"]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(SYNTAX, min_size=1, max_size=60).map("".join).filter(str.strip))
def test_text_that_looks_like_syntax_is_read(text):
    query = parse(text)
    assert len(query.words) == len(query.clauses)
    assert noted(query) == noted(parse(text))


def joined(operator, combine):
    """Two written queries with an operator between them, and what that means."""
    return lambda two: (f"({two[0][0]} {operator} {two[1][0]})", lambda held: combine(two[0][1](held), two[1][1](held)))


# A query written with every parenthesis, and whether passages with these letters are meant.
WRITTEN = st.recursive(
    st.sampled_from("xyz").map(lambda letter: (letter, lambda held: letter in held)),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(joined("AND", lambda left, right: left and right)),
        st.tuples(inner, inner).map(joined("OR", lambda left, right: left or right)),
        inner.map(lambda one: (f"(NOT {one[0]})", lambda held: not one[1](held))),
    ),
    max_leaves=12,
)


@given(WRITTEN)
def test_a_boolean_query_is_obeyed_to_the_letter(written):
    text, means = written
    query = parse(text, strict=True)
    for held in ("", "x", "y", "z", "x y", "x z", "y z", "x y z"):
        fields = Fields("d", 0, Terms(), Terms(), terms(held), ())
        asked = query.required or query.clauses
        found = (all if query.required else any)(matches(clause, fields) for clause in asked)
        assert found == means(held.split())
