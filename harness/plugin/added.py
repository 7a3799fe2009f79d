"""Scenarios and sentences of extensions: collected as those of the suite are."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final

from harness.catalogue.features import added_folders
from harness.contract.extensions import extensions

# By name: in a path, pytest would take brackets and colons for parts of the name of a test.
FEATURES_MODULE: Final = "features.test_features"
_ADDED: Final = "harness.plugin.added_features"


def feature_modules() -> tuple[str, ...]:
    """What pytest is to collect."""
    return (FEATURES_MODULE, _ADDED) if added_folders() else (FEATURES_MODULE,)


def added_steps() -> Iterator[ModuleType]:
    """The module `steps` of each extension that has one."""
    for extension in extensions():
        if find_spec(f"{extension}.steps"):
            yield import_module(f"{extension}.steps")
