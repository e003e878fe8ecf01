"""The whole of Pincite, measured: over the five documents in every test run, over public collections on demand.

`python -m tests.evaluation [--only NAME] [--raise]`
"""
