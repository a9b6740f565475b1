"""Programmes: tasks, assignments, expected reports and the ledger of what was reported."""
