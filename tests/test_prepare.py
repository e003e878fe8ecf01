from __future__ import annotations

import json
import struct
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from indexer.errors import UnreadableSourceError
from indexer.fingerprint import Fingerprint, state
from indexer.prepare import apart, prepared, row_of, unread
from indexer.prepare_wire import Decoder, Encoder
from indexer.read.sandbox_wire import BadReplyError
from indexer.records import Entry, PassageEntry
from indexer.stored import read_summary
from indexer.stored_document import StoredDocument
from indexer.vocabulary import Terms


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "docs" / "a.txt"
    path.parent.mkdir()
    path.write_text("About apples\n\nApples grow on non-tropical trees.\n")
    return path


def test_a_file_becomes_what_the_engine_stores(source: Path) -> None:
    (entry,) = prepared(source, "docs/a.txt")
    (held,) = entry.passages
    kept = StoredDocument(entry.document_id, entry.payload)
    passage = kept.passage(held.ordinal)
    assert passage.text == "Apples grow on non-tropical trees."
    assert kept.document().text[passage.span].text == passage.text
    assert read_summary(entry.summary).passages == 1
    assert list(held.title.texts) == ["about", "=about=About", "appl", "=apples"]
    assert Fingerprint.parse(entry.fingerprint).state == state(source.stat())


def test_text_under_the_name_of_another_format_is_read_and_the_ledger_says_so(source: Path) -> None:
    other = source.rename(source.with_suffix(".pdf"))
    (entry,) = prepared(other, "docs/a.pdf")
    row = read_summary(entry.summary)
    assert (row.status, row.passages, row.reason) == (
        "ok",
        1,
        "read as txt, which its bytes are, though it is named .pdf",
    )
    assert "format=txt" in entry.passages[0].keys


def test_a_row_alone_gets_an_id_of_its_own_too_and_keeps_its_reason() -> None:
    row = unread("a.jsonl", "failed", "it could not be cleaned")
    theirs = sha256(f"a.jsonl\n{row.document_id}".encode()).hexdigest()[:12]
    made = apart(row, {row.document_id: "b.jsonl", theirs: "c.jsonl"})
    told = read_summary(made.summary)
    assert made.document_id == told.id not in (row.document_id, theirs)
    assert (told.status, told.reason) == (
        "failed",
        f"it could not be cleaned; the id {row.document_id!r} is taken by b.jsonl",
    )


def test_entries_come_through_the_pipe_as_they_were(source: Path) -> None:
    (entry,) = prepared(source, "docs/a.txt")
    (again,) = Decoder().decoded(Encoder().encoded((entry,)))
    assert again == entry


@pytest.mark.parametrize(
    "reply", [b"", b"[]", b"{}", b'{"entries": [1]}', b'{"entries": [["a", "b"]]}', b"[" * 100_000]
)
def test_what_is_no_reply_is_told(reply: bytes) -> None:
    with pytest.raises(BadReplyError):
        Decoder().decoded(reply)


def reply(end: bytes = b"", **changed: object) -> bytes:
    """A reply of one entry with a title of one word and a passage of two, but for what is changed."""
    record = {"known": 0, "words": 3, "sizes": [1, 0, 2], "ids": [6, False], "positions": [12, True]}
    row = list((record | changed).values())
    keys = [["a=x", "b=y"], [[0], [1, 0]]]
    line = json.dumps({"entries": [["d", "f", row, keys, [[0, 1, 1, 1]], 1, 1]]}).encode()
    return line + b"\na\nb" + struct.pack("<3H3I3c", 0, 0, 1, 0, 0, 1, b"H", b"D", b"S") + end


def test_a_reply_gives_terms_of_numbered_words() -> None:
    (entry,) = Decoder().decoded(reply())
    (passage,) = entry.passages
    assert passage.title.texts == ("a",)
    assert (passage.text.texts, list(passage.text.positions)) == (("a", "b"), [0, 1])
    assert passage.keys == ("b=y", "a=x")
    assert (passage.head, entry.payload, entry.summary) == (b"H", b"D", b"S")


@pytest.mark.parametrize(
    "changed",
    [
        {"known": 1},
        {"known": "0"},
        {"words": 1},
        {"words": "a"},
        {"words": 0},
        {"sizes": [1, 0]},
        {"sizes": [3]},
        {"sizes": []},
        {"sizes": [1, 0, 3]},
        {"sizes": [-1, 1, 3]},
        {"sizes": ["1", "0", "2"]},
        {"ids": [4, False]},
        {"ids": [5, False]},
        {"ids": [-6, False]},
        {"ids": [1 << 40, False]},
        {"ids": ""},
        {"ids": 7},
        {"positions": [8, True]},
        {"positions": [0, 0, 1]},
        {"end": b"more"},
    ],
    ids=str,
)
def test_a_reply_that_does_not_add_up_is_told(changed: dict[str, object]) -> None:
    with pytest.raises(BadReplyError):
        Decoder().decoded(reply(**changed))


