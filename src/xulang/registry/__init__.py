"""Directives received, their passages, citations and distribution."""
