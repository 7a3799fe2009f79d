"""The defects that there are: every module below this folder, a folder a function of the gateway, that exports a
DEFECT."""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from harness.contract.names import unknown
from mocks.defects.at_restart import restart_defect, restart_names
from mocks.defects.defect import Defect
from mocks.defects.under_load import load_defect, load_names
from mocks.gateway.settings import SettingsError

_PACKAGE = "mocks.defects"
_FOLDER = Path(__file__).parent
_ELSEWHERE = frozenset({"under_load", "at_restart"})  # rooms with a registry of their own


class UnknownDefectError(SettingsError):
    """There is no such defect; the message names the nearest."""


def names() -> tuple[str, ...]:
    """All names, in commands' spelling, sorted; no defect is imported for it."""
    return tuple(sorted(_modules()))


def defect(name: str) -> Defect:
    """One defect by its name, also one that shows under load or after a restart only (they break no requirement that a scenario could
    convict them by). Raises UnknownDefectError."""
    if elsewhere := load_defect(name) or restart_defect(name):
        return Defect("", "", elsewhere.break_it)
    if name not in names():
        raise UnknownDefectError(unknown("欠陥", name, (*names(), *load_names(), *restart_names())))
    stated: Defect = import_module(_modules()[name]).DEFECT
    return stated


def defects() -> dict[str, Defect]:
    """All defects by name."""
    return {name: defect(name) for name in names()}


@cache
def _modules() -> dict[str, str]:
    """The module of each defect by its name in commands' spelling."""
    rooms = (r.name for r in iter_modules([str(_FOLDER)]) if r.ispkg and r.name not in _ELSEWHERE)
    found = ((room, module.name) for room in rooms for module in iter_modules([str(_FOLDER / room)]))
    return {name.replace("_", "-"): f"{_PACKAGE}.{room}.{name}" for room, name in found}
