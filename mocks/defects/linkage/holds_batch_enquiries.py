"""NET-03: an enquiry of a バッチ waits for staff, as nobody waits for it."""

from harness.contract.messages import Header, Mode
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class OnlineFirst(Linkage):
    """Leaves バッチ to the night."""

    def is_manual(self, local_id: str, header: Header) -> bool:
        """Whatever is not オンライン."""
        return header.mode == Mode.BATCH or super().is_manual(local_id, header)


DEFECT = breaks("NET-03", "バッチの照会依頼に、自動では応答しない", linkage=OnlineFirst)
