"""LOG-14: an enquiry is audited without the person."""

from dataclasses import replace

from mocks.gateway.access_log import AccessLog, Acted
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-14"
SUMMARY = "照会した職員を監査ログに残さない"


class NamelessEnquiry(AccessLog):
    """Audits what was asked, not by whom."""

    def audit_success(self, phase: str, acted: Acted) -> None:
        """Nobody enquired."""
        super().audit_success(phase, replace(acted, staff_id=None) if "照会依頼" in acted.action else acted)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(NamelessEnquiry, functions.access_log))
