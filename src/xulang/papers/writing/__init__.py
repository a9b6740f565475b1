"""The writer: a Paper in, the bytes of a Word file out; `write.write` is the only door."""
