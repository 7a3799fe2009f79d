"""CON-27: the last row of a batch goes first."""

from dataclasses import replace

from mocks.gateway.batches import Batches, BatchRow
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "CON-27"
SUMMARY = "バッチの行を後ろから送る"


class Backwards(Batches):
    """Works off a stack."""

    def in_sending_order(self, rows: list[BatchRow]) -> list[BatchRow]:
        """Last first."""
        return rows[::-1]


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, batches=as_a(Backwards, functions.batches))
