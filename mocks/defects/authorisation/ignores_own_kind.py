"""AUTH-05: who may ask by a row of the table is not looked at, as it is oneself who asks."""

from harness.contract.law import bases, table
from harness.contract.messages import Header
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class AnyRequester(Authorisation):
    """Reads the other columns of the row."""

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """By item, affair, provider and information."""
        provider, cited = directory.party(header.recipient).organisation, header.basis
        rows = table(cited.table) if cited.table in bases() and cited.table in self.tables else ()
        if not any(
            row.item == cited.item
            and row.affair == header.affair
            and row.provides(provider, header.information)
            for row in rows
        ):
            raise RefusedError("BASIS_NOT_LAWFUL")


DEFECT = breaks(
    "AUTH-05", "市町村が照会できない項による照会依頼を、ネットワークに送る", authorisation=AnyRequester
)
