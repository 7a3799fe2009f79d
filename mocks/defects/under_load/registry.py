"""The defects that there are under load, and how often they show."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import Final

from mocks.defects.under_load import asks_twice, forgets, loses, mixes_up, rejects, repeats, withholds
from mocks.gateway.functions import Functions

Due = Callable[[], bool]
_NAME: Final = re.compile(r"(?P<what>[a-z-]+)-one-in-(?P<every>[1-9][0-9]{0,8})")
_WHAT: Final = MappingProxyType[str, Callable[[Functions, Due], Functions]](
    {
        "loses": loses.break_it,
        "repeats": repeats.break_it,
        "mixes-up": mixes_up.break_it,
        "forgets": forgets.break_it,
        "withholds": withholds.break_it,
        "asks-twice": asks_twice.break_it,
        "rejects": rejects.break_it,
    }
)


@dataclass(frozen=True)
class LoadDefect:
    """One defect, in every `every`-th answer."""

    what: str
    every: int

    def break_it(self, functions: Functions) -> Functions:
        """The gateway with this defect."""
        return _WHAT[self.what](functions, every(self.every))


def load_names() -> tuple[str, ...]:
    """All names, with N for the number."""
    return tuple(f"{what}-one-in-N" for what in _WHAT)


def load_defect(name: str) -> LoadDefect | None:
    """One by its name, e.g. loses-one-in-10000; None where it is none of these."""
    found = _NAME.fullmatch(name)
    return LoadDefect(found["what"], int(found["every"])) if found and found["what"] in _WHAT else None


def every(number: int) -> Due:
    """True each time that so many were counted: exactly so often, and not by chance."""
    counted = count(1)
    return lambda: next(counted) % number == 0
