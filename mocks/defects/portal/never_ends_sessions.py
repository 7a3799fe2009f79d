"""POR-03: a portal session is good for ever."""

from mocks.defects.defect import breaks
from mocks.gateway.portal import Portal


class EndlessPortal(Portal):
    """Spares residents the second login."""

    def is_over(self, expires: float) -> bool:
        """Never."""
        return False


DEFECT = breaks("POR-03", "期限の切れたポータルの利用を受け付ける", portal=EndlessPortal)
