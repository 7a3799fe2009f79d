"""CON-29: resending sends what was answered, too."""

from mocks.defects.defect import breaks
from mocks.gateway.batches import Batches, BatchRow


class Thorough(Batches):
    """Starts again from the beginning."""

    def to_resend(self, rows: list[tuple[BatchRow, str]]) -> list[BatchRow]:
        """All of them."""
        return [row for row, _ in rows]


DEFECT = breaks("CON-29", "送り直しで、応答済の行も送る", batches=Thorough)
