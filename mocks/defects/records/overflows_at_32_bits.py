"""STO-11: numbers beyond 32 bits wrap around."""

from typing import Any

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class Narrow(RecordStore):
    """Has narrow columns."""

    def stored(self, items: Items) -> Items:
        """In 32 bits."""
        return {name: wrapped(value) for name, value in items.items()}


def wrapped(value: Any) -> Any:
    """A number as a signed 32-bit column keeps it."""
    return (value + 2**31) % 2**32 - 2**31 if isinstance(value, int) else value


DEFECT = breaks("STO-11", "大きな数を32ビットで折り返す", records=Narrow)
