"""LOG-02: refusals leave no audit entry."""

from harness.contract.refusals import Refusal
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog, Acted


class ProudLog(AccessLog):
    """Keeps successes, and what people did."""

    def audit_refusal(self, refusal: Refusal, acted: Acted) -> None:
        """Only where a person refused."""
        if refusal.code == "REFUSED_BY_STAFF":
            super().audit_refusal(refusal, acted)


DEFECT = breaks("LOG-02", "職員によるものでない拒否を監査ログに残さない", access_log=ProudLog)
