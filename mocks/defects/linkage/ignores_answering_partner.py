"""CON-20: the sender of an answer is not compared with the enquiry."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class PartnerBlind(Linkage):
    """Goes by the correlation id."""

    def same_partner(self, asked: Header, header: Header) -> bool:
        """Whatever it is."""
        return True


DEFECT = breaks("CON-20", "照会応答の送信元を照会先と比べない", linkage=PartnerBlind)
