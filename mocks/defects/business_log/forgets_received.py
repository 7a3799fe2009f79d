"""BIZ-02: what was received is not in the business log."""

from dataclasses import replace
from typing import Any

from harness.contract.messages import Header
from mocks.gateway.business_log import BusinessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "BIZ-02"
SUMMARY = "取得した結果を業務ログに残さない"


class GivingOnly(BusinessLog):
    """Writes down what leaves the house."""

    def received(self, header: Header, local_id: str, content: dict[str, Any]) -> None:
        """Nothing."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, business_log=as_a(GivingOnly, functions.business_log))
