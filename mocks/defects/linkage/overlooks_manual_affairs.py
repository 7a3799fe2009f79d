"""CON-05: an affair that was switched to manual is answered automatically."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Handling, Linkage


class AffairBlind(Linkage):
    """Looks at subject and information."""

    def is_manual(self, local_id: str, header: Header) -> bool:
        """Two of the three are asked."""
        scopes = (("subject", local_id), ("information", header.information))
        return any(self.handling(scope, key) == Handling.MANUAL for scope, key in scopes)


DEFECT = breaks("CON-05", "事務ごとの手動の設定を見落とす", linkage=AffairBlind)
