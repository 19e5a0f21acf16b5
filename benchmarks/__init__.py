"""Benchmarks: our work and a peer's, in the same run. `make bench` prints a table of ratios (benchmarks/README.md)."""
