"""The tables by the name that the features use."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from harness.stimuli.callers import callers
from harness.stimuli.stage import Stage

Table = Callable[[Stage], None]
TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        "南側の要求と送る者": callers,
    }
)
