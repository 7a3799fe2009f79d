"""POR-02: whoever is logged in sees anybody."""

from mocks.defects.defect import breaks
from mocks.gateway.portal import Portal


class FamilyPortal(Portal):
    """One login a household."""

    def must_be_subject(self, resident: str, local_id: str) -> None:
        """Anybody is."""


DEFECT = breaks("POR-02", "ポータルで本人以外の情報を示す", portal=FamilyPortal)
