"""CON-22: the information of an answer is not compared with the enquiry."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class ContentBlind(Linkage):
    """Goes by the correlation id."""

    def same_information(self, asked: Header, header: Header) -> bool:
        """Whatever it is."""
        return True


DEFECT = breaks("CON-22", "照会応答の情報を照会と比べない", linkage=ContentBlind)
