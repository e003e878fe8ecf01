"""`make bench`: every benchmark, or those named: python -m tests.benchmarks library --files 1000."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.benchmarks import commits, formats, library, pipeline, queries, whole
from tests.benchmarks.peers import main as peers


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="library, commits, queries, whole, formats, pipeline, peers"
    )
    parser.add_argument("--files", type=int, default=library.FILES)
    parser.add_argument("--passages", type=int, default=queries.PASSAGES)
    parser.add_argument("--texts", type=Path, help="whole, pipeline, peers: folder of texts, not the installed RFCs")
    parser.add_argument("--megabytes", type=float, default=pipeline.MEGABYTES, help="pipeline: how much of the texts")
    parser.add_argument("--to", type=Path, help="peers: file for the numbers, as JSON")
    parser.add_argument("--reuse", action="store_true", help="peers: keep the other engines' indexes of the last run")
    asked = parser.parse_args()
    if not asked.names or "library" in asked.names:
        library.main(asked.files)
    if not asked.names or "commits" in asked.names:
        commits.main(asked.passages)
    if not asked.names or "queries" in asked.names:
        queries.main(asked.passages)
    if not asked.names or "whole" in asked.names:
        whole.main(asked.passages, asked.texts)
    if not asked.names or "formats" in asked.names:
        formats.main()
    if not asked.names or "pipeline" in asked.names:
        pipeline.main(asked.texts, asked.megabytes)
    if not asked.names or "peers" in asked.names:
        peers.main(asked.passages, asked.texts, asked.to, reuse=asked.reuse)


if __name__ == "__main__":
    main()
