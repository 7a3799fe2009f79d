"""CON-16: a result before the answer is an empty one."""

from dataclasses import replace

from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class Premature(Linkage):
    """Gives what it has."""

    def result(self, enquiry_id: str) -> Enquiry:
        """What there is."""
        enquiry = self.enquiry(enquiry_id)
        return enquiry if enquiry.items is not None else replace(enquiry, items={})


DEFECT = breaks("CON-16", "応答の前の結果として、項目のない結果を渡す", linkage=Premature)
