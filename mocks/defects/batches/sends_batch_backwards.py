"""CON-27: the last row of a batch goes first."""

from mocks.defects.defect import breaks
from mocks.gateway.batches import Batches, BatchRow


class Backwards(Batches):
    """Works off a stack."""

    def in_sending_order(self, rows: list[BatchRow]) -> list[BatchRow]:
        """Last first."""
        return rows[::-1]


DEFECT = breaks("CON-27", "バッチの行を後ろから送る", batches=Backwards)
