"""BIZ-04: an answer by error is not in the business log."""

from collections.abc import Mapping

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.business_log import BusinessLog


class SuccessOnly(BusinessLog):
    """Writes down what was given."""

    def gave(self, header: Header, local_id: str | None, content: Mapping[str, object]) -> None:
        """Answers only."""
        if "code" not in content:
            super().gave(header, local_id, content)


DEFECT = breaks("BIZ-04", "エラーで答えたことを業務ログに残さない", business_log=SuccessOnly)
