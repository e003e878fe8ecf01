"""What the benchmark of the write path takes and measures."""

import gzip

from tests.benchmarks import pipeline


def test_text_files_are_taken_packed_and_unpacked_up_to_a_size(tmp_path):
    (tmp_path / "texts" / "old").mkdir(parents=True)
    (tmp_path / "texts" / "a.txt").write_text("Apples. " * 10)
    (tmp_path / "texts" / "old" / "b.txt.gz").write_bytes(gzip.compress(b"Pears. " * 10))
    (tmp_path / "texts" / "old" / "a.txt").symlink_to(tmp_path / "texts" / "a.txt")
    (tmp_path / "texts" / "c.html").write_text("<p>Plums.")
    written = pipeline.write(tmp_path / "docs", pipeline.texts_in(tmp_path / "texts"), 1)
    assert len(written) == 2
    assert {path.name: path.read_text()[:5] for path in written} == {"a.txt": "Apple", "b.txt": "Pears"}
    assert len(pipeline.write(tmp_path / "less", pipeline.texts_in(tmp_path / "texts"), 0.00001)) == 1


def test_the_corpus_comes_again_until_it_is_enough(tmp_path):
    written = pipeline.write(tmp_path / "docs", pipeline.texts_in(None), 0.1)
    assert 0.1e6 <= sum(path.stat().st_size for path in written) < 0.15e6
    assert len({path.read_bytes() for path in written}) == len(written) > 5


def test_every_stage_is_timed(tmp_path):
    spent = pipeline.stages(pipeline.write(tmp_path / "docs", pipeline.texts_in(None), 0.01), tmp_path / "library")
    assert set(spent) == {"read", "clean", "chunk", "ledger", "analyse", "encode", "decode", "commit"}
    assert all(seconds >= 0 for seconds in spent.values())
