"""CON-24: every enquiry is marked as batch."""

from dataclasses import replace

from harness.contract.messages import Header, Mode
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage
from mocks.gateway.wishes import EnquiryWish


class AllBatch(Linkage):
    """Has one way to ask."""

    def enquiry_header(self, wish: EnquiryWish, role: str, link_code: str) -> Header:
        """バッチ, whatever was wished."""
        return super().enquiry_header(replace(wish, mode=Mode.BATCH), role, link_code)


DEFECT = breaks("CON-24", "オンラインの照会依頼をバッチと示す", linkage=AllBatch)
