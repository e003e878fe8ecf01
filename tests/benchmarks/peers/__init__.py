"""Pincite beside other search engines: the same passages and queries, each engine in processes of its own.

    .venv/bin/python -m tests.benchmarks peers --passages 1000000 --texts DIR --to FILE

DIR holds text files; without it the installed RFCs are taken, or text is made up, and the output says how to get them.
`--reuse` keeps what the other engines indexed in the run before. Data and indexes lie in build/peers.

All engines get the same tokens, made by Pincite's analysis, and queries without stop words; only the build column is of
each engine's own analysis. Passages are asked about at random, no query comes twice, and the processes take turns, so
that a busy machine and caches favour none. Times are of the CPU; a round of slow queries ends after four seconds of it.

`data` holds what all get, `child` is what runs in an engine's process, one module for each engine says how it is used
(`peer` is what they have in common), `run` asks them in turn, `table` shows what came out.
"""
