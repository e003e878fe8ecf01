import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh_engine import WhooshEngine
from indexer.flags import flagged
from indexer.marks import terms_for
from indexer.negation import FLAGS
from indexer.query import parse
from indexer.records import AnyOf, Entry, Flagged, Lesser, PassageEntry, Query, Word
from indexer.terms import text_terms
from tests.libraries import folder_in_memory
from tests.passages import flags_by_position


def flags(query, text):
    """What a passage of this text says of the query's words."""
    terms = terms_for(query.clauses, text)
    return flagged(query, terms, flags_by_position(text))


@pytest.mark.parametrize(
    ("query", "text", "told"),
    [
        ("metastasis", "There was no metastasis.", ("negated",)),
        ("metastasis", "No metastasis then; metastases now.", ()),
        ("spinal metastasis", "Spinal surgery. No metastasis.", ("negated",)),
        ("metastasis", "There was a possible metastasis.", ("possible",)),
        ("metastasis", "A history of metastases.", ("historical",)),
        ("metastasis edema", "No metastasis; possible edema.", ("negated", "possible")),
        ("metastasis", "No metastasis. Possible metastasis.", ()),
        ('"drop metastasis"', "No drop metastasis.", ("negated",)),
        ('"drop metastasis"', "No drop of metastasis.", ()),
        ('"metastasis drop"~3', "Possible drop of metastasis.", ("possible",)),
        ("TTF-1", "It was negative for TTF-1.", ("negated",)),
        ("=US", "No US was done.", ("negated",)),
        ("metast*", "No metastases.", ("negated",)),
        ("title:metastasis", "No metastasis.", ()),
        ("edema", "No metastasis.", ()),
        ("edema", "", ()),
    ],
)
def test_what_a_text_says_of_the_words(query, text, told):
    assert flags(parse(query), text) == told


def test_what_is_lesser_is_not_asked_about():
    query = Query("", (AnyOf((Word("idem"), Lesser(Word("metastasi"), 0.15))),))
    assert flags(query, "No metastasis.") == ()


WORDS = st.sampled_from(["no", "cyst", "mass", "possible", "but", ".", ";", "history of", "T-cell", "was", "ruled out"])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
    st.sampled_from(
        ["cyst", "cyst mass", '"cyst mass"', "T-cell", '"mass cyst"~2', "=cyst", "mas* cyst", "title:cyst"]
    ),
)
def test_the_engine_tells_the_same(text, query):
    asked = parse(query.replace("mas*", "mass"))
    held = PassageEntry(0, text=text_terms([text])[0])
    with folder_in_memory() as folder:
        engine = WhooshEngine.create(folder)
        engine.write([Entry("d", "f", b"", (held,))], ())
        reader = engine.reader()
        told = [flag for flag in FLAGS if reader.search((), (Flagged(flag, asked.clauses),), 1).total]
    assert tuple(told) == flags(asked, text)
