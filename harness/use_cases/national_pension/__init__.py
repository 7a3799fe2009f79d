"""National pension."""
