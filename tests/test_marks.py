from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.marks import marks
from indexer.query import parse


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
    ],
)
def test_what_is_marked(query, text, expected):
    assert marked(query, text) == expected


@given(st.text(st.sampled_from('ab -"')).filter(str.strip), st.text(st.sampled_from("ab -<&")))
def test_marks_are_in_order_do_not_overlap_and_lie_in_the_text(query, text):
    spans = marks(parse(query), text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
