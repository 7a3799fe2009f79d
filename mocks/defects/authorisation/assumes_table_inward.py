"""AUTH-12: an unknown version of the table is read as the newest one."""

from dataclasses import replace

from harness.contract.law import Basis, versions
from harness.contract.law.regimes import newest
from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class NewestInward(Authorisation):
    """Has one table."""

    def check_inward_basis(self, header: Header, directory: Directory) -> None:
        """Under the newest version."""
        taken = replace(header, basis=Basis(newest(versions()), header.basis.item))
        super().check_inward_basis(taken, directory)


DEFECT = breaks("AUTH-12", "知らない版の別表第二を、今の版とみなして応じる", authorisation=NewestInward)
