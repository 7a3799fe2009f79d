"""CON-30: the enquiries of a batch are marked as online."""

from dataclasses import replace

from harness.contract.messages import Header, Mode
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage
from mocks.gateway.wishes import EnquiryWish


class AllOnline(Linkage):
    """Has one way to ask."""

    def enquiry_header(self, wish: EnquiryWish, role: str, link_code: str) -> Header:
        """オンライン, whatever was wished."""
        return super().enquiry_header(replace(wish, mode=Mode.ONLINE), role, link_code)


DEFECT = breaks("CON-30", "バッチの照会依頼をオンラインと示す", linkage=AllOnline)
