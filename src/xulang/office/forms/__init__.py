"""The forms of the office, one module a desk: what was typed, checked for its shape; rules are checked by the rooms."""
