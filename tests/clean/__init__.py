"""Tests of `indexer.clean`."""
