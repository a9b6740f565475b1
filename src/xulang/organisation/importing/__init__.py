"""The directory out as tables and in again: units, people, posts with who holds them."""
