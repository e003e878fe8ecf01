import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.query import MAX_CHARS, concepts, parse
from indexer.query_clauses import MAX_WORDS
from indexer.query_tokens import MAX_DEPTH
from indexer.records import Phrase
from tests.engines.entries import Fields, matches
from tests.libraries import terms
from tests.notation import noted

# What is typed, how it is read (tests/notation.py), and the line that the receipt gives.
READINGS = [
    ("drop metastasis", "drop metastasi", "drop metastasis"),
    ("drop metastases metastasis", "drop metastasi", "drop metastases metastasis"),
    ("the spread of cancer", "spread cancer", "spread cancer"),
    ("patient not treated", "patient not treat", "patient not treated"),
    ("TTF-1", "(ttf1 | 'ttf 1')", "TTF-1"),
    ("what is T-cell lymphoma?", "(tcell | 't cell') lymphoma", "T-cell lymphoma"),
    ("CD4+ and CD8+ cells", "cd4 cd8 cell", "CD4 CD8 cells"),
    ("p=0.05, 1:2 and a-b", "p 0.05 1 2 (ab | 'a b')", "p 0.05 1 2 a-b"),
    ("Re: spinal tumours", "re spinal tumour", "Re spinal tumours"),
    ("hepatitis A", "hepat a", "hepatitis A"),
    ("a tumor", "tumor", "tumor"),
    ("IT chemotherapy", "it chemotherapi", "IT chemotherapy"),
    ("THE SPINE", "spine", "SPINE"),
    ("I have pain", "pain", "pain"),
    ("the of", "the of", "the of"),
    ("pain (back) [leg] {arm} ~ ^ : * ?", "pain back leg arm", "pain back leg arm"),
    ("a.b@c.org http://x.org/y", "b c org http x (orgi | 'org y')", "b c org http x org-y"),
    # phrases
    ('"drop metastasis"', "'drop metastasi' / 'drop metastasi'", '"drop metastasis"'),
    ('"of the spine" pain', "'of the spine' pain / 'of the spine'", '"of the spine" pain'),
    ("“small cell” lung", "'small cell' lung / 'small cell'", '"small cell" lung'),
    ('"a b" "c d"', "'a b' 'c d' / 'a b' & 'c d'", '"a b" "c d"'),
    ('"a b" OR "c d"', "'a b' 'c d'", '"a b" OR "c d"'),
    ('"spinal cord"~5', "'spinal cord'~5 / 'spinal cord'~5", '"spinal cord"~5'),
    ('"spinal cord"~5 pain', "'spinal cord'~5 pain / 'spinal cord'~5", '"spinal cord"~5 pain'),
    ('"spinal cord"~', "'spinal cord' / 'spinal cord'", '"spinal cord"'),
    ('"TTF-1 positive"', "'ttf 1 posit' / 'ttf 1 posit'", '"TTF-1 positive"'),
    # AND, OR, NOT, + and -
    ("cancer AND lung", "cancer lung / cancer & lung", "cancer AND lung"),
    ("cancer OR lung", "cancer lung", "cancer OR lung"),
    ("cancer NOT lung", "cancer / cancer & !lung", "cancer NOT lung"),
    ("cancer AND NOT lung", "cancer / cancer & !lung", "cancer AND NOT lung"),
    ("cancer -lung", "cancer / cancer & !lung", "cancer NOT lung"),
    ('cancer -"small cell"', "cancer / cancer & !'small cell'", 'cancer NOT "small cell"'),
    ("+cancer lung", "cancer lung / cancer", "+cancer lung"),
    ("+cancer +lung", "cancer lung / cancer & lung", "+cancer +lung"),
    ("+cancer lung -liver", "cancer lung / cancer & !liver", "+cancer lung NOT liver"),
    ("NOT cancer", "/ !cancer", "NOT cancer"),
    ("-cancer -lung", "/ !cancer & !lung", "NOT cancer NOT lung"),
    ("x OR NOT y", "x / (x | !y)", "x OR NOT y"),
    ("x AND y OR z", "x y z / ((x & y) | z)", "(x AND y) OR z"),
    ("x AND (y OR z)", "x y z / x & (y | z)", "x AND (y OR z)"),
    ("(x OR y) AND (z OR w)", "x y z w / (x | y) & (z | w)", "(x OR y) AND (z OR w)"),
    ("x OR (y AND NOT z)", "x y / (x | (y & !z))", "x OR (y AND NOT z)"),
    ("x AND NOT (y OR z)", "x / x & !(y | z)", "x AND NOT (y OR z)"),
    ("x AND y AND z", "x y z / x & y & z", "x AND y AND z"),
    ("spinal tumor AND MRI", "spinal tumor mri / (spinal | tumor) & mri", "(spinal tumor) AND MRI"),
    ("spinal tumor NOT drop", "spinal tumor / (spinal | tumor) & !drop", "spinal tumor NOT drop"),
    ("+(x y) z", "x y z / (x | y)", "+(x y) z"),
    ("-(x AND y) z", "z / z & !(x & y)", "NOT (x AND y) z"),
    ("(x AND y) z", "x y z / ((x & y) | z)", "(x AND y) z"),
    ("cancer AND the", "cancer", "cancer"),
    ("rock and roll", "rock roll", "rock roll"),
    ("+the spine", "the spine / the", "+the spine"),
    ("TP53 AND EGFR", "tp53 egfr / tp53 & egfr", "TP53 AND EGFR"),
    # fields
    ("title:spine cancer", "title:spine cancer / title:spine", "title:spine cancer"),
    ("title:(spine cord) x", "title:spine title:cord x / (title:spine | title:cord)", "(title:spine title:cord) x"),
    ('heading:"case report"', "heading:'case report'", 'heading:"case report"'),
    ("Title:spine", "title:spine", "title:spine"),
    ("title:1:2", "title:1 title:2 / title:1 & title:2", "title:1 title:2"),
    ("author:smith tumor", "tumor / <author=smith>", "author:smith tumor"),
    ('author:"Jane  Smith"', "/ <author=Jane Smith>", 'author:"Jane Smith"'),
    ("section:Results drop", "drop / <section=results>", "section:Results drop"),
    ("document:lumbar.txt", "/ <document=lumbar.txt>", "document:lumbar.txt"),
    ("format:.PDF kind:caption", "/ <format=pdf> & <kind=caption>", "format:.PDF kind:caption"),
    ("year:2019", "/ <year=2019>", "year:2019"),
    ("tumor year:2015..2020", "tumor / <year=2015..2020>", "tumor year:2015..2020"),
    ("year:..2020 year:2015..", "/ <year=..2020> & <year=2015..>", "year:..2020 year:2015.."),
    ("-title:spine cord", "cord / cord & !title:spine", "NOT title:spine cord"),
    ("cord NOT year:2019", "cord / cord & !<year=2019>", "cord NOT year:2019"),
    ("title:x OR title:y", "title:x title:y", "title:x OR title:y"),
    ("title:tumo* spine", "title:tumo* spine / title:tumo*", "title:tumo* spine"),
    ("flag:negated drop", "drop / negated(drop)", "flag:negated drop"),
    ("drop -flag:negated", "drop / drop & !negated(drop)", "drop NOT flag:negated"),
    # forms
    ("=US", "=us=US", "=US"),
    ("=metastases", "=metastases", "=metastases"),
    ("=TTF-1 x", "=ttf-1=TTF-1 x", "=TTF-1 x"),
    ("=the =18", "the 18", "=the =18"),
    ('="Drop Metastases"', "'=drop=Drop =metastases=Metastases' / '=drop=Drop =metastases=Metastases'",
     '="Drop Metastases"'),
    ("title:=US", "title:=us=US", "title:=US"),
    ("+=US -=us", "=us=US / =us=US & !=us", "+=US NOT =us"),
    ("metast*", "metast*", "metast*"),
    ("Metast* AND drop", "metast* drop / metast* & drop", "Metast* AND drop"),
    ("intra-med*, spine", "intra-med* spine", "intra-med* spine"),
    ("tumr~ spine~2", "tumr~ spine~", "tumr~ spine~"),
]  # fmt: skip

