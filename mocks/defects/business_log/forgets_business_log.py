"""BIZ-01: what was provided leaves no business entry."""

from collections.abc import Mapping

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.business_log import BusinessLog


class EmptyLog(BusinessLog):
    """Keeps what it received only."""

    def gave(self, header: Header, local_id: str | None, content: Mapping[str, object]) -> None:
        """Nothing is kept."""


DEFECT = breaks("BIZ-01", "提供した結果を業務ログに残さない", business_log=EmptyLog)
