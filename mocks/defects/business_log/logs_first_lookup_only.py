"""POR-04: of the looks of a resident the first one is recorded."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.business_log import BusinessLog


class OnceAResident(BusinessLog):
    """Holds that one entry tells all."""

    def shown(self, lookup_id: str, local_id: str, information: str, items: Items) -> None:
        """Where there is none yet."""
        row = self.storage.row(
            "SELECT 1 FROM business_log WHERE action = '本人への提供' AND local_id = ?", local_id
        )
        if row is None:
            super().shown(lookup_id, local_id, information, items)


DEFECT = breaks("POR-04", "同じ人の閲覧は、初めの一つだけ業務ログに残す", business_log=OnceAResident)
