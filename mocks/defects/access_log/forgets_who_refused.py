"""LOG-16: a refusal by staff is audited without the person."""

from dataclasses import replace

from harness.contract.refusals import Refusal
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog, Acted


class NamelessRefusal(AccessLog):
    """Protects its staff."""

    def audit_refusal(self, refusal: Refusal, acted: Acted) -> None:
        """Nobody refused."""
        nameless = replace(acted, staff_id=None)
        super().audit_refusal(refusal, nameless if refusal.code == "REFUSED_BY_STAFF" else acted)


DEFECT = breaks("LOG-16", "拒否した職員を監査ログに残さない", access_log=NamelessRefusal)
