"""Texts of other languages beside one graph: pages to translate, files to and from translators, and what is stale."""
