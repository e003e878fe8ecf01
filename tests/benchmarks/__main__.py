"""`make bench`: every benchmark, or those named: python -m tests.benchmarks library --files 1000."""

from __future__ import annotations

import argparse

from tests.benchmarks import formats, library, queries


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help="library, queries, formats")
    parser.add_argument("--files", type=int, default=library.FILES)
    parser.add_argument("--passages", type=int, default=queries.PASSAGES)
    asked = parser.parse_args()
    if not asked.names or "library" in asked.names:
        library.main(asked.files)
    if not asked.names or "queries" in asked.names:
        queries.main(asked.passages)
    if not asked.names or "formats" in asked.names:
        formats.main()


if __name__ == "__main__":
    main()
