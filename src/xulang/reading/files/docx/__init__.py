"""Word files: what Word would print, out of the XML that it keeps."""
