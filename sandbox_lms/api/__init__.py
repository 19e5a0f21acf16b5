"""The JSON admin API for tests and the selftest; documented in sandbox_lms/README.md."""
