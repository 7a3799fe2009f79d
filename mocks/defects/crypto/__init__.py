"""Defects of crypto."""
