"""Views of a run of the suite."""
