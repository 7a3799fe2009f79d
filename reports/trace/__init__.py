"""Views of traceability."""
