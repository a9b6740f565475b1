"""Long proofs: too slow for every test run, seeded so that anybody gets the same, resumable, with a written result."""
