"""Twine 2: stories as HTML, Twee or JSON, in the dialects of its story formats. Scripts are never run."""
