"""BIZ-01: what was provided leaves no business entry."""

from dataclasses import replace
from typing import Any

from harness.contract.messages import Header
from mocks.gateway.business_log import BusinessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "BIZ-01"
SUMMARY = "提供した結果を業務ログに残さない"


class EmptyLog(BusinessLog):
    """Keeps what it received only."""

    def gave(self, header: Header, local_id: str | None, content: dict[str, Any]) -> None:
        """Nothing is kept."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, business_log=as_a(EmptyLog, functions.business_log))
