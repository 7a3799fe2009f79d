"""NET-09: every retry sends other bytes."""

from mocks.defects.defect import breaks
from mocks.gateway.platform_messaging import Handed, PlatformMessaging


class ForgetfulMessaging(PlatformMessaging):
    """Seals anew at each attempt."""

    def sealed_before(self, handed: Handed) -> str | None:
        """Nothing is kept."""
        return None


DEFECT = breaks("NET-09", "送り直すたびに電文を作り直す", messaging=ForgetfulMessaging)
