"""Reading a source text for a draft: PDF, DOCX, HTML and Markdown to plain paragraphs. Nothing in a file is run."""

from scenario_exchange.sources.read import SourceText, UnreadableSource, read_source

__all__ = ["SourceText", "UnreadableSource", "read_source"]
