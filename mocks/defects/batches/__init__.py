"""Defects of batches."""
