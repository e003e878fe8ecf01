from dataclasses import replace
from urllib.parse import unquote

import pytest

from indexer.aligned import AlignedText
from indexer.chunk import passages
from indexer.cite import cite, source_link
from indexer.records import Source, Span
from tests.documents import document


@pytest.fixture
def cited():
    """A document whose clean text has lost a line-end hyphen, and its only passage."""
    source = "Title\n\nThe tumor was re-\nmoved at once. It did not return."
    made = document(("title", "Title"), ("prose", "The tumor was removed at once. It did not return."))
    made = replace(made, text=AlignedText.of(source).edit([(23, 25, "")]), authors=("A. Eve", "B. Adam"), date="2001")
    return source, made, passages(made)[0]


def test_a_quote_knows_its_exact_pieces_in_the_source(cited):
    source, made, passage = cited
    start = made.text.text.index("removed")
    citation = cite(made, passage, Span(start, start + len("removed")))
    assert citation.quote == "removed"
    assert [span.of(source) for span in citation.source_spans] == ["re", "moved"]
    assert citation.source_span.of(source) == "re-\nmoved"
    assert (citation.prefix, citation.suffix) == ("Title\n\nThe tumor was ", " at once. It did not return.")


def test_the_line_names_what_is_known_and_leaves_out_the_rest(cited):
    _, made, passage = cited
    whole = replace(passage, heading=("Case", "Surgery"), page=3)
    assert cite(made, whole, passage.span).text == "A. Eve, B. Adam. A title. 2001. §\u00a0Case › Surgery. p.\u00a03."
    assert cite(replace(made, authors=(), date=""), passage, passage.span).text == "A title."


@pytest.mark.parametrize(
    ("path", "url", "link"),
    [
        ("a.txt", "", ""),
        ("a.txt", "https://x.org/a", "https://x.org/a"),
        ("a.html", "", ""),
        ("a.html", "javascript:alert(1)", ""),
        ("a.html", "https://x.org/a#top", "https://x.org/a#:~:text=well%2Denhanced%2C%20soft%20%26%20red"),
        ("a.PDF", "", "/documents/d1/source#page=4"),
        ("a.pdf", "https://x.org/a.pdf", "https://x.org/a.pdf#page=4"),
        ("a.pdf", "https://doi.org/10.1234/x", "/documents/d1/source#page=4"),
        ("a.pdf", "javascript:alert(1)//a.pdf", "/documents/d1/source#page=4"),
    ],
)
def test_the_place_in_the_source_itself(path, url, link):
    made = replace(document(("prose", "x")), source=Source(path, "0"), url=url)
    assert source_link(made, 4, "well-enhanced, soft & red") == link


def test_a_pdf_by_any_other_name_opens_at_its_page():
    made = replace(document(("prose", "x"), pages=(Span(0, 1),)), source=Source("a.txt", "0"))
    assert source_link(made, 1, "x") == "/documents/d1/source#page=1"


def test_a_long_quote_is_named_by_its_first_and_last_words():
    made = replace(document(("prose", "x")), source=Source("a.html", "0"), url="https://x.org")
    link = source_link(made, None, " ".join(f"w{n}" for n in range(40)))
    assert unquote(link) == "https://x.org#:~:text=w0 w1 w2 w3 w4 w5,w34 w35 w36 w37 w38 w39"
