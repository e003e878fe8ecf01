"""The parser alone, with texts that coverage leads to: one that reaches a new branch is varied further.

Needs `pip install atheris`. It stops at the first failure and keeps the text in a file beside the corpus.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path


def main(minutes: float, seed: int) -> None:
    """Run libFuzzer for `minutes`; it prints what it reached, and ends the process."""
    import atheris  # of all tests these alone need it

    with atheris.instrument_imports(include=["indexer"]):
        from tests.fuzz.queries import check_reading  # only what is imported here is watched
        from tests.fuzz.texts import TABLE

    def read(data: bytes) -> None:
        text = data.decode("utf-8", "surrogateescape")
        if text.strip():
            check_reading(text)

    with tempfile.TemporaryDirectory(prefix="pincite-fuzz-") as corpus:
        for number, text in enumerate(TABLE):
            Path(corpus, f"{number:03}").write_bytes(text.encode("utf-8", "surrogateescape"))
        limits = [f"-max_total_time={int(minutes * 60)}", f"-seed={seed}", "-max_len=2000", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *limits, corpus], read)
        atheris.Fuzz()
