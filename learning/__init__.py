"""Attempts, learners, coaches: play, grading, pages, journal, privacy. Knows no protocol: LTI is another app's."""
