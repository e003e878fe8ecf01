"""Over any small library: a count is what filtering then leaves, and pages make up the whole list."""

import json
from itertools import pairwise
from random import Random

import pytest

from indexer.records import FACETS, SORTS, Options
from indexer.replies import filter_for
from indexer.search import search
from tests.evaluation.libraries import library_of

WORDS = "spine cord tumor no evidence of metastasis possible pain history drop the scan shows oedema edema but".split()
QUERIES = ["tumor", "tumor OR spine", '"spine cord"', "metastas* -pain", "-tumor", "drop pain oedema",
           "title:spine tumor", "year:2015..2019", "flag:negated tumor", "pain AND (cord OR scan)",
           '"drop pain"~9 "scan shows scan"~12']  # fmt: skip
LIBRARIES = range(8)


def prose(random: Random, words: int) -> str:
    """Sentences of a few words each."""
    return " ".join(
        " ".join(random.choices(WORDS, k=random.randint(4, 14))).capitalize() + "." for _ in range(words // 9)
    )


def article(random: Random) -> str:
    """A title and two sections."""
    results, discussion = prose(random, 200), prose(random, 60)
    return f"# {prose(random, 9)}\n\n## Results\n\n{results}\n\n## Discussion\n\n{discussion}\n"


def files(seed: int) -> dict[str, bytes]:
    """Records and articles: some long enough for overlapping passages, some with a copy, many without a date."""
    random = Random(seed)  # noqa: S311 - which words is no secret
    rows = []
    for number in range(random.randint(1, 12)):
        row = {"_id": f"r{number}", "title": prose(random, 9), "text": prose(random, random.choice([9, 40, 400]))}
        row |= {"date": random.choice(["2015", "2017-03", "2019-08-24"])} if random.random() < 0.6 else {}
        row |= {"authors": random.sample(["Jane Smith", "Bo Li", "O'Neil, A."], k=random.randint(1, 2))}
        rows += [row, row | {"_id": f"r{number}copy"}] if random.random() < 0.3 else [row]
    articles = {f"a{number}.md": article(random) for number in range(random.randint(0, 2))}
    texts = {"records.jsonl": "\n".join(map(json.dumps, rows)), **articles}
    return {name: text.encode() for name, text in texts.items()}


@pytest.fixture(params=LIBRARIES)
def reader(request):
    with library_of(files(request.param)) as reader:
        yield reader


def ids(results):
    return [hit.passage.id for hit in results.hits]


def test_a_count_is_what_filtering_then_leaves(reader):
    for query in QUERIES:
        results = search(reader, query, 100, 0, Options(facets=FACETS))
        for facet in results.facets:
            narrowed = search(reader, query, 100, 0, Options(filters=(filter_for(facet),), facets=FACETS))
            assert (query, facet, narrowed.total) == (query, facet, facet.hits)
            assert set(ids(narrowed)) <= set(ids(results))
            others = {(other.name, other.value): other.hits for other in narrowed.facets}
            assert others[facet.name, facet.value] == facet.hits


def test_a_filter_and_its_opposite_share_the_hits_out(reader):
    for query in QUERIES:
        whole = search(reader, query, 100)
        for given in ("year:2017", "author:li", "section:results", "flag:negated", "format:md", "tumor"):
            kept, others = (search(reader, query, 100, 0, Options(filters=(f,))) for f in (given, f"-{given}"))
            assert sorted(ids(kept) + ids(others)) == sorted(ids(whole))


def test_pages_make_up_the_whole_list_and_past_the_end_there_is_nothing(reader):
    for query in QUERIES:
        for sort in SORTS:
            options = Options(sort=sort)
            whole = search(reader, query, 100, 0, options)
            assert len(set(ids(whole))) == len(ids(whole)) == whole.total
            assert [hit.rank for hit in whole.hits] == list(range(1, whole.total + 1))
            pages = [search(reader, query, 3, at, options) for at in range(0, whole.total + 3, 3)]
            assert [name for page in pages for name in ids(page)] == ids(whole)
            assert {page.total for page in pages} == {whole.total}
            assert search(reader, query, 10, whole.total + 1, options).hits == ()


def test_what_is_folded_into_a_hit_is_no_hit_itself(reader):
    for query in QUERIES:
        results = search(reader, query, 100)
        folded = [other for hit in results.hits for other in hit.also]
        assert len(set(folded)) == len(folded)
        assert not set(folded) & set(ids(results))


def test_an_order_moves_hits_and_neither_adds_nor_loses_any(reader):
    for query in QUERIES:
        relevance, newest, oldest, title = (search(reader, query, 100, 0, Options(sort=sort)) for sort in SORTS)
        assert sorted(ids(relevance)) == sorted(ids(newest)) == sorted(ids(oldest)) == sorted(ids(title))
        dates = [hit.document.date[:4] for hit in newest.hits if hit.document.date]
        assert dates == sorted(dates, reverse=True)
        assert all(one.score >= other.score for one, other in pairwise(relevance.hits))
