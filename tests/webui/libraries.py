"""Libraries for tests of the page."""

import shutil
from pathlib import Path

from indexer import index

CORPUS = Path(__file__).parents[2] / "corpus"


def library_of(folder: Path, *sources: Path) -> Path:
    """A library in a folder, made of copies of the sources that lie in it."""
    for source in sources:
        shutil.copytree(source, folder / source.name)
    index(folder / ".pincite", [folder / source.name for source in sources])
    return folder / ".pincite"