# What cannot be read as syntax is read as words; the receipt says why.
REPAIRED = [
    ('"drop metastasis', "drop metastasi", "a quotation mark is never closed"),
    ("drop” metastasis", "drop metastasi", "a quotation mark is never closed"),
    ("(drop metastasis", "drop metastasi", "a parenthesis is never closed"),
    ("drop) metastasis", "drop metastasi", "a parenthesis is closed that was never opened"),
    ("drop ()", "drop", "there is nothing between the parentheses"),
    ('drop ""', "drop", "there is no word between the quotation marks"),
    ("drop AND", "drop", "AND has nothing to work on"),
    ("OR drop", "drop", "OR has nothing to work on"),
    ("NOT OR drop", "not drop", "NOT has nothing to work on"),
    ("drop AND OR spine", "drop spine", "AND has nothing to work on"),
    ("drop NOT -spine", "drop not / (drop | not) & !spine", "NOT has nothing to work on"),
    ("autor:smith", "autor smith", 'there is no field "autor"'),
    ("year:abc spine", "abc spine", "a year has four digits"),
    ("year:2015-2020", "(2015-2020 | '2015 2020')", "a year has four digits"),
    ("year:..", "", "a year has four digits"),
    ("flag:odd spine", "odd spine", "a flag is one of negated"),
    ("*oma spine", "oma spine", "a * stands for letters only at the end of a word"),
    ("t*r wom?n", "t r wom n", "a ? never"),
    ("w* spine", "w spine", "a * needs at least 2 letters before it"),
    ("il6~ spine", "il6 spine", "a ~ needs a word of at least 4 letters and no digit"),
    ('"drop metas*"', "'drop meta' / 'drop meta'", "a * between quotation marks stands for nothing"),
    ('"x y"~99', "'x y'~50 / 'x y'~50", "words more than 50 apart"),
    ("?!*", "", "there is no word in the query"),
]


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
    assert "12,000 characters; only the first 509 are read" in query.warnings[0]


def test_a_word_over_the_limit_is_cut():
    assert len(parse("a" * 10_000).words[0]) == MAX_CHARS


def test_a_strict_reading_over_the_limit_points_at_the_excess():
    with pytest.raises(QueryError, match="10,000 characters") as caught:
        parse("a" * 10_000, strict=True)
    assert (caught.value.start, caught.value.end) == (MAX_CHARS, 10_000)


def test_many_words_are_cut_and_said():
    query = parse(" ".join(f"w{n}" for n in range(MAX_WORDS + 20)))
    assert len(query.clauses) == MAX_WORDS
    assert query.warnings == (f"only the first {MAX_WORDS} words are searched",)


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
        fields = Fields("d", 0, (), (), terms(held), ())
        asked = query.required or query.clauses
        found = (all if query.required else any)(matches(clause, fields) for clause in asked)
        assert found == means(held.split())
