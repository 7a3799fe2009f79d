"""LOG-02: refusals leave no audit entry."""

from dataclasses import replace

from harness.contract.refusals import Refusal
from mocks.gateway.access_log import AccessLog, Acted
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-02"
SUMMARY = "職員によるものでない拒否を監査ログに残さない"


class ProudLog(AccessLog):
    """Keeps successes, and what people did."""

    def audit_refusal(self, refusal: Refusal, acted: Acted) -> None:
        """Only where a person refused."""
        if refusal.code == "REFUSED_BY_STAFF":
            super().audit_refusal(refusal, acted)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(ProudLog, functions.access_log))
