"""The defects that there are: every module of this folder that exports REQUIREMENT, SUMMARY and break_it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from mocks.defects.under_load import load_defect, load_names
from mocks.gateway.functions import Functions
from mocks.gateway.settings import SettingsError

_PACKAGE = "mocks.defects"
_OWN = {"registry", "__main__", "under_load"}


class UnknownDefectError(SettingsError):
    """There is no such defect; the message names those that there are."""


@dataclass(frozen=True)
class Defect:
    """One defect: the requirement that it breaks, what it does wrong, how it is put in, and the profile of the
    gateway (mocks/gateway/profiles.py) where it shows in a particular one only."""

    name: str
    requirement: str
    summary: str
    break_it: Callable[[Functions], Functions]
    profile: str = ""


def names() -> tuple[str, ...]:
    """All names, in commands' spelling, sorted; no defect is imported for it."""
    found = (module.name for module in iter_modules([str(Path(__file__).parent)]))
    return tuple(sorted(name.replace("_", "-") for name in found if name not in _OWN))


def defect(name: str) -> Defect:
    """One defect by its name, also one that shows under load only (they break no requirement that the suite could convict
    them by). Raises UnknownDefectError."""
    if under_load := load_defect(name):
        return Defect(name, "", "", under_load.break_it)
    if name not in names():
        there_are = "、".join((*names(), *load_names()))
        raise UnknownDefectError(f"欠陥 {name} はない（ある欠陥: {there_are}）。")
    module = import_module(f"{_PACKAGE}.{name.replace('-', '_')}")
    profile = getattr(module, "PROFILE", "")
    return Defect(name, module.REQUIREMENT, module.SUMMARY, module.break_it, profile)


def defects() -> dict[str, Defect]:
    """All defects by name."""
    return {name: defect(name) for name in names()}
