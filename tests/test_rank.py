from indexer.analyse import analyse
from indexer.query import parse
from indexer.rank import REFERENCES, clause_idf, collapsed, lowered, pair_evidence, reranked
from indexer.records import Match


def evidence(query, text):
    read = parse(query)
    return pair_evidence(read, analyse(text), dict.fromkeys(read.clauses, 1.0))


def test_words_side_by_side_count_more_than_near_and_near_more_than_far():
    side = evidence("drop metastasis", "a drop metastasis was seen")
    near = evidence("drop metastasis", "a drop of the metastasis")
    far = evidence("drop metastasis", "drop " + "x " * 20 + "metastasis")
    assert side > near > far == 0


def test_the_order_of_the_query_counts_for_adjacency():
    assert evidence("spinal cord", "the spinal cord") > evidence("spinal cord", "the cord spinal") > 0


def test_a_single_word_has_no_pairs():
    assert evidence("metastasis", "metastasis metastasis") == 0


def test_reranking_lifts_the_passage_with_the_pair_and_is_stable():
    query = parse("drop metastasis")
    matches = [Match("a", 0, 2.0), Match("b", 0, 2.0), Match("c", 0, 2.0)]
    texts = ["drop and later on some metastasis", "no pair", "drop metastasis"]
    ranked = reranked(query, matches, texts, dict.fromkeys(query.clauses, 1.0))
    assert [match.document_id for match in ranked] == ["c", "a", "b"]


def test_lists_of_references_are_ranked_down():
    matches = [Match("a", 0, 3.0), Match("a", 1, 2.0), Match("b", 0, 1.0)]
    assert lowered(matches, {("a", 0)}) == [Match("a", 1, 2.0), Match("a", 0, 3.0 * REFERENCES), Match("b", 0, 1.0)]
    assert lowered(matches, set()) == matches
    assert [m.ordinal for m in lowered(matches, {("a", 0), ("a", 1), ("b", 0)})] == [0, 1, 0]


def test_rare_words_weigh_more_than_common_and_unknown_ones_the_most():
    query = parse("tumor syringomyelia xyzzy")
    idf = clause_idf(query, {"tumor": 90, "syringomyelia": 2}, 100)
    common, rare, unknown = (idf[clause] for clause in query.clauses)
    assert 0 < common < rare < unknown


def test_overlapping_neighbours_fold_into_the_better_one():
    matches = [
        Match("a", 4, 9.0),
        Match("b", 5, 8.0),
        Match("a", 5, 7.0),
        Match("a", 3, 6.0),
        Match("a", 7, 5.0),
    ]
    assert [(head.document_id, head.ordinal, also) for head, also in collapsed(matches)] == [
        ("a", 4, (3, 5)),
        ("b", 5, ()),
        ("a", 7, ()),
    ]


def test_no_match_is_lost_by_folding():
    matches = [Match("a", n, float(20 - n)) for n in range(20)]
    folded = collapsed(matches)
    assert sorted([head.ordinal for head, _ in folded] + [n for _, also in folded for n in also]) == list(range(20))
