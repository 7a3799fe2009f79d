"""ID-06: the message id of an enquiry ends in the resident's 識別番号."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage
from mocks.gateway.wishes import EnquiryWish


class TellingLinkage(Linkage):
    """Numbers its enquiries so that they are easy to find again."""

    def enquiry_header(self, wish: EnquiryWish, role: str, link_code: str) -> Header:
        """A UUID whose last twelve digits are the 識別番号."""
        header = super().enquiry_header(wish, role, link_code)
        telling = f"{header.message_id[:24]}{wish.local_id:0>12}"
        return replace(header, message_id=telling, correlation_id=telling)


DEFECT = breaks("ID-06", "照会依頼の電文番号を識別番号から作る", linkage=TellingLinkage)
