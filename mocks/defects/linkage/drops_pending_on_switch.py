"""CON-07: switching back to automatic clears the list."""

from mocks.defects.defect import breaks
from mocks.gateway.linkage import Handling, Linkage


class Sweeping(Linkage):
    """Tidies up."""

    def set_handling(self, scope: str, key: str, mode: str, reason: str) -> None:
        """Nothing waits where all is automatic."""
        super().set_handling(scope, key, mode, reason)
        if mode == Handling.AUTOMATIC:
            self.storage.run("UPDATE pending SET decision = '自動' WHERE local_id = ?", key)


DEFECT = breaks("CON-07", "自動に戻すと、待っている照会依頼を捨てる", linkage=Sweeping)
