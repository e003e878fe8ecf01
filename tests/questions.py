"""A small library that tests ask questions of."""

from collections.abc import Iterator
from contextlib import contextmanager

from indexer.expand import expanded
from indexer.library_reader import LibraryReader
from indexer.order import scene
from indexer.query import parse
from indexer.scene import Scene
from tests.evaluation.libraries import library_of

CYSTS = """Cysts of the Spine

Arachnoid cysts are sacs of cerebrospinal fluid (CSF) beside the spine. They were first described by Spiller in 1903.
They grow slowly. Nine patients were operated on in Boston. Surgery was needed because the cord was compressed.

Symptoms of a cyst include:

• Back pain
• Numbness of the legs
• Loss of balance

Cysts came back in 12% of the patients after four years.
"""
APPLES = """Growing Apples

Apple trees bear fruit after five years. An orchard is pruned in winter. Apples are stored in cool cellars.
"""
PEARS = """Pears

Pear trees bear fruit after seven years. A pear is softer than an apple. Pears are eaten in autumn.
"""
RIVERS = """# Rivers

The great rivers rise in the hills and run to four seas.

| River | Length (km) | Flows into |
|-------|-------------|------------|
| Volga | 3,531 | Caspian Sea |
| Danube | 2,850 | Black Sea |
| Rhine | 1,233 | North Sea |

The Volga freezes for three months of the year along most of its length.
"""
FILES = {"cysts.txt": CYSTS, "apples.txt": APPLES, "pears.txt": PEARS}


@contextmanager
def small_library(**more: str) -> Iterator[LibraryReader]:
    """The three documents, and more by file name without the suffix."""
    files = FILES | {f"{name}.txt": text for name, text in more.items()}
    with library_of({name: text.encode() for name, text in files.items()}) as reader:
        yield reader


def asked_of(reader: LibraryReader, question: str) -> Scene:
    """The scene of a question."""
    return scene(reader, expanded(parse(question), reader))
