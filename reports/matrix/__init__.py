"""Views of the kill matrix."""
