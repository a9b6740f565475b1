"""A directive out of a Document: header, sections, citations, tasks; `read.py` is the only door."""
