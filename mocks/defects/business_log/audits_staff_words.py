"""LOG-17: the words of a refusal, which may tell why, stand in the audit log."""

from collections.abc import Mapping

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog, Acted
from mocks.gateway.business_log import BusinessLog


class Quoting(BusinessLog):
    """Wants auditors to know why."""

    def decided(self, header: Header, local_id: str, decision: str, detail: Mapping[str, object]) -> None:
        """In both logs."""
        super().decided(header, local_id, decision, detail)
        if "reason" in detail:
            words = Acted(f"理由: {detail['reason']}"[:100], header.message_id, header.correlation_id)
            AccessLog(self.storage).audit_success("連携確認", words)


DEFECT = breaks("LOG-17", "職員が拒否した理由を監査ログに書く", business_log=Quoting)
