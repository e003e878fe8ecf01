import os

import pytest

from indexer import Library, UnreadableSourceError, index, search, verify
from indexer.verify import _sandbox, verify_each

TEXT = "About apples\n\nApples grow on trees in the gar-\nden of every house.\n\nPears are different.\n"


@pytest.fixture
def cited(tmp_path):
    """A file, and what was cited from it."""
    path = tmp_path / "docs" / "a.txt"
    path.parent.mkdir()
    path.write_text(TEXT)
    index(tmp_path / ".pincite", [path.parent])
    with Library.open(tmp_path / ".pincite").reader() as reader:
        hit = search(reader, "apples grow").hits[0]
        return path, reader.document(hit.document.id), hit.passage


def test_a_source_in_a_folder_that_cannot_be_entered_has_changed_as_far_as_can_be_told(cited, tmp_path, monkeypatch):
    path, document, passage = cited
    real = os.stat

    def stat(asked, *args, **more):
        if asked == path:
            raise PermissionError(13, "Permission denied", str(path))
        return real(asked, *args, **more)

    monkeypatch.setattr(os, "stat", stat)
    assert verify(document, passage, tmp_path) == "changed"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (TEXT, "exact"),
        (TEXT + "\nMore at the end.\n", "exact"),
        ("A new beginning.\n\n" + TEXT, "moved"),
        (TEXT.replace("trees", "bushes"), "changed"),
        ("", "changed"),
        (b"\x00\x01\x02\x03" * 500, "changed"),
    ],
)
def test_what_became_of_a_passage(cited, text, status):
    path, document, passage = cited
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert verify(document, passage, path.parent.parent) == status


def test_a_file_that_is_gone_is_missing(cited):
    path, document, passage = cited
    path.unlink()
    assert verify(document, passage, path.parent.parent) == "missing"


def test_of_several_places_the_one_that_was_cited_counts(tmp_path):
    path = tmp_path / "docs" / "a.jsonl"
    path.parent.mkdir()
    path.write_text('{"_id": "one", "text": "Apples grow."}\n{"_id": "two", "text": "Pears grow."}\n')
    index(tmp_path / ".pincite", [path.parent])
    with Library.open(tmp_path / ".pincite").reader() as reader:
        document, (passage,) = reader.document("two"), reader.passages("two")
    path.write_text('{"_id": "one", "text": "Pears grow."}\n{"_id": "two", "text": "Pears grow."}\n')
    assert verify(document, passage, tmp_path) == "exact"
    path.write_text('{"_id": "one", "text": "Pears grow."}\n')
    assert verify(document, passage, tmp_path) == "changed"


@pytest.fixture
def of_two_files(tmp_path):
    """A folder, and what was cited from two files in it, of two records each."""
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in "ab":
        records = [f'{{"_id": "{name}{n}", "text": "Apple {name}{n} grows."}}\n' for n in (1, 2)]
        (docs / f"{name}.jsonl").write_text("".join(records))
    index(tmp_path / ".pincite", [docs])
    with Library.open(tmp_path / ".pincite").reader() as reader:
        return docs, [(reader.document(row.id), reader.passages(row.id)[0]) for row in reader.documents()]


def test_each_of_many_is_as_it_is_by_itself(of_two_files):
    docs, cited = of_two_files
    (docs / "a.jsonl").write_text('{"_id": "a2", "text": "Yes. Apple a2 grows."}\n')
    assert list(verify_each(cited, docs.parent)) == ["changed", "moved", "exact", "exact"]
    (docs / "a.jsonl").unlink()
    assert list(verify_each(cited, docs.parent)) == ["missing", "missing", "exact", "exact"]


def test_a_file_that_cannot_be_read_is_tried_once(of_two_files, monkeypatch):
    docs, cited = of_two_files
    (docs / "a.jsonl").write_text("Apples")
    (docs / "b.jsonl").write_text("")
    tried = []

    def read(*file):
        tried.append(file)
        raise UnreadableSourceError("docs/a.jsonl", "took longer than 20 s")

    monkeypatch.setattr(_sandbox(), "read", read)
    assert list(verify_each(cited, docs.parent)) == ["changed"] * 4
    assert tried == [(docs / "a.jsonl", "docs/a.jsonl")]
