"""Defects of legacy_files."""
