"""Whatever decides what the library holds of a document is part of its fingerprint."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import fingerprint
from indexer.fingerprint import pipeline, stage_files

TOP = Path(fingerprint.__file__).parent
WITHOUT_EFFECT = {"errors.py", "__init__.py"}  # what errors say; the list of public names


def imported(path: Path) -> Iterator[Path]:
    """The files of our own that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            if name.startswith("indexer"):
                found = TOP.parent.joinpath(*name.split("."))
                yield from (one for one in (found.with_suffix(".py"), found / "__init__.py") if one.exists())


def reached(*names: str) -> set[Path]:
    """All files that those of the names import, and what these import."""
    found: set[Path] = set()
    waiting = [TOP / name for name in names]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += imported(path)
    return found


def test_all_that_preparing_a_document_imports_counts() -> None:
    needed = {path for path in reached("prepare.py") if path.relative_to(TOP).as_posix() not in WITHOUT_EFFECT}
    assert {TOP / "chunk.py", TOP / "sections.py", TOP / "clean" / "labels.py", TOP / "read" / "text.py"} <= needed
    assert needed - set(stage_files(TOP)) == set()


def test_readers_that_are_imported_by_name_and_word_lists_count() -> None:
    held = set(stage_files(TOP))
    assert set((TOP / "read").glob("*.py")) <= held
    assert set((TOP / "clean").glob("*.gz")) <= held
    assert TOP / "engines" / "whoosh_codec.py" in held


def test_what_is_done_when_a_question_is_asked_does_not_count() -> None:
    assert not {TOP / "search.py", TOP / "cli.py", TOP / "rank.py", TOP / "answer.py"} & set(stage_files(TOP))


@pytest.mark.parametrize("name", ["sections.py", "clean/words.txt.gz", "read/pdf.py"])
def test_another_byte_in_a_stage_is_another_pipeline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = pipeline()
    copy = shutil.copytree(TOP, tmp_path / "indexer")
    monkeypatch.setattr(fingerprint, "__file__", str(copy / "fingerprint.py"))
    pipeline.cache_clear()
    try:
        assert pipeline() == before
        (copy / name).write_bytes((copy / name).read_bytes() + b"\n")
        pipeline.cache_clear()
        assert pipeline() != before
    finally:
        pipeline.cache_clear()


def test_another_version_of_a_library_is_another_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    before = pipeline()
    monkeypatch.setattr(fingerprint, "version", lambda name: "99" if name == "nltk" else "1")
    pipeline.cache_clear()
    try:
        assert pipeline() != before
    finally:
        pipeline.cache_clear()
