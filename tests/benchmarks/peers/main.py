"""The comparison from its options to its table."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.benchmarks.peers import run, table
from tests.benchmarks.peers.prepare import QUERIES, prepared
from tests.benchmarks.peers.texts import INSTALLED

FOLDER = Path("build/peers")  # what a run leaves there is removed by `make clean`


def main(passages: int, texts: Path | None = None, to: Path | None = None, *, reuse: bool = False) -> None:
    """Print the table, and write its numbers as JSON where they are wanted."""
    texts = texts or (INSTALLED if INSTALLED.exists() else None)
    folder = FOLDER / f"{texts.name if texts else 'made-up'}-{passages}"
    data = prepared(folder / "data", texts, passages, run.ROUNDS)
    outcomes = run.compared(data, folder, run.CONTESTANTS, reuse=reuse)
    found = table.rows(outcomes, data, {one.name: one.index for one in run.CONTESTANTS})
    about = {**data.about, "queries": 2 * QUERIES, "phrases": QUERIES, "rounds": run.ROUNDS, "cores": os.cpu_count()}
    print(f"{about['passages']:,} passages, {about['bytes'] / 1e6:.0f} MB. Source: {about['source']}\n")
    print(f"{run.ROUNDS} rounds of {2 * QUERIES} queries and {QUERIES} phrases; milliseconds and seconds of CPU\n")
    print(table.markdown(found))
    if to:
        to.write_text(json.dumps(table.as_json(found, about), indent=1))
