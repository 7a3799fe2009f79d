"""LOG-05: what staff were refused leaves no audit entry."""

from dataclasses import replace

from harness.contract.refusals import Refusal
from mocks.gateway.access_log import AccessLog, Acted
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-05"
SUMMARY = "職員の照会を拒否したことを監査ログに残さない"


class ConsiderateLog(AccessLog):
    """Keeps the mistakes of partners, and not those of colleagues."""

    def audit_refusal(self, refusal: Refusal, acted: Acted) -> None:
        """Nothing where a member of staff is named."""
        if acted.staff_id is None:
            super().audit_refusal(refusal, acted)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(ConsiderateLog, functions.access_log))
