"""The access line: shaped, controlled, calibrated."""
