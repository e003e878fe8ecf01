"""Of a query that matches more than is counted only the matches for a page are looked at: nobody sees that."""

import sys
from random import Random

import pytest

from indexer.records import Options
from indexer.search import FEW, MOST, RERANKED, SURE, search
from tests.evaluation.libraries import library_of
from tests.test_facets_laws import prose

ORDER, SEARCH = sys.modules["indexer.order"], sys.modules["indexer.search"]
QUERIES = ["tumor pain", "spine", "Which scan shows oedema?", '"spine cord" OR tumor', "metastas* drop"]
LISTED = Options(facets=("kind",))  # which are counted over all hits


@pytest.fixture(scope="module")
def reader():
    random = Random(3)  # noqa: S311 - which words is no secret
    texts = [prose(random, 1_500) for _ in range(10)]
    copies = [text.replace("scan", "image", 1) for text in texts[:1] * 5]
    with library_of({f"d{at}.txt": text.encode() for at, text in enumerate(texts + copies)}) as reader:
        yield reader


@pytest.fixture
def few(monkeypatch):
    """No more than 90 matches are counted one by one, and 12 are ranked."""
    monkeypatch.setattr(ORDER, "RERANKED", 12)
    for name, value in {"RERANKED": 12, "MOST": 90, "SURE": 1 + (90 - 3 * 12) // 3, "FEW": 40}.items():
        monkeypatch.setattr(SEARCH, name, value)


def pages(reader, query, limit):
    """Every page of a query."""
    found = [search(reader, query, limit)]
    while found[-1].hits and found[-1].hits[-1].rank < found[0].total:
        found.append(search(reader, query, limit, limit * len(found)))
    return found


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("limit", [1, 4, 10, 100])
def test_pages_make_up_the_list_that_is_counted_one_by_one(reader, query, limit):
    listed, found = search(reader, query, 1000, 0, LISTED), pages(reader, query, limit)
    assert not listed.exact
    assert {(page.total, page.exact) for page in found} == {(19, False)}
    assert [hit for page in found for hit in page.hits] == list(listed.hits[:19])


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("given", ["format:txt", "-format:pdf", "-author:nobody"])
def test_a_filter_that_all_pass_leaves_the_hits_of_many_matches_alone(reader, query, given):
    listed = search(reader, query, 1000, 0, LISTED)
    narrowed = search(reader, query, 1000, 0, Options(filters=(given,)))
    assert (narrowed.total, narrowed.exact) == (listed.total, False)
    assert [hit.passage.id for hit in narrowed.hits] == [hit.passage.id for hit in listed.hits]


@pytest.mark.usefixtures("few")
def test_an_order_of_some_of_many_matches_says_so(reader):
    assert any(
        "in this order" in said for said in search(reader, "tumor", 10, 0, Options(sort="newest")).query.warnings
    )
    assert not search(reader, "tumor -tumor", 10, 0, Options(sort="newest")).query.warnings


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("query", QUERIES)
def test_what_is_behind_the_total_is_no_hit(reader, query):
    assert search(reader, query, 10, 19).hits == search(reader, query, 10, 1_000_000).hits == ()
    assert [hit.rank for hit in search(reader, query, 10, 17).hits] == [18, 19]


@pytest.mark.usefixtures("few")
def test_as_many_matches_are_looked_at_as_a_page_takes(reader, monkeypatch):
    limits = []
    best = type(reader).search

    def noted(self, clauses, required, limit, *more, **named):
        limits.append(limit)
        return best(self, clauses, required, limit, *more, **named)

    monkeypatch.setattr(type(reader), "search", noted)
    for offset in (0, 9, 13):
        search(reader, "tumor", 1, offset)
    assert limits == [12, 30, 90]


@pytest.mark.usefixtures("few")
def test_copies_that_leave_too_few_hits_make_no_page_shorter(reader, monkeypatch):
    monkeypatch.setattr(ORDER, "_without_copies", lambda *given: given[-1][:1])
    listed = search(reader, "tumor", 19, 0, LISTED)
    assert search(reader, "tumor", 4).hits == listed.hits[:4]
    assert len(listed.hits) == 19


def test_what_matches_as_much_as_is_counted_has_an_exact_total(reader, monkeypatch):
    listed = search(reader, "tumor", 100, 0, LISTED)
    monkeypatch.setattr(SEARCH, "MOST", reader.frequencies(["tumor"])["tumor"])
    found = search(reader, "tumor", 100)
    assert (found.total, found.exact) == (listed.total, listed.exact) == (len(listed.hits), True)


def test_the_total_is_that_of_the_least_hits():
    assert 1 + (MOST - 3 * RERANKED) / 3 >= SURE
    assert 3 * RERANKED <= FEW < MOST
