"""Benchmarks: what `make bench` runs. Numbers are compared within one run, never with another machine's."""
