"""LOG-17: the words of a refusal, which may tell why, stand in the audit log."""

from dataclasses import replace
from typing import Any

from harness.contract.messages import Header
from mocks.gateway.access_log import AccessLog, Acted
from mocks.gateway.business_log import BusinessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-17"
SUMMARY = "職員が拒否した理由を監査ログに書く"


class Quoting(BusinessLog):
    """Wants auditors to know why."""

    def decided(self, header: Header, local_id: str, decision: str, detail: dict[str, Any]) -> None:
        """In both logs."""
        super().decided(header, local_id, decision, detail)
        if "reason" in detail:
            words = Acted(f"理由: {detail['reason']}"[:100], header.message_id, header.correlation_id)
            AccessLog(self.storage).audit_success("連携確認", words)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, business_log=as_a(Quoting, functions.business_log))
