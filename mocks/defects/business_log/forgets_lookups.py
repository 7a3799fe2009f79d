"""POR-04: what residents are shown is not recorded."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.business_log import BusinessLog


class OfficialOnly(BusinessLog):
    """Logs what offices do."""

    def shown(self, lookup_id: str, local_id: str, information: str, items: Items) -> None:
        """Nothing."""


DEFECT = breaks("POR-04", "自己情報の閲覧を業務ログに残さない", business_log=OfficialOnly)
