from indexer.sheets import sheet_names, unused_rows


def test_a_metadata_file_lies_beside_a_source_or_above_it_in_the_collection():
    assert sheet_names(["docs/deep/a.txt", "docs/b.txt"]) == ["docs/deep/metadata.csv", "docs/metadata.csv"]
    assert sheet_names(["a.txt"]) == ["metadata.csv"]
    assert sheet_names(["../other/deep/a.txt"]) == ["../other/deep/metadata.csv", "../other/metadata.csv"]


def test_rows_that_cannot_be_used_are_told_also_of_a_folder_without_sources_of_its_own(tmp_path):
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "docs" / "metadata.csv").write_text("file,title\nx.txt,X\n")
    (tmp_path / "docs" / "deep" / "metadata.csv").write_text("title\nA\n")
    told = [(failure.path, failure.reason) for failure in unused_rows(["docs/deep/a.txt"], tmp_path)]
    assert told == [
        ("docs/deep/metadata.csv", "line 1: there is no column named file"),
        ("docs/metadata.csv", "line 2: there is no file x.txt in the folder"),
    ]
    assert unused_rows([], tmp_path) == ()
