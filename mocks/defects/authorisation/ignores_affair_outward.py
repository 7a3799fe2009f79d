"""AUTH-16: the affair of an enquiry is not compared with the cited item."""

from harness.contract.law import table, versions
from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class PurposeBlindOutward(Authorisation):
    """Looks for item and information."""

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """Any affair that would do."""
        rows = table(header.basis.table) if header.basis.table in versions() else ()
        if not any(row.item == header.basis.item and header.information in row.information for row in rows):
            super().check_outward_basis(header, directory)


DEFECT = breaks("AUTH-16", "引用した項の事務でない照会を送る", authorisation=PurposeBlindOutward)
