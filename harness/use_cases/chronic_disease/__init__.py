"""Chronic disease."""
