"""BAS-02: of a row of a further basis, the first information alone is read."""

from harness.contract.messages import Header
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class FirstOnly(Authorisation):
    """Has one column for what may be asked."""

    def check_inward_basis(self, header: Header, directory: Directory) -> None:
        """Refuses the second information of the ordinance."""
        if header.basis.table == "条例" and header.information == "予防接種関係情報":
            raise RefusedError("BASIS_NOT_LAWFUL")
        super().check_inward_basis(header, directory)


DEFECT = breaks("BAS-02", "条例の定める情報のうち、一つ目だけの照会に応答する", authorisation=FirstOnly)
