"""Disaster relief."""
