"""Answers as text, Markdown, HTML and tables: one aggregate, several outputs."""
