"""STO-11: numbers beyond 32 bits wrap around."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "STO-11"
SUMMARY = "大きな数を32ビットで折り返す"


class Narrow(RecordStore):
    """Has narrow columns."""

    def stored(self, items: Items) -> Items:
        """In 32 bits."""
        return {name: wrapped(value) for name, value in items.items()}


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(Narrow, functions.records))


def wrapped(value: Any) -> Any:
    """A number as a signed 32-bit column keeps it."""
    return (value + 2**31) % 2**32 - 2**31 if isinstance(value, int) else value
