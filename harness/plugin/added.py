"""Scenarios and sentences of extensions: collected as those of the suite are."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final

from harness.catalogue.features import added_folders
from harness.catalogue.findings import ConfigurationError
from harness.contract import extensions

# By name: in a path, pytest would take brackets and colons for parts of the name of a test.
FEATURES_MODULE: Final = "features.test_features"
_ADDED: Final = "harness.plugin.added_features"


def feature_modules() -> tuple[str, ...]:
    """What pytest is to collect."""
    return (FEATURES_MODULE, _ADDED) if added_folders() else (FEATURES_MODULE,)


def added_steps() -> tuple[ModuleType, ...]:
    """The module `steps` of each extension that has one. Raises ConfigurationError for one that cannot be loaded."""
    return tuple(
        _loaded(extension)
        for extension in extensions.extensions()
        if find_spec(f"{extension}.steps") is not None
    )


def _loaded(extension: str) -> ModuleType:
    try:
        return import_module(f"{extension}.steps")
    except Exception as error:
        raise ConfigurationError(
            f"拡張 {extension}: steps.py を読み込めない（{type(error).__name__} {error}）。直すか、その拡張を外す。"
        ) from error
