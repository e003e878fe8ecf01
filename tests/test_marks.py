from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import indexer.marks as marks_module
from indexer.analyse import STEMS
from indexer.clauses import terms
from indexer.lexicon import Lexicon
from indexer.marks import _forms, _standing, marks, terms_at, terms_for
from indexer.query import parse
from indexer.terms import text_terms


def marked(query, text):
    return [span.of(text) for span in marks(parse(query), text)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("drop metastasis", "Tertiary drop metastases; drops.", ["drop", "metastases", "drops"]),
        ('"drop metastasis"', "Drop it. The drop metastases of metastasis.", ["drop metastases"]),
        ("TTF-1", "TTF-1, TTF1 and TTF 1, not TTF.", ["TTF-1", "TTF1", "TTF 1"]),
        ("neurogenic", "of non-neurogenic origin", ["neurogenic"]),
        ("non-neurogenic", "of non-neurogenic origin", ["non-neurogenic"]),
        ("the spine", "The spine", ["spine"]),
        ("β-catenin", "beta-catenin and β catenin", ["beta-catenin", "β catenin"]),
        ("cancer", "Nothing here", []),
        ('"cell cell"', "cell cell cell", ["cell cell cell"]),
        ('"a b" b c', "a b c", ["a b", "c"]),
        ("96 °C", "It was 96 °C in zone C.", ["96", "C"]),
        ("vitamin C", "Vitamins A and B, not C at all. Vitamin C.", ["Vitamins", "Vitamin", "C"]),
        ("C", "Vitamin C", ["C"]),
        ("C++", "Not C, C+ or x++, but C++, c++11 and (C++).", ["C++", "c++", "C++"]),
        ("C# F#", "#C is no C#. F#-like, AC#", ["C#", "F#"]),
        ("x#y include", "#include <x#y>", ["include", "x", "y"]),
        ("腫瘍 MRI", "脊髄腫瘍は、MRI検査で診断される。", ["腫瘍", "MRI"]),
        ("肿瘤", "脊髓肿 瘤、肿瘤是", ["肿 瘤", "肿瘤"]),
        ("C vitamin", "zone C", ["C"]),
        ('"vitamin c"~5', "vitamins B and C", ["vitamins", "C"]),
    ],
)
def test_what_is_marked(query, text, expected):
    assert marked(query, text) == expected


@given(st.text(st.sampled_from('ab -"')).filter(str.strip), st.text(st.sampled_from("ab -<&")))
def test_marks_are_in_order_do_not_overlap_and_lie_in_the_text(query, text):
    spans = marks(parse(query), text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))


TYPED = st.lists(
    st.sampled_from(["cyst", "Cysts", "T-cell", "t", "US", "us", "1.4×1.3", "β-catenin", "no", "."]), max_size=12
)


@given(
    TYPED.map(" ".join), st.sampled_from(["cyst US", "T-cell", '"no cyst"', "=US t", "beta-catenin =Cysts", "1.4x1.3"])
)
def test_terms_are_found_where_the_index_says_that_they_stand(text, query):
    clauses = parse(query).clauses
    wanted = {term for clause in clauses for term in terms(clause)}
    held = text_terms([text])[0]
    where = {}
    for term, position in zip(held.texts, held.positions.tolist(), strict=True):
        if term in wanted:
            where.setdefault(term, []).append(position)
    found, expected = terms_at([text], [where])[0], terms_for(clauses, text)
    assert len(found) == len(expected)
    assert set(found) == set(expected)


@given(st.text(st.sampled_from("aq Bx1.,-_/'’+#é\n腫"), max_size=30), st.sampled_from(["a", "11", "=B", "=aB", "q"]))
def test_c_counts_words_as_python_does(text, term):
    text = f"{text} a 11 B aB q"
    where = {term: list(range(40))}
    assert set(terms_at([text], [where])[0]) == set(_standing(text, where))


@pytest.mark.parametrize("sign", [",", "/", "-", ", "])
def test_a_long_row_without_spaces_is_analysed_once(monkeypatch, sign):
    cut = []
    monkeypatch.setattr("indexer.marks._forms", lambda token, forms: cut.append(token) or _forms(token, forms))
    monkeypatch.setattr("indexer.marks._STEMS", Lexicon(lambda token: marks_module._forms(token, STEMS)))
    text = f"So {sign.join(['apple', 'pear', 'cysts'] * 100)} end."
    held = text_terms([text])[0]
    where = [at for term, at in zip(held.texts, held.positions.tolist(), strict=True) if term == "cyst"]
    found = terms_at([text], [{"cyst": where}])[0]
    assert [text[term.span.start : term.span.end] for term in found] == ["cysts"] * 100
    assert [term.position for term in found] == where
    assert sum(len(token) > 64 for token in cut) <= 1


def test_a_position_at_which_the_term_does_not_stand_is_no_place():
    assert terms_at(["A cyst."], [{"cyst": [0, 1, 9], "mass": [1]}]) == terms_at(["A cyst."], [{"cyst": [1]}])


@given(
    st.text(st.sampled_from("a bB-’.,1x"), max_size=30),
    st.sampled_from(["a", "b", "ab", "aba", "happy", "mice", "1", "11", "1.1", "b1", "=B", "=ab", "=B-1"]),
)
def test_a_term_that_is_looked_for_by_its_letters_is_found_where_it_stands(text, word):
    text = f"{text} Happier mouse, happy-go mice"
    held = text_terms([text])[0]
    for wanted in {term for clause in parse(word).clauses for term in terms(clause)}:
        where = [at for term, at in zip(held.texts, held.positions.tolist(), strict=True) if term == wanted]
        assert set(terms_at([text], [{wanted: where}])[0]) == set(terms_for(parse(word).clauses, text))
