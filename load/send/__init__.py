"""Sending on time: Locust, its order and its log."""
