"""Gherkin steps. `sentences` is what Gherkin says, a file a function of the gateway or one concern of an office; `verbs`
is what they do."""

from importlib import import_module
from pkgutil import iter_modules

from harness.steps import sentences

STEP_MODULES = tuple(
    import_module(f"{sentences.__name__}.{module.name}") for module in iter_modules(sentences.__path__)
)
