"""Whatever is typed is answered, in time; over 100,000 passages `python -m tests.benchmarks queries` measures it."""

import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.analyse import STOP_WORDS
from indexer.answer import answer
from indexer.records import FACETS, Options
from indexer.search import search
from tests.benchmarks.queries import hostile, library, vocabulary

WORDS = vocabulary()
HOSTILE = hostile(WORDS)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    with library(tmp_path_factory.mktemp("hostile"), 200, WORDS).reader() as reader:
        yield reader


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_is_answered_in_time(reader, name):
    began = time.process_time()
    results = search(reader, HOSTILE[name], 10, 0, Options(facets=FACETS))
    assert time.process_time() - began < 2
    assert len(results.hits) <= 10
    assert results.total >= len(results.hits)


def test_out_of_time_there_are_fewer_hits_and_that_is_said(reader):
    query = " ".join(WORDS[:30])
    late, whole = search(reader, query, 10, 0, Options(seconds=-1, facets=FACETS)), search(reader, query)
    assert late.timed_out
    assert not any(facet.name == "flag" for facet in late.facets)
    assert not late.exact
    assert late.total < whole.total
    assert not whole.timed_out


def test_without_time_to_look_words_up_the_result_is_told_to_be_a_part(reader, monkeypatch):
    monkeypatch.setattr(sys.modules["indexer.search"], "EXPANDING", -1)
    common = next(word for word in WORDS if word not in STOP_WORDS)
    results = search(reader, f"co* {common}")
    assert results.timed_out
    assert not results.exact
    assert results.total
    assert not search(reader, common).timed_out


def test_without_time_to_narrow_hits_down_that_is_said(reader, monkeypatch):
    module, options = sys.modules["indexer.search"], Options(seconds=0.3, filters=("kind:prose",))
    ordered = module.ordered

    def slowly(*given):
        time.sleep(options.seconds)
        return ordered(*given)

    word = WORDS[40]
    assert not search(reader, word, options=Options(filters=options.filters)).timed_out
    monkeypatch.setattr(module, "ordered", slowly)
    results = search(reader, word, options=options)
    assert results.timed_out
    assert not results.exact


PIECES = st.sampled_from(
    ["the", "a", "AND", "OR", "NOT", "(", ")", '"', "+", "-", "=", "~", "~5", "*", ":", "title:", "year:", "2019", "..",
     "flag:negated", "section:a", " ", " ", "\x00", "\ud800", "β", "\U0001f4a9"]
)  # fmt: skip


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, min_size=1, max_size=25).map("".join).filter(str.strip))
def test_anything_is_searched_and_answered(reader, text):
    assert search(reader, text).total >= 0
    assert answer(reader, text).level in {"answer", "possible", "none"}
