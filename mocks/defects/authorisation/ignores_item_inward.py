"""AUTH-15: the cited item is not compared with the affair."""

from harness.contract.law import table, versions
from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class ItemBlind(Authorisation):
    """Looks for affair and information."""

    def check_inward_basis(self, header: Header, directory: Directory) -> None:
        """Any item that would do."""
        rows = table(header.basis.table) if header.basis.table in versions() else ()
        if not any(row.affair == header.affair and header.information in row.information for row in rows):
            super().check_inward_basis(header, directory)


DEFECT = breaks("AUTH-15", "引用した項が違っても、事務が合えば応じる", authorisation=ItemBlind)
