"""The review desk: what was read in a directive is corrected, confirmed and issued. Works without JavaScript."""
