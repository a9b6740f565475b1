"""Files of every kind into one Document: a text and how it was laid out."""
