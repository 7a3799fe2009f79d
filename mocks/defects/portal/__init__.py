"""Defects of portal."""
