"""Defects of offers."""
