"""Findings as files: one module a format, each with `written(reading) -> bytes`."""
