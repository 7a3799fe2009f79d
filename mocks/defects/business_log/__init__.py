"""Defects of business_log."""
