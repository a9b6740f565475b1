"""Reporting: indicators, rounds, what units report in them, and the report that is put together from these."""
