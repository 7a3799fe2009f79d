"""Defects of notices."""
