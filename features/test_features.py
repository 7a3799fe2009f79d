"""Collects every feature below this folder; pytest-bdd makes one test of each scenario."""

from pathlib import Path

from pytest_bdd import scenarios

scenarios(str(Path(__file__).parent))
