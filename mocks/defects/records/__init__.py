"""Defects of records."""
