"""Fuzzing by the minute, for as long as one likes: `make test` runs a sample of the same checks."""

from __future__ import annotations

import argparse
import sys


def main() -> int:
    """Fuzz what is asked for."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("name", choices=["queries", "parser", "kernel", "words"])
    asked.add_argument("--minutes", type=float, default=1.0)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    if given.name == "parser":
        from tests.fuzz import parser  # it must see `indexer` imported, to watch its branches

        parser.main(given.minutes, given.seed)
    if given.name in ("kernel", "words"):
        from tests.fuzz import kernel  # which builds it first

        return kernel.main(given.name, given.minutes, given.seed)
    from tests.fuzz import queries  # as above

    return queries.main(given.minutes, given.seed)


if __name__ == "__main__":
    sys.exit(main())
