"""BIZ-03: the reason of a refusal is lost."""

from dataclasses import replace
from typing import Any

from harness.contract.messages import Header
from mocks.gateway.business_log import BusinessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "BIZ-03"
SUMMARY = "職員が拒否した理由を業務ログに残さない"


class Reasonless(BusinessLog):
    """Keeps who and what."""

    def decided(self, header: Header, local_id: str, decision: str, detail: dict[str, Any]) -> None:
        """Who and what, not why."""
        kept = {name: value for name, value in detail.items() if name != "reason"}
        super().decided(header, local_id, decision, kept)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, business_log=as_a(Reasonless, functions.business_log))
