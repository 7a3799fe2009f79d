"""Defects of authorisation."""
