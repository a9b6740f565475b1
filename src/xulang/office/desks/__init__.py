"""The desks: one module each, views over the rooms' questions and verbs."""
