"""A small app with one table of work, for the tests of leases and workers."""
