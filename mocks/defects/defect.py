"""How a defect is stated: the requirement that it breaks, what it does wrong, and what it does otherwise."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from harness.contract.versions import FIRST
from mocks.gateway.functions import Functions, as_a


@dataclass(frozen=True)
class Defect:
    """`summary`: what it does wrong, for users. `profile`: the one gateway (mocks/gateway/profiles.py) where it shows,
    empty for any; `contract`: the version that first forbids it."""

    requirement: str
    summary: str
    break_it: Callable[[Functions], Functions]
    profile: str = ""
    contract: str = FIRST


def breaks(
    requirement: str, summary: str, profile: str = "", contract: str = FIRST, **otherwise: type[Any]
) -> Defect:
    """A defect of one shape: in place of each function of the gateway that is named, a subclass of its own."""

    def break_it(functions: Functions) -> Functions:
        instead = {name: as_a(kind, getattr(functions, name)) for name, kind in otherwise.items()}
        return replace(functions, **instead)

    return Defect(requirement, summary, break_it, profile, contract)
