"""CON-17: an unknown enquiry is answered with the newest one."""

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class Helpful(Linkage):
    """Guesses what was meant."""

    def enquiry(self, enquiry_id: str) -> Enquiry:
        """The newest, where there is none of this id."""
        try:
            return super().enquiry(enquiry_id)
        except RefusedError:
            row = self.storage.row("SELECT enquiry_id FROM enquiries ORDER BY expires DESC")
            return super().enquiry(row["enquiry_id"] if row else enquiry_id)


DEFECT = breaks("CON-17", "存在しない照会を求められると、別の照会を示す", linkage=Helpful)
