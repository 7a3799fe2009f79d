"""CON-26: the expiry that was wished for is not used."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage
from mocks.gateway.wishes import LIFE_SECONDS, EnquiryWish


class Standard(Linkage):
    """Gives every enquiry a minute."""

    def enquiry_header(self, wish: EnquiryWish, role: str, link_code: str) -> Header:
        """The usual one."""
        return super().enquiry_header(replace(wish, expires_in_seconds=LIFE_SECONDS), role, link_code)


DEFECT = breaks("CON-26", "求められた有効期限を無視する", linkage=Standard)
