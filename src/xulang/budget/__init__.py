"""Money for tasks: estimates, norms, appraisal, decision, what was spent, transferred, carried over."""
