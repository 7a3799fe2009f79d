"""Child rearing allowance."""
