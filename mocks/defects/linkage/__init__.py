"""Defects of linkage."""
