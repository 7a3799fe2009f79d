"""CON-13: an enquiry without an answer waits for ever."""

from collections.abc import Sequence

from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class Waiting(Linkage):
    """Hopes."""

    def expire(self, now: float) -> Sequence[Enquiry]:
        """Nothing expires."""
        return ()

    def next_expiry(self) -> float | None:
        """Never."""
        return None


DEFECT = breaks("CON-13", "期限までに応答のない照会を送信済のままにする", linkage=Waiting)
