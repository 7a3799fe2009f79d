"""Tests of harness.explore."""
