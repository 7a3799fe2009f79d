"""Public assistance."""
