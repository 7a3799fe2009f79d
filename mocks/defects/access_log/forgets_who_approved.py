"""LOG-13: an approval is audited without the person."""

from dataclasses import replace

from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog, Acted


class NamelessApproval(AccessLog):
    """Audits what was approved, not by whom."""

    def audit_success(self, phase: str, acted: Acted) -> None:
        """Nobody approved."""
        super().audit_success(phase, replace(acted, staff_id=None) if "承認" in acted.action else acted)


DEFECT = breaks("LOG-13", "承認した職員を監査ログに残さない", access_log=NamelessApproval)
