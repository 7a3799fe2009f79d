"""Defects of messaging."""
