"""BAS-01: a basis that is declared is not used for asking."""

from harness.contract.messages import Header
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class ByLawOnly(Authorisation):
    """Holds consent for no basis."""

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """Refuses 本人同意."""
        if header.basis.table == "本人同意":
            raise RefusedError("BASIS_NOT_LAWFUL")
        super().check_outward_basis(header, directory)


DEFECT = breaks("BAS-01", "宣言した根拠（本人同意）による照会を送らない", authorisation=ByLawOnly)
