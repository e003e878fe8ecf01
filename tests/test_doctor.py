from functools import partial

import pytest

from indexer import Library, LibraryMissingError, Options, index, search
from indexer.doctor import examine, self_test
from indexer.verify import _sandbox


@pytest.fixture
def library(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("Apples grow on trees. They are red.")
    (docs / "b.txt").write_text("Bananas are berries.")
    (docs / "c.txt").write_text("")
    index(tmp_path / ".pincite", [docs])
    return tmp_path / ".pincite"


def by_name(library):
    return {check.name: check for check in examine(library)}


def test_a_sound_library(library):
    checks = by_name(library)
    assert list(checks) == ["opens", "checksums", "documents", "metadata", "terms", "phrases", "anchors"]
    assert all(check.sound for check in checks.values())
    assert checks["documents"].detail == "2 documents, 2 passages; 1 failed"
    assert checks["anchors"].detail == "2 exact"


def test_rows_of_metadata_that_cannot_be_used_are_told(library):
    assert by_name(library)["metadata"].detail == "every row of metadata.csv can be used"
    (library.parent / "docs" / "metadata.csv").write_text("file,title\na.txt,On Apples\nx.txt,X\ny.txt,Y\n")
    check = by_name(library)["metadata"]
    assert check.detail == "docs/metadata.csv: line 3: there is no file x.txt in the folder, and 1 more"
    assert (check.sound, check.advice) == (True, "see `pincite status`")


def test_sources_that_changed_are_told_with_what_to_do(library):
    (library.parent / "docs" / "a.txt").write_text("Pears.")
    (library.parent / "docs" / "b.txt").unlink()
    check = by_name(library)["anchors"]
    assert check.detail == "1 changed, 1 missing"
    assert "not where they were" in check.advice


def test_sources_that_only_changed_are_read_again(library):
    (library.parent / "docs" / "a.txt").write_text("Pears.")
    check = by_name(library)["anchors"]
    assert (check.detail, check.advice) == (
        "1 changed, 1 exact",
        "sources have changed or cannot be read: run `pincite index` again",
    )


def test_searches_that_run_out_of_time_say_nothing_against_a_library(library, monkeypatch):
    monkeypatch.setattr("indexer.doctor.search", partial(search, options=Options(seconds=-1.0)))
    check = by_name(library)["phrases"]
    assert (check.sound, check.detail, check.advice) == (
        True,
        "0 passages found by their own words; 2 not looked for to the end, as time ran out",
        "run `pincite doctor` again when the machine is less busy",
    )
    with Library.open(library).reader() as reader:
        assert self_test(reader).sound


def test_a_passage_that_is_not_found_by_its_own_words_is_told(library, monkeypatch):
    monkeypatch.setattr("indexer.doctor.search", lambda reader, _, limit: search(reader, "zebras", limit))
    check = by_name(library)["phrases"]
    assert not check.sound
    assert check.detail.endswith("is not found by its own words")


def test_a_file_of_many_documents_that_changed_is_read_once(tmp_path, monkeypatch):
    path = tmp_path / "docs" / "a.jsonl"
    path.parent.mkdir()
    lines = [f'{{"_id": "r{n}", "text": "Apple {n} grows."}}\n' for n in range(50)]
    path.write_text("".join(lines))
    index(tmp_path / ".pincite", [path.parent])
    path.write_text("".join(lines[:25]))
    real, read = _sandbox().read, []
    monkeypatch.setattr(_sandbox(), "read", lambda *file: read.append(file) or real(*file))
    check = by_name(tmp_path / ".pincite")["anchors"]
    assert (check.detail, read) == ("25 changed, 25 exact", [(path, "docs/a.jsonl")])


def test_a_changed_byte_is_found_and_a_rebuild_advised(library):
    (segment,) = (library / "generations").rglob("*.seg")
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(bytes(data))
    last = examine(library)[-1]
    assert not last.sound
    assert "--rebuild" in last.advice


def test_a_passage_that_begins_with_dots_is_sound(library):
    (library.parent / "docs" / "a.txt").write_text(". . . . . . . . . Apples grow on trees.")
    (library.parent / "docs" / "b.txt").write_text(". . . . . . . . . . . .")
    index(library, [library.parent / "docs"])
    assert all(check.sound for check in examine(library))


def test_no_library(tmp_path):
    with pytest.raises(LibraryMissingError):
        examine(tmp_path / "nowhere")
