import pytest

from indexer import LibraryMissingError, index
from indexer.doctor import examine


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