def test_a_word_of_a_reply_that_comes_again_is_told() -> None:
    with pytest.raises(BadReplyError):
        Decoder().decoded(reply().replace(b"a\nb", b"a\na"))


def test_a_term_goes_through_the_pipe_once(source: Path) -> None:
    """And each reply is read by what the ones before it told, of whichever words."""
    encoder, decoder = Encoder(), Decoder()
    fresh = Entry("d", "f", b"", (PassageEntry(0, text=Terms.of(["pears"], [0])),))
    (entry,) = prepared(source, "docs/a.txt")
    replies = [encoder.encoded((one,)) for one in (entry, entry, fresh, entry)]
    assert [b"=non-tropical" in reply for reply in replies] == [True, False, False, True]
    assert [decoder.decoded(reply) for reply in replies] == [(entry,), (entry,), (fresh,), (entry,)]


def test_a_reply_that_goes_on_from_one_that_never_came_is_told(source: Path) -> None:
    encoder = Encoder()
    (entry,) = prepared(source, "docs/a.txt")
    first, second = encoder.encoded((entry,)), encoder.encoded((entry,))
    assert Decoder().decoded(first) == (entry,)
    with pytest.raises(BadReplyError):
        Decoder().decoded(second)


def test_a_term_is_spelled_again_when_the_reply_that_did_failed(source: Path) -> None:
    encoder = Encoder()
    (entry,) = prepared(source, "docs/a.txt")
    with pytest.raises(TypeError):
        encoder.encoded((entry, replace(entry, payload=None)))
    assert Decoder().decoded(encoder.encoded((entry,))) == (entry,)


def test_fields_that_share_no_vocabulary_come_through_the_pipe() -> None:
    fields = [Terms.of(texts, range(len(texts))) for texts in (("a",), (), ("b", "a", "b"))]
    entry = Entry("d", "f", b"", (PassageEntry(0, *fields),))
    assert Decoder().decoded(Encoder().encoded((entry,))) == (entry,)


def test_a_word_with_white_space_comes_through_the_pipe(source: Path) -> None:
    source.write_text("The sign ﷺ is one letter and four words.")
    (entry,) = prepared(source, "docs/a.txt")
    assert any(" " in text for text in entry.passages[0].text.texts)
    assert Decoder().decoded(Encoder().encoded((entry,))) == (entry,)


def test_errors_and_lack_of_memory_come_through_the_pipe() -> None:
    with pytest.raises(MemoryError):
        Decoder().decoded(Encoder().encoded(None))
    with pytest.raises(UnreadableSourceError, match=r"a\.txt: why"):
        Decoder().decoded(json.dumps({"error": ["a.txt", "why", "failed"]}).encode())


def test_a_file_that_changes_while_it_is_read_is_not_indexed(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def growing(path: Path, _: str) -> bytes:
        path.write_text("Something else")
        return b"Apples"

    monkeypatch.setattr("indexer.prepare.load", growing)
    with pytest.raises(UnreadableSourceError, match="changed while it was read") as caught:
        prepared(source, "docs/a.txt")
    assert caught.value.status == "unreadable"


def test_the_nearest_metadata_wins(source: Path) -> None:
    (source.parent.parent / "metadata.csv").write_text("file,title\ndocs/a.txt,From above\n")
    assert getattr(row_of(source, "x/docs/a.txt"), "title", "") == "From above"
    (source.parent / "metadata.csv").write_text("file,title\na.txt,From beside\n")
    assert getattr(row_of(source, "x/docs/a.txt"), "title", "") == "From beside"
    assert row_of(source.with_name("b.txt"), "x/docs/b.txt") is None


def test_a_file_that_cannot_be_read_is_a_row_of_the_ledger() -> None:
    entry = unread("docs/x.pdf", "encrypted", "it needs a password")
    row = read_summary(entry.summary)
    assert (row.path, row.status, row.reason, entry.passages) == ("docs/x.pdf", "encrypted", "it needs a password", ())


def test_fingerprints_tell_content_from_state() -> None:
    one = Fingerprint("s", "-", "p", "1.2.3.4")
    assert Fingerprint.parse(str(one)) == one
    assert one.same_content(one._replace(state="5"))
    assert not one.same_state(one._replace(state="5"))
    assert one.same_state(one._replace(sha256=""))
    assert not one._replace(state="").same_state(one._replace(state=""))
    assert Fingerprint.parse("of another make").pipeline == ""
