import pytest

from indexer import Library, UnknownIdError, UnreadableSourceError, index
from indexer.show import changes, show

TEXT = """The Spine

The tumor was re-
moved from the spi-
nal cord of the patient, who had been ill for a long time and went
home after the operation was over and the wound had healed at last.

Facebook Pixel

Find a Doctor
"""


@pytest.fixture
def place(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(TEXT)
    (tmp_path / "docs" / "b.jsonl").write_text('{"_id": "one", "text": "Apples  grow."}\n{"_id": "two", "text": "x"}\n')
    index(tmp_path / ".pincite", [tmp_path / "docs"])
    return tmp_path


def shown(place, name):
    with Library.open(place / ".pincite").reader() as reader:
        return list(show(reader, name, place))


def test_a_link_that_is_not_followed_is_not_shown(place):
    (place / "secret").write_text("The vault's secret.")
    (place / "docs" / "link.txt").symlink_to(place / "secret")
    index(place / ".pincite", [place / "docs"])
    with pytest.raises(UnreadableSourceError, match="leads out of the folder"):
        shown(place, "docs/link.txt")


@pytest.mark.parametrize("name", ["docs/a.txt", "ABSOLUTE"])
def test_a_document_is_shown_before_and_after(place, name):
    (one,) = shown(place, str(place / "docs" / "a.txt") if name == "ABSOLUTE" else name)
    assert dict(one.steps)["line ends"] > 0
    places = [(change.before, change.after) for change in one.changes if change.rule == "line ends"]
    assert any("was re-\nmoved from" in before and "was removed from" in after for before, after in places)
    assert "removed from the spinal cord" in one.kept


def test_what_is_left_out_is_shown_with_its_label(place):
    (one,) = shown(place, "docs/a.txt")
    assert all(text not in one.kept for _, text in one.left_out)
    assert dict(one.row.left_out) == {
        label: sum(len(text) for other, text in one.left_out if other == label) for label, _ in one.left_out
    }


def test_one_document_of_many_in_a_file_goes_by_its_id(place):
    assert [one.row.id for one in shown(place, "two")] == ["two"]
    assert [one.row.id for one in shown(place, "docs/b.jsonl")] == ["one", "two"]


def test_what_is_not_there_is_told(place):
    with pytest.raises(UnknownIdError, match="nowhere"):
        shown(place, "nowhere.txt")


def test_changes_show_a_little_of_what_stands_around():
    (change,) = changes("rule", "x" * 100 + "-\n" + "y" * 100, "x" * 100 + "y" * 100)
    assert (change.before, change.after) == ("x" * 24 + "-\n" + "y" * 24, "x" * 24 + "y" * 24)
