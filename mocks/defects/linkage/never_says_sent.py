"""CON-12: an enquiry that the network took stays 受付."""

from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class Silent(Linkage):
    """Waits for the answer before it says anything."""

    def note_sent(self, correlation_id: str) -> None:
        """Nothing."""


DEFECT = breaks("CON-12", "送った照会を受付のままにする", linkage=Silent)
