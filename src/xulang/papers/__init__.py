"""Official papers (văn bản hành chính): written, checked and linted to the law of their day; no Django, no clock."""
