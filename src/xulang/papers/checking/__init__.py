"""The checker: any Word file in, every broken rule of Annex I out; `check.check` is the only door."""
