"""Defects of access_log."""
