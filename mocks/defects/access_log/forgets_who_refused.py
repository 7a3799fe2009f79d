"""LOG-16: a refusal by staff is audited without the person."""

from dataclasses import replace

from harness.contract.refusals import Refusal
from mocks.gateway.access_log import AccessLog, Acted
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-16"
SUMMARY = "拒否した職員を監査ログに残さない"


class NamelessRefusal(AccessLog):
    """Protects its staff."""

    def audit_refusal(self, refusal: Refusal, acted: Acted) -> None:
        """Nobody refused."""
        nameless = replace(acted, staff_id=None)
        super().audit_refusal(refusal, nameless if refusal.code == "REFUSED_BY_STAFF" else acted)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(NamelessRefusal, functions.access_log))
