"""LOG-13: an approval is audited without the person."""

from dataclasses import replace

from mocks.gateway.access_log import AccessLog, Acted
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-13"
SUMMARY = "承認した職員を監査ログに残さない"


class NamelessApproval(AccessLog):
    """Audits what was approved, not by whom."""

    def audit_success(self, phase: str, acted: Acted) -> None:
        """Nobody approved."""
        super().audit_success(phase, replace(acted, staff_id=None) if "承認" in acted.action else acted)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(NamelessApproval, functions.access_log))
