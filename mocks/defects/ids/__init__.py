"""Defects of ids."""
