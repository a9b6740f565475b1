"""Reading: bytes in, text and findings with their places out. Pure: no Django, no network, no clock."""
