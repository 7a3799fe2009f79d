"""BIZ-03: the reason of a refusal is lost."""

from collections.abc import Mapping

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.business_log import BusinessLog


class Reasonless(BusinessLog):
    """Keeps who and what."""

    def decided(self, header: Header, local_id: str, decision: str, detail: Mapping[str, object]) -> None:
        """Who and what, not why."""
        kept = {name: value for name, value in detail.items() if name != "reason"}
        super().decided(header, local_id, decision, kept)


DEFECT = breaks("BIZ-03", "職員が拒否した理由を業務ログに残さない", business_log=Reasonless)
