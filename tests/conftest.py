"""Fixtures that every test may use, and the reasons for which a test may be skipped."""
