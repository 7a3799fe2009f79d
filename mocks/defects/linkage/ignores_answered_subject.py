"""CON-21: the subject of an answer is not compared with the enquiry."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class SubjectBlind(Linkage):
    """Goes by the correlation id."""

    def same_subject(self, asked: Header, header: Header) -> bool:
        """Whatever it is."""
        return True


DEFECT = breaks("CON-21", "照会応答の対象者を照会と比べない", linkage=SubjectBlind)
