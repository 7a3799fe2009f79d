"""Collects every feature of the extensions, as features/test_features.py does ours. For pytest alone, where there are any."""

from pytest_bdd import scenarios

from harness.catalogue.features import added_folders

scenarios(*map(str, added_folders()))
