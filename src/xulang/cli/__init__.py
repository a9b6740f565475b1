"""The terminal: a command imports its room only when it runs."""
