"""Views of a load run."""
