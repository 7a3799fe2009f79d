"""Tax information for the resident whom it is about: nothing is decided."""
