"""CON-06: an information that was switched to manual is answered automatically."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Handling, Linkage


class InformationBlind(Linkage):
    """Looks at subject and affair."""

    def is_manual(self, local_id: str, header: Header) -> bool:
        """Two of the three are asked."""
        scopes = (("subject", local_id), ("affair", header.affair))
        return any(self.handling(scope, key) == Handling.MANUAL for scope, key in scopes)


DEFECT = breaks("CON-06", "情報ごとの手動の設定を見落とす", linkage=InformationBlind)
