"""BAS-05: an enquiry under an old version is judged by the newest one, too."""

from dataclasses import replace

from harness.contract.law import Basis, versions
from harness.contract.law.regimes import newest
from harness.contract.messages import Header
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class NewestToo(Authorisation):
    """Was brought up to date and forgot what was before."""

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """Either version will do."""
        try:
            super().check_outward_basis(header, directory)
        except RefusedError:
            if header.basis.table not in versions():
                raise
            taken = Basis(newest(versions()), header.basis.item)
            super().check_outward_basis(replace(header, basis=taken), directory)


DEFECT = breaks("BAS-05", "古い版を引いた照会を、新しい版の行で認める", authorisation=NewestToo)
