"""Doors to the outer world behind the rooms' ports."""
