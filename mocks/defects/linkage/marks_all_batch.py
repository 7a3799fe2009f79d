"""CON-24: every enquiry is marked as batch."""

from typing import Any

from harness.contract.messages import Header, Mode
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class AllBatch(Linkage):
    """Has one way to ask."""

    def enquiry_header(self, wish: dict[str, Any], role: str, link_code: str) -> Header:
        """バッチ, whatever was wished."""
        return super().enquiry_header({**wish, "mode": Mode.BATCH}, role, link_code)


DEFECT = breaks("CON-24", "オンラインの照会依頼をバッチと示す", linkage=AllBatch)
