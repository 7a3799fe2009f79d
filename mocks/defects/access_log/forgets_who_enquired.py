"""LOG-14: an enquiry is audited without the person."""

from dataclasses import replace

from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog, Acted


class NamelessEnquiry(AccessLog):
    """Audits what was asked, not by whom."""

    def audit_success(self, phase: str, acted: Acted) -> None:
        """Nobody enquired."""
        super().audit_success(phase, replace(acted, staff_id=None) if "照会依頼" in acted.action else acted)


DEFECT = breaks("LOG-14", "照会した職員を監査ログに残さない", access_log=NamelessEnquiry)
