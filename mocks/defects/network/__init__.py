"""Defects of network."""
