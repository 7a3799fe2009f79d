"""CON-01: 自動/手動 is looked up for affair and information only."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Handling, Linkage


class BlindToSubjects(Linkage):
    """Does not look at the person."""

    def is_manual(self, local_id: str, header: Header) -> bool:
        """Affair and information only."""
        scopes = (("affair", header.affair), ("information", header.information))
        return any(self.handling(scope, key) == Handling.MANUAL for scope, key in scopes)


DEFECT = breaks("CON-01", "対象者ごとの手動の設定を見ずに、自動で応答する", linkage=BlindToSubjects)
