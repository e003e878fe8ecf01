from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.chunk import passages
from indexer.cite import cite, cite_excerpt, source_link
from indexer.records import Span, Summary
from indexer.stored_document import StoredDocument, stored
from tests.documents import document


@pytest.fixture
def cited():
    """A document whose clean text has lost a line-end hyphen, and its only passage."""
    source = "Title\n\nThe tumor was re-\nmoved at once. It did not return."
    made = document(("title", "Title"), ("prose", "The tumor was removed at once. It did not return."))
    made = replace(made, text=AlignedText.of(source).edit([(23, 25, "")]), authors=("A. Eve", "B. Adam"), date="2001")
    return source, made, passages(made)[0], Summary(made.id, made.source.path, made.title, made.authors, made.date)


def test_a_quote_knows_its_exact_pieces_in_the_source(cited):
    source, made, passage, row = cited
    start = made.text.text.index("removed")
    citation = cite(row, made, passage, Span(start, start + len("removed")))
    assert citation.quote == "removed"
    assert [span.of(source) for span in citation.source_spans] == ["re", "moved"]
    assert citation.source_span.of(source) == "re-\nmoved"
    assert (citation.prefix, citation.suffix) == ("Title\n\nThe tumor was ", " at once. It did not return.")


def test_the_line_names_what_is_known_and_leaves_out_the_rest(cited):
    _, made, passage, row = cited
    whole = replace(passage, heading=("Case", "Surgery"), page=3)
    line = "A. Eve, B. Adam. A title. 2001. §\u00a0Case › Surgery. p.\u00a03."
    assert cite(row, made, whole, passage.span).text == line
    assert cite(replace(row, authors=(), date=""), made, passage, passage.span).text == "A title."


def test_names_with_commas_are_parted_by_semicolons(cited):
    _, made, passage, row = cited
    row = replace(row, authors=("Eve, A.", "Adam, B."), date="")
    assert cite(row, made, passage, passage.span).text == "Eve, A.; Adam, B. A title."


def test_nothing_is_said_twice_neither_the_title_nor_a_sign(cited):
    _, made, passage, row = cited
    under = replace(passage, heading=(row.title, "Case"))
    assert cite(replace(row, authors=(), date=""), made, under, passage.span).text == "A title. §\u00a0Case."
    by_law = replace(passage, heading=("§ 4 Dues",))
    assert cite(replace(row, authors=(), date=""), made, by_law, passage.span).text == "A title. § 4 Dues."
    assert cite(replace(row, authors=(), title="Why?"), made, passage, passage.span).text == "Why? 2001."


def test_a_date_that_was_guessed_is_marked(cited):
    _, made, passage, row = cited
    row = replace(row, authors=(), guessed=("date", "title"))
    assert cite(row, made, passage, passage.span).text == "A title. 2001 (guessed)."
    assert cite(replace(row, date=""), made, passage, passage.span).text == "A title."


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_an_excerpt_is_cited_as_its_document_is(start, length, inset, size):
    source = (
        "Title\n\nThe tumor was re-\nmoved at once.  It did not re-\nturn, they say; nor did it hurt the pa-\ntient."
    )
    made = document(("prose", source))
    text = AlignedText.of(source)
    made = replace(made, text=text.edit([(23, 25, ""), (39, 41, " "), (52, 54, ""), (92, 94, "")]), authors=("A. Eve",))
    span = Span(min(start, 80), min(start + length + 1, len(made.text)))
    passage = replace(passages(document(("prose", "x")))[0], text=span.of(made.text.text), span=span)
    first = min(span.start + inset, span.end - 1)
    quoted = Span(first, min(first + size + 1, span.end))
    row = Summary(made.id, made.source.path, made.title, made.authors)
    excerpt = StoredDocument(made.id, stored(made, [passage])).excerpt(passage.ordinal)
    assert cite_excerpt(row, excerpt, quoted) == cite(row, made, passage, quoted)


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
    row = Summary("d1", path, "x", url=url)
    assert source_link(row, 4, "well-enhanced, soft & red") == link


def test_a_pdf_by_any_other_name_opens_at_its_page():
    assert source_link(Summary("d1", "a.txt", "x", pages=1), 1, "x") == "/documents/d1/source#page=1"


def test_a_long_quote_is_named_by_its_first_and_last_words():
    link = source_link(Summary("d1", "a.html", "x", url="https://x.org"), None, " ".join(f"w{n}" for n in range(40)))
    assert unquote(link) == "https://x.org#:~:text=w0 w1 w2 w3 w4 w5,w34 w35 w36 w37 w38 w39"
