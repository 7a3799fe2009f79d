"""LOG-05: what staff were refused leaves no audit entry."""

from harness.contract.refusals import Refusal
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog, Acted


class ConsiderateLog(AccessLog):
    """Keeps the mistakes of partners, and not those of colleagues."""

    def audit_refusal(self, refusal: Refusal, acted: Acted) -> None:
        """Nothing where a member of staff is named."""
        if acted.staff_id is None:
            super().audit_refusal(refusal, acted)


DEFECT = breaks("LOG-05", "職員の照会を拒否したことを監査ログに残さない", access_log=ConsiderateLog)
