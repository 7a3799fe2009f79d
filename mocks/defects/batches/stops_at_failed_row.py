"""CON-28: the rows behind a refused one are not sent."""

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.batches import Batches


class Stopping(Batches):
    """Stops at the first thing that is wrong."""

    def goes_on_after(self, refused: RefusedError) -> bool:
        """No."""
        return False


DEFECT = breaks("CON-28", "バッチの失敗した行の後を送らない", batches=Stopping)
