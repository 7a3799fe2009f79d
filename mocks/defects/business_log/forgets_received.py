"""BIZ-02: what was received is not in the business log."""

from collections.abc import Mapping

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.business_log import BusinessLog


class GivingOnly(BusinessLog):
    """Writes down what leaves the house."""

    def received(self, header: Header, local_id: str, content: Mapping[str, object]) -> None:
        """Nothing."""


DEFECT = breaks("BIZ-02", "取得した結果を業務ログに残さない", business_log=GivingOnly)
