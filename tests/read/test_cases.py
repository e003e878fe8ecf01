"""Whole files beside what they are read as: title, authors and date, then every block with its kind and level.

A case is a file in `cases/` and a file of the same name that ends in .expected.
"""

from pathlib import Path

import pytest

from indexer.read import jats, markdown
from indexer.records import Block, Extract
from tests.read.soundness import check_reading, unlabelled

CASES = Path(__file__).parent / "cases"
READERS = {".xml": jats.extracts, ".md": markdown.extracts}
FILES = sorted(path for path in CASES.iterdir() if path.suffix in READERS)


def shown(extract: Extract) -> str:
    """An extract in the form of the expected files."""
    head = f"{extract.title} | {'; '.join(extract.authors)} | {extract.date}"
    return "\n".join([head, "", *(line(block, extract) for block in extract.blocks), ""])


def line(block: Block, extract: Extract) -> str:
    """A block on one line, line ends within it as signs."""
    kind = f"{block.kind} {block.level}" if block.level else block.kind
    return f"{kind}: {block.span.of(extract.text.text)}".replace("\n", "⏎")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_case(path: Path) -> None:
    (extract,) = check_reading(READERS[path.suffix], path.read_bytes())
    assert shown(extract) == path.with_suffix(".expected").read_text(encoding="utf-8")
    assert not unlabelled(extract)


def test_there_are_cases() -> None:
    assert {path.suffix for path in FILES} == set(READERS)
