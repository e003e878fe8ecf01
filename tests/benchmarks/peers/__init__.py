"""Pincite beside other search engines: the same passages and queries, each engine in processes of its own.

`data` holds what all get, `child` is what runs in an engine's process, one module for each engine says how it is used
(`peer` is what they have in common), `run` asks them in turn, `table` shows what came out.
"""
