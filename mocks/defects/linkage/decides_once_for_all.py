"""CON-05: where staff have decided once about a resident and a partner, later enquiries are answered automatically."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class DecidedAlready(Linkage):
    """Does not trouble staff twice."""

    def is_manual(self, local_id: str, header: Header) -> bool:
        """Only where nobody has decided yet."""
        row = self.storage.row(
            "SELECT 1 FROM pending WHERE decision IS NOT NULL AND local_id = ? AND json_extract(header, '$.from') = ?",
            local_id,
            header.sender,
        )
        return row is None and super().is_manual(local_id, header)


DEFECT = breaks("CON-05", "職員が一度判断した後の照会には、自動で応答する", linkage=DecidedAlready)
