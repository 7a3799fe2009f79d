"""What pytest loads wherever renkei is installed: nothing of ours until a run is asked for, as it may be another's pytest."""

import pytest

from renkei_door.rooms import HOME, in_the_way

NAME = "renkei"
PLUGIN = "harness.plugin.entry"
ASKING = ("--gateway", "--partner", "--rerun-failed", "--resume", "--replay")
# Of ours, what runs within pytest; mocks and load are processes of their own, which see no folder of the user.
_ENTERED = ("harness", "reports", "features")
_FEATURES = HOME / "features"


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """With `-p renkei` at once; so do workers of xdist, which are given the options of whoever started them."""
    config = pluginmanager.get_plugin("pytestconfig")
    if config is not None and NAME in config.known_args_namespace.plugins:
        _enter(pluginmanager)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """With an option that asks for a run, before pytest reads the command line for good."""
    if any(argument.partition("=")[0] in ASKING for argument in args):
        early_config.option.plugins.append(NAME)
        _enter(early_config.pluginmanager)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a gateway a scenario cannot run, and must not look as if it had."""
    asked = any(config.getoption(option, None) for option in ASKING)
    if not asked and any(_FEATURES in item.path.parents for item in items):
        raise pytest.UsageError("シナリオの実行には --gateway が要る（例: pytest --gateway reference）。")


def _enter(pluginmanager: pytest.PytestPluginManager) -> None:
    """Raises UsageError where another project's package would be taken for one of ours."""
    if sentence := in_the_way(_ENTERED):
        raise pytest.UsageError(sentence)
    pluginmanager.import_plugin(PLUGIN)
