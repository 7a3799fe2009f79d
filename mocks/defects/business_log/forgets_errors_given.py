"""BIZ-04: an answer by error is not in the business log."""

from dataclasses import replace
from typing import Any

from harness.contract.messages import Header
from mocks.gateway.business_log import BusinessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "BIZ-04"
SUMMARY = "エラーで答えたことを業務ログに残さない"


class SuccessOnly(BusinessLog):
    """Writes down what was given."""

    def gave(self, header: Header, local_id: str | None, content: dict[str, Any]) -> None:
        """Answers only."""
        if "code" not in content:
            super().gave(header, local_id, content)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, business_log=as_a(SuccessOnly, functions.business_log))
