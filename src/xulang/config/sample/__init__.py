"""A made-up town, its accounts and its plan: what the demonstration starts with."""
