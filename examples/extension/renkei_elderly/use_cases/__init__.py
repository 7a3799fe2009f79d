"""Use cases, a folder each."""
