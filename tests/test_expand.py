import pytest

from indexer.expand import MOST_IN_ALL, MOST_WORDS, expanded
from indexer.query import parse
from indexer.records import Expansion, Summary
from tests.notation import noted
from tests.vocabulary import Words

LUMBAR = Summary("d1", "corpus/lumbar-tumors.txt", "Lumbar Tumors")
SPINE = Summary("d2", "corpus/spine.pdf", "Tumors of the Spine")
WORDS = Words(
    "Metastases and metastasis",
    "metastatic",
    "the tumor",
    keys=["year=2014", "year=2015", "year=2019", "author=Jane Smith", "by=jane", "by=smith", "document=d1"],
    documents=[LUMBAR, SPINE],
)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("metasta*", "(=metastases=Metastases | =metastasis | =metastatic)"),
        ("x AND metastati*", "x (=metastatic) / x & (=metastatic)"),
        ("x -metastati*", "x / x & !(=metastatic)"),
        ("title:metastat*", "title:(=metastatic)"),
        ("zzz*", "()"),
        ("tumr~", "(tumr | tumor)"),
        ("year:2015..", "/ (<year=2015> | <year=2019>)"),
        ("year:..2014", "/ (<year=2014>)"),
        ("year:2015..2018", "/ (<year=2015>)"),
        ("year:2016", "/ <year=2016>"),
        ('author:"Jane Smith"', "/ <author=Jane Smith>"),
        ("author:smith", "/ (<by=smith>)"),
        ('author:"smith, jane"', "/ (<by=smith> & <by=jane>)"),
        ("document:d1", "/ <document=d1>"),
        ("document:lumbar-tumors.txt", "/ (<document=d1>)"),
        ("document:Spine", "/ (<document=d2>)"),
        ("document:corpus/spine.pdf", "/ (<document=d2>)"),
        ('document:"tumors"', "/ (<document=d1> | <document=d2>)"),
        ("document:nothing", "/ ()"),
    ],
)
def test_what_a_query_stands_for(text, reading):
    assert noted(expanded(parse(text), WORDS)) == reading


def test_beginnings_stand_for_no_more_than_so_many_words_together():
    starts = ("ab", "cd", "ef", "gh", "ij", "kl")
    asked = " ".join(f"{start}*" for start in starts)
    query = expanded(parse(asked), Words(*[f"{start}{number}" for start in starts for number in range(180)]))
    assert [len(clause.clauses) for clause in query.clauses] == [180, 180, 180, 180, 180, 100]
    assert query.warnings == ("kl* stands for the 100 most frequent of the words that begin so",)
    query = expanded(parse(asked), Words(*[f"{start}{number}" for start in starts for number in range(250)]))
    assert sum(len(clause.clauses) for clause in query.clauses) == MOST_IN_ALL
    assert "kl* is left out: the query stands for 1,000 words without it" in query.warnings


def test_what_there_is_no_time_to_find_is_left_out_and_named():
    query = expanded(parse("metasta* tumr~ year:2015.."), WORDS, deadline=0)
    assert noted(query) == "() tumr / (<year=2015> | <year=2019>)"
    assert query.is_cut
    assert query.warnings == (
        "time ran out before the words for metasta* were found",
        "time ran out before the words for tumr~ were found",
    )
    assert not expanded(parse("metasta* tumr~"), WORDS).is_cut


def test_the_receipt_names_every_word():
    query = expanded(parse("metasta* tumr~"), WORDS)
    assert query.expanded == (
        Expansion("metasta*", "metastases", "beginning"),
        Expansion("metasta*", "metastasis", "beginning"),
        Expansion("metasta*", "metastatic", "beginning"),
        Expansion("tumr~", "tumor", "alike"),
    )
    assert (query.words, query.warnings) == (("metasta*", "tumr~"), ())


def test_a_beginning_stands_for_no_more_than_so_many_words():
    words = Words(*[f"ab{number}" for number in range(MOST_WORDS + 50)], "ab7")
    query = expanded(parse("ab*"), words)
    assert noted(query).count("=ab") == MOST_WORDS
    assert noted(query).startswith("(=ab7 |")
    assert query.warnings == ("ab* stands for the 200 most frequent of the words that begin so",)


def test_a_beginning_without_a_word_is_said():
    assert expanded(parse("zzz*"), WORDS).warnings == ("no word begins with zzz*",)
