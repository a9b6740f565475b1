"""Pages of words with places, as PDF and recognition give them, made paragraphs and tables again."""
