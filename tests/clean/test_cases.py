"""Each folder of `cases` is a source and the document it becomes; many show what must stay as it is."""

from pathlib import Path

import pytest

from indexer.clean import clean
from tests.clean.extracts import again, plain, shown

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_becomes_what_is_expected(case: Path) -> None:
    source = (case / "source.txt").read_text("utf-8")
    document = clean(plain(source, f"{case.name}.txt"))
    assert shown(document) == (case / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_is_clean_once_it_was_cleaned(case: Path) -> None:
    document = clean(plain((case / "source.txt").read_text("utf-8"), f"{case.name}.txt"))
    once_more = clean(again(document))
    assert once_more.text.text == document.text.text
    assert once_more.blocks == document.blocks
    assert once_more.title == document.title


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 45
