"""The checks of the house, one definition each: `python -m checks` runs all, `python -m checks NAME …` some."""
