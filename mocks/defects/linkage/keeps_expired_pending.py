"""CON-11: what expired stays on the list."""

from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage, Pending


class Patient(Linkage):
    """Knows no clock."""

    def pending(self, now: float) -> list[Pending]:
        """Whatever was not decided."""
        return super().pending(0.0)

    def decide(self, correlation_id: str, decision: str, now: float) -> Pending:
        """At any time."""
        return super().decide(correlation_id, decision, 0.0)


DEFECT = breaks("CON-11", "有効期限を過ぎた照会依頼を一覧に残し、承認させる", linkage=Patient)
