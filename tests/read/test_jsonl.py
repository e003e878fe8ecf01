"""JSON Lines: what each line gives, and how little a bad line costs."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.read.jsonl import extracts
from tests.read.soundness import SOURCE, check_reading

GOOD = b'{"_id": "a", "title": "One", "text": "First."}'


def test_each_line_is_a_document() -> None:
    data = GOOD + b'\n{"_id": "b", "title": "", "text": "Second\\nline."}\n'
    first, second = extracts(data, SOURCE)
    assert (first.source.part, first.title, first.original) == ("a", "One", "First.")
    assert (second.source.part, second.title, second.original) == ("b", "", "Second\nline.")
    assert second.text == AlignedText.of("Second\nline.")
    assert first.notes == ()


def test_metadata_of_a_line() -> None:
    line = {
        "_id": 7,
        "title": " Stem\ncells ",
        "text": "x",
        "authors": ["A. One", {"name": "B. Two"}, 3.5, " "],
        "year": 2004,
        "doi": "https://doi.org/10.1371/journal.pbio.0020188",
    }
    (extract,) = extracts(json.dumps(line).encode(), SOURCE)
    assert extract.source.part == "7"
    assert extract.title == "Stem cells"
    assert extract.authors == ("A. One", "B. Two")
    assert extract.date == "2004"
    assert extract.doi == "10.1371/journal.pbio.0020188"
    assert extract.url == "https://doi.org/10.1371/journal.pbio.0020188"


def test_authors_in_one_string_and_an_address_of_its_own() -> None:
    line = {"id": "x", "text": "x", "author": "A. One; B. Two", "url": "https://a.example/x", "doi": "none"}
    (extract,) = extracts(json.dumps(line).encode(), SOURCE)
    assert extract.authors == ("A. One", "B. Two")
    assert (extract.url, extract.doi) == ("https://a.example/x", "")


def test_metadata_in_an_object_of_its_own() -> None:
    line = {
        "_id": "a",
        "text": "x",
        "title": "T",
        "metadata": {"url": "https://a.example", "title": "other", "_id": "b"},
    }
    (extract,) = extracts(json.dumps(line).encode(), SOURCE)
    assert (extract.source.part, extract.title, extract.url) == ("a", "T", "https://a.example")
    assert extracts(b'{"_id": "a", "text": "x", "metadata": [1]}', SOURCE)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json}", "is not JSON: expecting property name enclosed in double quotes, character 2"),
        (b'{"_id": "b", "text": "cut off', "is not JSON"),
        (b"[1, 2]", "is not a JSON object"),
        (b"null", "is not a JSON object"),
        (b'{"text": "no id"}', "has no `_id`"),
        (b'{"_id": true, "text": "x"}', "has no `_id`"),
        (b'{"_id": "b"}', "has no `text`"),
        (b'{"_id": "b", "text": 5}', "has no `text`"),
        (b'{"_id": "a", "text": "again"}', "has the _id a of a line before"),
        (b'{"_id": "b", "text": ' + b"[" * 100_000, "is nested too deep"),
        (b'{"_id": ' + b"9" * 5000 + b', "text": "x"}', "is not JSON"),
        (b"\x00\x00\x00", "is not JSON"),
        (b"\xff\xd8\xff\xe0", "is not JSON"),
    ],
)
def test_a_bad_line_costs_that_line_only(line: bytes, reason: str) -> None:
    first, last = extracts(b"\n".join([GOOD, line, b'{"_id": "z", "text": "Last."}']), SOURCE)
    assert (first.original, last.original) == ("First.", "Last.")
    (note,) = first.notes
    assert note.startswith("line 2 ")
    assert reason in note


def test_many_bad_lines_are_counted() -> None:
    (extract,) = extracts(GOOD + b"\n{" * 50, SOURCE)
    assert len(extract.notes) == 21
    assert extract.notes[-1] == "30 more lines are not documents"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"{}\n{}", "failed"),
        (b"", "empty"),
        (b" \n\r\n\xef\xbb\xbf", "failed"),
        (b"\xef\xbb\xbf\n \n", "empty"),
    ],
)
def test_no_document_at_all(data: bytes, status: str) -> None:
    with pytest.raises(UnreadableSourceError) as error:
        extracts(data, SOURCE)
    assert error.value.status == status


def test_lone_surrogates_can_be_stored() -> None:
    (extract,) = extracts(rb'{"_id": "\udfff", "title": "a\ud800", "text": "x\ud800y\ud83d\ude00"}', SOURCE)
    assert extract.original == "x\ufffdy\U0001f600"
    assert (extract.title, extract.source.part) == ("a\ufffd", "\ufffd")


def test_a_line_that_is_not_utf_8_is_read_as_western() -> None:
    first, second = extracts('{"_id": "a", "text": "β"}\n'.encode() + b'{"_id": "b", "text": "caf\xe9"}', SOURCE)
    assert (first.original, second.original) == ("β", "café")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings(encoding: str) -> None:
    (extract,) = extracts('{"_id": "a", "text": "naïve β"}'.encode(encoding), SOURCE)
    assert extract.original == "naïve β"


def test_only_a_line_feed_ends_a_line() -> None:
    (extract,) = extracts('{"_id": "a", "text": "one\u2028two\x85three"}\r\n'.encode(), SOURCE)
    assert extract.original == "one\u2028two\x85three"


def test_a_line_of_ten_megabytes() -> None:
    (extract,) = extracts(b'{"_id": "a", "text": "' + b"word " * 2_000_000 + b'"}', SOURCE)
    assert len(extract.original) == 10_000_000


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_every_text_comes_back_whole(texts: list[str]) -> None:
    lines = [json.dumps({"_id": str(number), "text": text}) for number, text in enumerate(texts)]
    assert [extract.original for extract in extracts("\n".join(lines).encode(), SOURCE)] == texts


@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from([b"{", b"}", b'"_id"', b":", b",", b"1", b'"text"', b"\n"])).map(b"".join)
)
def test_anything_else_is_a_clear_error(data: bytes) -> None:
    check_reading(extracts, data)
